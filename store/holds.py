"""The memo that holds goods for those who ship."""

from domain.case.record import MemoToStamp
from domain.order.change_actions import MemoFlag
from domain.roles import SYSTEM
from domain.shop.settings import ShipHold
from store import memos, shop_settings
from store.database import Database
from store.memos import Memo

RELEASED = "解除拦截，请正常发货"


async def stamp_memo(db: Database, asked: MemoToStamp) -> None:
    """Puts the shop's hold memo on an order's case, once for each memo id."""
    settings = await shop_settings.get(db, asked.merchant, "ship-hold")
    text = settings.memo if isinstance(settings, ShipHold) and not asked.released else RELEASED
    memo = Memo(
        memo_id=asked.memo_id,
        case_id=asked.case_id,
        merchant=asked.merchant,
        purpose="ship_hold",
        text=f"{text}（{', '.join(asked.lines)}）" if asked.lines else text,
        flag=MemoFlag.GREEN if asked.released else MemoFlag.RED,
        role=SYSTEM.role,
        account=SYSTEM.account,
        at=asked.at,
    )
    await memos.keep(db, [memo])
