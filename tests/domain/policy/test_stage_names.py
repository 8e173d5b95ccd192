"""What people call the stages of cases."""

from domain.after_sale.state import AfterSaleStage
from domain.complaint.state import ComplaintStage
from domain.hold.state import HoldStage
from domain.intercept.state import InterceptStage
from domain.message.state import MessageStage
from domain.order.state import OrderStage
from domain.policy.stage_names import STAGES, stage_in_english


def test_every_stage_has_a_name() -> None:
    """Of every kind of case, and none too many."""
    stages = {
        "order": OrderStage,
        "after_sale": AfterSaleStage,
        "ship_hold": HoldStage,
        "parcel_intercept": InterceptStage,
        "complaint": ComplaintStage,
        "platform_message": MessageStage,
    }
    assert {kind: list(names) for kind, names in STAGES.items()} == {kind: list(each) for kind, each in stages.items()}


def test_english_comes_from_the_code() -> None:
    """As the code's own words read."""
    assert stage_in_english("awaiting_buyer_return") == "Awaiting buyer return"
