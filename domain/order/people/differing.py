"""Where an order or a request stands otherwise on its marketplace than here: somebody brings the two together.

What a marketplace tells of its steps is taken by the same rules as anybody's. A step that was refused is no difference
where the case stands where the step would have led it.
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from domain.after_sale.state import AfterSaleStage
from domain.case.declare import FactRule, SubjectKind, TaskRule
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.order.ending import keeps_open
from domain.order.state import OrderStage, OrderState
from domain.policy import Policy
from domain.policy.action_names import ACTIONS
from domain.roles import Role

PLATFORM_DIFFERS = "platform_differs"

_SENT_BACK = (
    AfterSaleStage.AWAITING_SELLER_RECEIPT,
    AfterSaleStage.AWAITING_REPLACEMENT,
    AfterSaleStage.AWAITING_BUYER_RECEIPT,
    AfterSaleStage.REFUNDING,
    AfterSaleStage.SUCCEEDED,
)
_REFUSED = (AfterSaleStage.REFUSED, AfterSaleStage.PLATFORM_INTERVENTION, AfterSaleStage.CLOSED)
LEADS_TO: Mapping[str, tuple[str, ...]] = {
    "confirm_receipt": (OrderStage.COMPLETED,),
    "close_unpaid": (OrderStage.CLOSED,),
    "agree": (AfterSaleStage.AWAITING_BUYER_RETURN, *_SENT_BACK),
    "refuse": _REFUSED,
    "submit_return": _SENT_BACK,
    "inspect_return": (*_SENT_BACK[1:], *_REFUSED),
    "ship_replacement": (AfterSaleStage.AWAITING_BUYER_RECEIPT, AfterSaleStage.SUCCEEDED),
    "confirm_replacement": (AfterSaleStage.SUCCEEDED,),
    "confirm_refund_paid": (AfterSaleStage.SUCCEEDED,),
    "ask_platform": (AfterSaleStage.PLATFORM_INTERVENTION, AfterSaleStage.SUCCEEDED, AfterSaleStage.CLOSED),
    "rule": (AfterSaleStage.REFUNDING, AfterSaleStage.SUCCEEDED, AfterSaleStage.CLOSED),
    "withdraw": (AfterSaleStage.CLOSED,),
}
"""Where a case stands once a step was taken, whoever took it."""
CHANGES_NOTHING = frozenset({"add_memo"})
"""Steps after which a case stands where it stood."""


class OrderDiffers(BaseModel):
    """A step that was taken on the marketplace and is refused here.

    Attributes:
        request: the marketplace's name of the request; empty: of the order itself.
        codes: why it is refused here.
    """

    step: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    request: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._/-]{0,120}$")] = ""
    codes: Annotated[list[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]], Field(max_length=20)]


def stands_so(step: str, stage: str) -> bool:
    """Whether a case that refused a step of the marketplace stands where that would have led it all the same."""
    return step in CHANGES_NOTHING or stage in LEADS_TO.get(step, ())


def on_order_differs(state: OrderState, data: OrderDiffers, story: Story) -> None:
    """Somebody looks at both, once for the same step and reasons."""
    about = f" of {data.request}" if data.request else ""
    summary = f"The marketplace says {data.step}{about}; refused here: {', '.join(data.codes)}"
    story.tell("order.differs", summary, step=data.step, codes=data.codes)
    story.ask_for(PLATFORM_DIFFERS, matter="|".join((data.step, data.request, ", ".join(data.codes))))


def _step(state: OrderState, policy: Policy, item: WorkItem) -> str:
    step = item.matter.split("|")[0]
    return f"{ACTIONS.get(step, step)} {step}"


def _request(state: OrderState, policy: Policy, item: WorkItem) -> str:
    return item.matter.split("|")[1]


def _reasons(state: OrderState, policy: Policy, item: WorkItem) -> str:
    return item.matter.split("|")[2]


DIFFERENCE_FACTS = (
    FactRule(
        event_type="order.differs",
        title="The marketplace has it otherwise",
        subject=SubjectKind.ORDER,
        data=OrderDiffers,
        senders=(Role.PLATFORM,),
        take_in=on_order_differs,
    ),
)

DIFFERENCE_TASK = TaskRule(
    name=PLATFORM_DIFFERS,
    needed=keeps_open,
    script_values={"platform_step": _step, "platform_request": _request, "platform_reasons": _reasons},
    always_known=frozenset({"platform_step", "platform_reasons"}),
)
