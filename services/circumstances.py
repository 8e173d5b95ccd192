"""What beside the case a step depends on: the shop's settings and stock, the account's authority, parcels, words."""

from typing import Any

from automation.keywords import contradiction
from domain.after_sale.state import AfterSaleState
from domain.case.action import Circumstances, StockAnswer
from domain.case.declare import AnyAction, BuyerText
from domain.case.ids import CaseKind
from domain.case.parcel import ParcelSeen
from domain.order.state import OrderState
from domain.order.units import worth_of_parcels
from domain.roles import Role
from domain.shop.automation import Automation
from domain.shop.settings import AUTOMATION, ShopTerms
from domain.shop.stock import Reservation
from services.cases import state_of
from services.context import Context
from store import cases, intercepts, memos, shop_settings, stock
from store.cases import CaseRecord
from store.database import Transaction


async def circumstances_of(
    here: Context, case: CaseRecord, action: AnyAction[Any], shop: ShopTerms, input_: Any, action_id: str
) -> tuple[Circumstances, Reservation | None]:
    """What the step depends on, and where the shop reserves stock, the reservation to be made with the step's row.

    `input_` is the input with the private texts still in it: they are looked at here, and go no further.
    """
    buyer_text = action.buyer_text(state_of(case), input_) if action.buyer_text else None
    circumstances = Circumstances(
        shop=shop,
        goods=await here.db.read(_goods_of, case) if action.sees_goods else [],
        contradicts=await _contradicted_by(here, case.merchant, buyer_text),
    )
    wanted = action.wants(state_of(case), input_) if action.wants else None
    settings = shop.exchange_stock
    if wanted is None or not (settings.reserve or settings.require_stock):
        return circumstances, None
    if settings.reserve:
        return circumstances, Reservation(
            reservation_id=action_id,
            merchant=case.merchant,
            sku=wanted.sku,
            quantity=wanted.quantity,
            case_id=case.case_id,
            made_at=await here.clock.now(),
        )
    free = await here.db.read(stock.free, case.merchant, wanted.sku)
    answer = StockAnswer.FREE if free >= wanted.quantity else StockAnswer.MISSING
    return circumstances.model_copy(update={"stock": answer}), None


def circumstances_now(tx: Transaction, case: CaseRecord, account: str, role: Role) -> Circumstances:
    """What a step of that account would depend on as things are, before anybody says which one and with what input."""
    return Circumstances(shop=shop_settings.terms(tx, case.merchant, account, role), goods=_goods_of(tx, case))


def _goods_of(tx: Transaction, case: CaseRecord) -> list[ParcelSeen]:
    """An order's parcels, or those that carry a line of a request; none for another kind of case.

    As the store has them: plain scans that did not wake the case included.
    """
    if case.kind not in (CaseKind.ORDER, CaseKind.AFTER_SALE):
        return []
    order = case if case.kind is CaseKind.ORDER else cases.get_case(tx, case.order_case_id, case.merchant)
    if order is None:
        return []
    stopped = intercepts.being_stopped(tx, case.order_case_id)
    asks = case.kind is CaseKind.AFTER_SALE
    requested = {line.line_id for line in AfterSaleState.model_validate(case.state).lines} if asks else None
    state = OrderState.model_validate(order.state)
    lines, worth = {line.line_id: line for line in state.lines}, worth_of_parcels(state)
    return [
        ParcelSeen(
            carrier=parcel.carrier,
            tracking_no=parcel.tracking_no,
            status=parcel.status,
            units=parcel.units,
            categories=sorted({name for line_id in parcel.units for name in lines[line_id].categories}),
            worth=worth[f"{parcel.carrier}/{parcel.tracking_no}"],
            being_stopped=f"{parcel.carrier}/{parcel.tracking_no}" in stopped,
        )
        for parcel in order.parcels
        if requested is None or requested & set(parcel.units)
    ]


async def _contradicted_by(here: Context, merchant: str, buyer_text: BuyerText | None) -> list[str]:
    """The shop's keywords in a buyer's words that speak for other services than the one asked for (S3-08)."""
    if buyer_text is None or not (buyer_text.text or buyer_text.kept):
        return []
    automation = Automation.model_validate(await here.db.read(shop_settings.get, merchant, AUTOMATION))
    if not automation.keywords:
        return []
    text = buyer_text.text or (await here.db.read(memos.text_of, buyer_text.kept) if buyer_text.kept else None) or ""
    found = contradiction(automation, buyer_text.service, text)
    return list(dict.fromkeys(match.word for match in found))
