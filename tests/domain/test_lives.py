"""What all kinds of case together know of facts: derived from their declarations, kept nowhere by hand."""

from domain.case.declare import SubjectKind
from domain.lives import ANNOUNCING, FACTS, HEARD_LATER, SCANS
from domain.order.life import ORDER


def test_scans_are_the_facts_that_carry_one() -> None:
    """Six of them; that something went wrong is none."""
    assert sorted(SCANS) == [
        "parcel.out_for_delivery",
        "parcel.picked_up",
        "parcel.refused",
        "parcel.returned",
        "parcel.scanned",
        "parcel.signed",
    ]


def test_a_later_case_hears_what_its_kind_knows_of_parcels() -> None:
    """Orders announce parcels; what only a request makes sense of is not told to them."""
    assert set(ANNOUNCING) == {"parcel.consigned"}
    assert {fact.event_type for fact in ORDER.facts if fact.subject is SubjectKind.PARCEL} == HEARD_LATER
    assert sorted(HEARD_LATER - SCANS) == ["parcel.exception", "parcel.withdrawn"]
    assert FACTS["return.received"].subject is SubjectKind.PARCEL
    assert "return.received" not in HEARD_LATER
