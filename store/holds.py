"""The memo that holds goods for those who ship."""

from sqlalchemy import Connection

from domain.case.record import MemoToStamp
from domain.order.people.changes import MemoFlag
from domain.privacy import KeptText
from domain.roles import SYSTEM
from domain.shop.settings import ShipHoldSettings
from store import memos, shop_settings

RELEASED = "解除拦截，请正常发货"


def stamp_memo(tx: Connection, request: MemoToStamp) -> None:
    """Puts the shop's hold memo on an order's case, once for each memo id."""
    settings = shop_settings.get(tx, request.merchant, "ship-hold")
    text = settings.memo if isinstance(settings, ShipHoldSettings) and not request.released else RELEASED
    kept = KeptText(
        memo_id=request.memo_id,
        purpose="ship_hold",
        text=f"{text}（{request.lines}）" if request.lines else text,
        flag=MemoFlag.GREEN if request.released else MemoFlag.RED,
    )
    memos.keep(tx, [memos.memo_of(kept, request.case_id, request.merchant, SYSTEM, request.at)])
