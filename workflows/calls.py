"""The activities that workflows call, by name and type; `activities/` carries them out."""

from temporalio import activity

from domain.case.declare import LastScan
from domain.case.errand import EndReservation, ErrandResult, TellCase
from domain.case.record import (
    AskLastScan,
    MemoToStamp,
    MemoToWrite,
    MessagesToSeeTo,
    RecordCase,
    TakenUp,
    TakeUp,
)
from domain.partners.carrier import InterceptAnswer, InterceptRequest
from domain.partners.erp import LockAnswer, LockRequest
from domain.partners.messages import MessageSent, SendMessage
from domain.partners.refunds import RefundReceipt, RefundRequest
from domain.pulling import Ask, ListChanged, Listed, Plan
from domain.shop.automation import AskStrategies
from domain.shop.stock import Reservation
from domain.webhooks.standing import Attempt, Deliver, Delivered, GiveUp, TryOut


@activity.defn(name="record_case")
async def record_case(write: RecordCase) -> str | None:
    """Writes the read model from one version to the next; answers the write's mark. None in histories of before."""
    raise NotImplementedError


@activity.defn(name="take_up")
async def take_up(request: TakeUp) -> TakenUp:
    """How a case stands that is taken up again after its end."""
    raise NotImplementedError


@activity.defn(name="tell_case")
async def tell_case(request: TellCase) -> None:
    """Tells another case a fact."""
    raise NotImplementedError


@activity.defn(name="end_reservation")
async def end_reservation(request: EndReservation) -> None:
    """Releases reserved units, or takes them out of stock; a repeat changes nothing."""
    raise NotImplementedError


@activity.defn(name="take_stock")
async def take_stock(request: Reservation) -> None:
    """Takes units that left out of stock, once for each id."""
    raise NotImplementedError


@activity.defn(name="decide")
async def decide(request: AskStrategies) -> ErrandResult:
    """What the shop's strategies decide of a step; nothing where they leave it to a person."""
    raise NotImplementedError


@activity.defn(name="stamp_memo")
async def stamp_memo(request: MemoToStamp) -> None:
    """Puts the memo on the order."""
    raise NotImplementedError


@activity.defn(name="write_memo")
async def write_memo(request: MemoToWrite) -> None:
    """Puts a memo on the order, once for each memo id."""
    raise NotImplementedError


@activity.defn(name="see_to_messages")
async def see_to_messages(request: MessagesToSeeTo) -> None:
    """Has a platform's messages tried again, or sets them aside; a repeat changes nothing."""
    raise NotImplementedError


@activity.defn(name="ask_wanted")
async def ask_wanted(request: Ask) -> Plan:
    """Asks a platform for all that is wanted of a source; each answer is kept, and no longer wanted."""
    raise NotImplementedError


@activity.defn(name="list_changed")
async def list_changed(request: ListChanged) -> Listed:
    """A page of what changed on a platform; each thing in it is wanted from now on."""
    raise NotImplementedError


@activity.defn(name="send_message")
async def send_message(request: SendMessage) -> MessageSent:
    """Tells the buyer something, once for each message id."""
    raise NotImplementedError


@activity.defn(name="lock_order")
async def lock_order(request: LockRequest) -> LockAnswer:
    """Asks the ERP to lock or unlock."""
    raise NotImplementedError


@activity.defn(name="ask_carrier")
async def ask_carrier(request: InterceptRequest) -> InterceptAnswer:
    """Asks the carrier to bring a parcel back."""
    raise NotImplementedError


@activity.defn(name="pay_refund")
async def pay_refund(request: RefundRequest) -> RefundReceipt:
    """Pays money to the buyer, once for each refund id."""
    raise NotImplementedError


@activity.defn(name="last_scan")
async def last_scan(request: AskLastScan) -> LastScan | None:
    """The newest scan in the store."""
    raise NotImplementedError


@activity.defn(name="deliver_changes")
async def deliver_changes(request: Deliver) -> Delivered:
    """Delivers to a webhook what it has not got yet, in order."""
    raise NotImplementedError


@activity.defn(name="try_webhook")
async def try_webhook(request: TryOut) -> Attempt:
    """Sends a webhook an event that tells nothing, once."""
    raise NotImplementedError


@activity.defn(name="note_webhook_failing")
async def note_webhook_failing(request: GiveUp) -> None:
    """Notes that a webhook waits for somebody to resume it."""
    raise NotImplementedError
