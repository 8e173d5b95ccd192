"""Changing what an order says (goods, address) and the shop's memos on it (S2-05..12)."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from domain.case.declare import ActionRule
from domain.case.ids import Carrier, TrackingNo
from domain.case.story import Story
from domain.case.work import work_item_id
from domain.errors import Refusal
from domain.invalid import InvalidValue
from domain.money import ZERO
from domain.order.context import OrderContext
from domain.order.people.auditing import CHANGE, ORDER_AUDIT
from domain.order.shipping.handover import is_consigned
from domain.order.state import OrderState
from domain.privacy import MemoText, Private
from domain.roles import SELLER, Role


class ChangeOrder(BaseModel):
    """Another article for one line, another address or another carrier (S4-13). The address stays in the store."""

    model_config = ConfigDict(extra="forbid")

    line_id: str | None = None
    sku: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None
    address: Annotated[dict[str, str] | str | None, Field(max_length=500), Private("address")] = None
    carrier: Carrier | None = None

    @model_validator(mode="after")
    def _says_what(self) -> "ChangeOrder":
        if (self.line_id is None) != (self.sku is None):
            raise InvalidValue("line_id and sku go together", "line_id 和 sku 须一起填写")
        if self.sku is None and not self.address and self.carrier is None:
            raise InvalidValue("give line_id and sku, address, or carrier", "请填写 line_id 和 sku、address 或 carrier")
        return self


class MemoFlag(IntEnum):
    """The colours that shops sort their memos by."""

    GREY = 0
    RED = 1
    YELLOW = 2
    GREEN = 3
    BLUE = 4
    PINK = 5


def _flag_by_name(flag: object) -> object:
    return MemoFlag[flag.upper()] if isinstance(flag, str) and flag.upper() in MemoFlag.__members__ else flag


FlagByName = Annotated[MemoFlag, BeforeValidator(_flag_by_name)]


class AddMemo(BaseModel):
    """A memo for the shop's people, at most 1,000 bytes of UTF-8, with a coloured flag (0 to 5, or its name).

    With `tracking_no` it is on that parcel of the order.
    """

    model_config = ConfigDict(extra="forbid")

    text: MemoText
    flag: FlagByName = MemoFlag.GREY
    tracking_no: TrackingNo | None = None


def _change_refusals(context: OrderContext[ChangeOrder | None]) -> Iterable[Refusal]:
    state, input_ = context.state, context.input
    if state.over:
        yield Refusal(code="already_ended", message="The order is completed or closed and can no longer be changed.")
    shipped = [line.line_id for line in state.lines if is_consigned(state, line)]
    if input_ is None:
        if len(shipped) == len(state.lines):
            yield _already_shipped("The order has been shipped and can no longer be changed.")
    elif input_.line_id is None:
        if shipped:
            yield _already_shipped("A parcel has been shipped to the old address and can no longer be changed.")
    elif state.line(input_.line_id) is None:
        yield Refusal(
            code="unknown_line", message=f"The order has no line {input_.line_id}.", figures={"line": input_.line_id}
        )
    elif input_.line_id in shipped:
        yield _already_shipped(f"Line {input_.line_id} has been shipped and can no longer be changed.")


def _already_shipped(message: str) -> Refusal:
    return Refusal(code="already_shipped", message=message)


def _change(context: OrderContext[ChangeOrder], story: Story) -> dict[str, Any]:
    state, input_ = context.state, context.input
    if input_.line_id is not None and input_.sku is not None:
        line = state.line(input_.line_id)
        assert line is not None, "refused above"
        story.tell("order.changed", f"Line {line.line_id}: {input_.sku} instead of {line.sku}", line_id=line.line_id)
        line.sku = input_.sku
    if input_.address:
        state.address_from = str(input_.address)  # a reference: the words stay in the store
        story.tell("order.changed", "Another delivery address", address=input_.address)
    if input_.carrier:
        choose_carrier(state, input_.carrier, story)
    if not audit_change(state, story):
        return {}
    return {"work_item": work_item_id(state.case_id, ORDER_AUDIT, story.cause.id)}


def choose_carrier(state: OrderState, carrier: str, story: Story) -> None:
    """By which carrier it is to be sent; what another one was to cost more, nobody owes."""
    if carrier != state.wanted_carrier:
        state.carrier_difference = ZERO
    state.wanted_carrier = carrier
    story.tell("order.changed", f"To be sent by {carrier}", carrier=carrier)


def audit_change(state: OrderState, story: Story) -> bool:
    """An order that the ERP has read is changed in its audit too (S2-11); whether somebody is asked to."""
    if state.erp_read_at:
        story.ask_for(ORDER_AUDIT, matter=story.cause.id, variant=CHANGE)
    return state.erp_read_at is not None


def _add_memo_refusals(context: OrderContext[AddMemo | None]) -> Iterable[Refusal]:
    wanted = context.input.tracking_no if context.input else None
    if wanted is not None and all(parcel.tracking_no != wanted for parcel in context.state.parcels):
        yield Refusal(code="unknown_parcel", message=f"The order has no parcel {wanted}.")


def _add_memo(context: OrderContext[AddMemo], story: Story) -> dict[str, Any]:
    input_ = context.input
    on = {"tracking_no": input_.tracking_no} if input_.tracking_no else {}
    story.tell("memo.added", "Memo added", memo=input_.text, flag=input_.flag, **on)
    return {"memo": input_.text}


CHANGE_ACTIONS = (
    ActionRule(
        name="change_order",
        title="Change goods or address",
        input=ChangeOrder,
        roles=(Role.AGENT,),
        refusals=_change_refusals,
        take=_change,
        example={"line_id": "1", "sku": "DRESS-RED-S"},
    ),
    ActionRule(
        name="add_memo",
        title="Add a memo",
        input=AddMemo,
        roles=SELLER,
        refusals=_add_memo_refusals,
        take=_add_memo,
        example={"text": "@11.11 阿华 顾客明天下午付款", "flag": 1},
    ),
)
