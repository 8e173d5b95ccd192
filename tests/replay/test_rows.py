"""One row: an order to play, or set aside with the reason."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from replay.columns import Columns, Constants, StatusWords
from replay.orders import SENTENCES, RecordedOrder, RowReason, SetAside
from replay.rows import read_row
from tests.replay.logs import HEADER, row

OLIST_SHAPE = Columns()
SHIPPED: dict[str, Any] = {
    "paid": "2018-01-08T10:10:00",
    "picked_up": "2018-01-09T09:00:00",
    "signed": "2018-01-12T15:00:00",
}


def read(shape: Columns = OLIST_SHAPE, **fields: Any) -> RecordedOrder | SetAside:
    return read_row(dict(zip(HEADER, row(**({"order_id": "A1"} | fields)), strict=True)), 7, shape)


def test_a_row_becomes_an_order_with_times_in_the_zone_of_the_log() -> None:
    """Local times without a zone are read in the log's own: 10:00 in São Paulo in January is 12:00 UTC."""
    order = read(**SHIPPED, status="delivered")
    assert isinstance(order, RecordedOrder)
    assert order.placed_at.astimezone(UTC) == datetime(2018, 1, 8, 12, tzinfo=UTC)
    assert order.amount == Decimal("100.00")
    assert (order.line, order.consigned_at) == (7, None)


def test_a_time_that_says_its_own_offset_keeps_it() -> None:
    """An offset in the time counts more than the zone of the log."""
    order = read(placed="2018-01-08T10:00:00+08:00")
    assert isinstance(order, RecordedOrder)
    assert order.placed_at.astimezone(UTC) == datetime(2018, 1, 8, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"order_id": ""}, RowReason.ORDER_ID_MISSING),
        ({"order_id": "订单 1"}, RowReason.ORDER_ID_UNUSABLE),
        ({"placed": ""}, RowReason.PLACED_MISSING),
        ({"placed": "08/01/2018 10:00"}, RowReason.TIME_UNREADABLE),
        (SHIPPED | {"signed": "soon"}, RowReason.TIME_UNREADABLE),
        ({"amount": ""}, RowReason.AMOUNT_MISSING),
        ({"amount": "0.00"}, RowReason.AMOUNT_MISSING),
        ({"amount": "12,5"}, RowReason.AMOUNT_UNREADABLE),
        ({"amount": "-3.00"}, RowReason.AMOUNT_UNREADABLE),
        ({"amount": "ten"}, RowReason.AMOUNT_UNREADABLE),
        (SHIPPED | {"paid": ""}, RowReason.PAYMENT_MISSING),
        (SHIPPED | {"picked_up": ""}, RowReason.PICK_UP_MISSING),
        (SHIPPED | {"paid": "2018-01-08T09:59:00"}, RowReason.PAID_BEFORE_PLACED),
        (SHIPPED | {"picked_up": "2018-01-08T10:09:00"}, RowReason.PICKED_UP_BEFORE_PAID),
        (SHIPPED | {"signed": "2018-01-09T08:59:00"}, RowReason.SIGNED_BEFORE_PICK_UP),
        (SHIPPED | {"signed": "2108-01-12T15:00:00"}, RowReason.TIMES_TOO_FAR_APART),
        (SHIPPED | {"signed": "", "status": "delivered"}, RowReason.STATUS_CONTRADICTS),
        (SHIPPED | {"status": "shipped"}, RowReason.STATUS_CONTRADICTS),
        ({"paid": SHIPPED["paid"], "status": "shipped"}, RowReason.STATUS_CONTRADICTS),
        (SHIPPED | {"status": "unavailable"}, RowReason.STATUS_CONTRADICTS),
    ],
)
def test_a_row_that_cannot_be_true_or_read_is_set_aside_with_its_reason(
    fields: dict[str, Any], reason: RowReason
) -> None:
    """The reason names the first thing that keeps the row from being played."""
    found = read(**fields)
    assert isinstance(found, SetAside)
    assert (found.reason, found.line) == (reason, 7)


def test_every_reason_has_a_sentence_and_stands_in_the_documents() -> None:
    """A person can read why, whatever the reason."""
    document = (Path(__file__).parents[2] / "docs" / "replay.md").read_text(encoding="utf-8")
    for reason in RowReason:
        assert f"| `{reason}` | {SENTENCES[reason]} |" in document


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "created"},
        {"paid": SHIPPED["paid"], "status": "canceled"},
        {"paid": SHIPPED["paid"], "status": "unavailable"},
        SHIPPED | {"status": "canceled"},
        SHIPPED | {"status": "never heard of"},
        SHIPPED | {"signed": ""},
        SHIPPED | {"paid": "2018-01-08T10:00:00"},
    ],
)
def test_a_row_whose_times_are_possible_is_played(fields: dict[str, Any]) -> None:
    """Unpaid, never shipped, cancelled on the way, paid the moment it was placed: all of that happens."""
    assert isinstance(read(**fields), RecordedOrder)


def test_consecutive_times_are_compared_in_real_time() -> None:
    """23:30 before the clocks went back is earlier than 23:10 after; the offsets tell which is which."""
    order = read(placed="2018-02-17T23:30:00-02:00", paid="2018-02-17T23:10:00-03:00")
    assert isinstance(order, RecordedOrder)


@pytest.mark.parametrize(
    ("decimal", "text", "amount"),
    [(".", "1,234.50", "1234.50"), (",", "1.234,5", "1234.50"), (",", "12,5", "12.50"), (".", "0.125", "0.13")],
)
def test_amounts_are_read_with_the_decimal_sign_of_the_mapping(decimal: Any, text: str, amount: str) -> None:
    """The other sign may group thousands; halves of a cent are rounded up."""
    order = read(Columns(decimal=decimal), amount=text)
    assert isinstance(order, RecordedOrder)
    assert order.amount == Decimal(amount)


def test_times_are_read_in_the_format_of_the_mapping() -> None:
    """A format of one's own takes the place of ISO 8601."""
    shape = Columns(time_format="%d.%m.%Y %H:%M", zone="Asia/Shanghai", status=StatusWords(), constants=Constants())
    order = read(shape, placed="08.01.2018 10:00")
    assert isinstance(order, RecordedOrder)
    assert order.placed_at.astimezone(UTC) == datetime(2018, 1, 8, 2, tzinfo=UTC)
