"""What the workflow of an after-sale request starts from."""

from pydantic import BaseModel

from domain.after_sale.opening import AfterSaleOpening
from domain.after_sale.state import AfterSaleState


class StartAfterSale(BaseModel):
    """What a request's workflow starts from; `state` is there when it goes on from a run before."""

    opening: AfterSaleOpening
    state: AfterSaleState | None = None
