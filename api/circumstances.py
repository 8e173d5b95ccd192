"""What beside the case a step depends on: the shop's settings and stock, the account's authority, parcels, words."""

from typing import Any

from api.automation import contradicted_by
from api.context import Context
from api.goods import goods_of
from api.views import state_of
from domain.case.asked import Circumstances, StockAnswer
from domain.case.declare import AnyAction
from domain.roles import Actor
from domain.shop.stock import Reservation
from store import shop_settings, stock
from store.cases import CaseRecord


async def circumstances_of(
    here: Context, case: CaseRecord, action: AnyAction[Any], by: Actor, given: Any, action_id: str
) -> tuple[Circumstances, Reservation | None]:
    """What the step depends on, and where the shop reserves stock, the reservation to be made with the step's row.

    `given` is the input with the private texts still in it: they are looked at here, and go no further.
    """
    shop = await shop_settings.terms(here.db, case.merchant, by.account, by.role)
    said = action.says(state_of(case), given) if action.says else None
    around = Circumstances(
        shop=shop,
        goods=await goods_of(here, case) if action.sees_goods else [],
        contradicts=await contradicted_by(here, case.merchant, said),
    )
    wanted = action.wants(state_of(case), given) if action.wants else None
    settings = shop.exchange_stock
    if wanted is None or not (settings.reserve or settings.require_stock):
        return around, None
    if settings.reserve:
        return around, Reservation(
            reservation_id=action_id,
            merchant=case.merchant,
            sku=wanted.sku,
            quantity=wanted.quantity,
            case_id=case.case_id,
            made_at=await here.clock.now(),
        )
    free = await stock.free(here.db, case.merchant, wanted.sku)
    answer = StockAnswer.FREE if free >= wanted.quantity else StockAnswer.MISSING
    return around.model_copy(update={"stock": answer}), None
