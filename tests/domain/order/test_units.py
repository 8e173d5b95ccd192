"""Where the units of an order are: each in one place at every version, whatever happens."""

from __future__ import annotations

from hypothesis import given

from domain.order.units import UnitsOfLine, units_of, worth_of_parcels
from domain.roles import Role
from tests.domain.after_sale.chains import Step as ChainStep
from tests.domain.after_sale.chains import steps as chain_steps
from tests.domain.after_sale.chains import trades
from tests.domain.after_sale.made import paid, signed
from tests.domain.order.histories import bounded
from tests.domain.order.steps import Step, orders, steps
from tests.domain.orders import Order, at, line

BUYER = Role.BUYER


def places(order: Order, line_id: str = "1") -> dict[str, int]:
    """How many units of a line are where, without the places where none are."""
    units = units_of(order.state, order.line(line_id)).model_dump()
    return {place: count for place, count in units.items() if count and place != "ordered"}


def conserved(order: Order) -> None:
    """Ordered = not shipped + out + with the buyer + coming back + returned + lost + cancelled; none below nothing."""
    for each in order.state.lines:
        units = units_of(order.state, each)
        counts = [getattr(units, place) for place in UnitsOfLine.model_fields if place != "ordered"]
        assert units.ordered == each.quantity == sum(counts), units
        assert min(counts) >= 0, units
        for request in order.state.requests:
            moved = sum(goods.get(each.line_id, 0) for _, goods in request.goods)
            assert moved <= request.units.get(each.line_id, 0), "what a request has moved is what it is about"
        carried = sum(parcel.carries.get(each.line_id, 0) for parcel in order.state.parcels)
        assert carried + each.cancelled <= each.quantity


@bounded
@given(order=orders(), to_take=steps())
def test_no_unit_is_lost_or_made_by_an_order(order: Order, to_take: list[Step]) -> None:
    """Facts late, doubled and out of order, steps right and wrong."""
    for step in to_take:
        step.take(order)
        conserved(order)


@bounded
@given(trade=trades(), to_take=chain_steps())
def test_no_unit_is_lost_or_made_by_a_request(trade: Order, to_take: list[ChainStep]) -> None:
    """Requests for parts of lines, answered, sent back, inspected in part, replaced in part, paid or not."""
    for step in to_take:
        step.take(trade)  # type: ignore[arg-type]
        conserved(trade)
        for each in trade.state.lines:
            assert each.settled + each.requested <= each.quantity


def test_parcels_come_to_what_their_lines_do() -> None:
    """The odd fen is with the last of them; what is sent again is worth what it was."""
    order = Order(line(quantity=3, amount="2000.00"))
    order.pay()
    order.consign("ZT1", units={"1": 1}, when=at(hours=1))
    order.consign("ZT2", units={"1": 2}, when=at(hours=2))
    order.scan("returned", "ZT1", when=at(days=1))
    order.consign("ZT3", units={"1": 1}, when=at(days=2))
    worth = {parcel: str(amount) for parcel, amount in worth_of_parcels(order.state).items()}
    assert worth == {"zto/ZT1": "666.66", "zto/ZT2": "1333.34", "zto/ZT3": "666.66"}


def test_an_orders_units_on_their_way() -> None:
    """Not shipped, out, with the buyer, refused and coming back, back, sent again, lost."""
    order = Order(line(quantity=5))
    order.pay()
    order.consign("ZT1", units={"1": 2}, when=at(hours=1))
    order.consign("ZT2", units={"1": 1}, when=at(hours=1))
    assert places(order) == {"not_shipped": 2, "shipped": 3}
    order.scan("signed", "ZT1", when=at(days=2))
    order.scan("refused", "ZT2", when=at(days=2))
    assert places(order) == {"not_shipped": 2, "delivered": 2, "returning": 1}
    order.scan("returned", "ZT2", when=at(days=3))
    assert places(order) == {"not_shipped": 2, "delivered": 2, "returned": 1}
    order.consign("ZT3", "1", when=at(days=4))
    assert places(order) == {"delivered": 2, "shipped": 3}
    order.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT3", "kind": "lost"}, when=at(days=5))
    assert places(order) == {"delivered": 2, "lost": 3}


def test_what_is_said_of_a_parcel_twice_left_once() -> None:
    """An ERP that reports again, under another event id, adds only what it had not named before."""
    order = Order(line(quantity=5))
    order.pay()
    order.consign("ZT1", units={"1": 2}, when=at(hours=1))
    order.consign("ZT1", units={"1": 2}, when=at(hours=2))
    assert places(order) == {"not_shipped": 3, "shipped": 2}
    order.consign("ZT1", units={"1": 3}, when=at(hours=3))
    assert places(order) == {"not_shipped": 2, "shipped": 3}


def test_what_is_refunded_before_it_ships_is_cancelled() -> None:
    """One of two; the other ships, and the order is delivered with it."""
    trade = paid(line("1", "90.00", quantity=2))
    ask = trade.ask("refund_only", reason="other", lines=[{"line_id": "1", "quantity": 1}])
    ask.act("agree")
    assert (ask.got(), places(trade)) == ({"refund": "45.00"}, {"not_shipped": 1, "cancelled": 1})
    trade.consign(when=at(hours=1))
    trade.scan("picked_up")
    assert trade.stage == "in_transit"
    trade.scan("signed", when=at(days=2))
    assert (trade.stage, places(trade)) == ("delivered", {"delivered": 1, "cancelled": 1})


def test_a_unit_of_three_comes_back() -> None:
    """On its way, back, settled; the others stay with the buyer."""
    trade = signed(line("1", "100.00", quantity=3), freight="0.00")
    ask = trade.ask("return_refund", reason="quality", lines=[{"line_id": "1", "quantity": 1}])
    ask.act("agree")
    ask.send_back()
    assert places(trade) == {"delivered": 2, "returning": 1}
    ask.inspect()
    assert (places(trade), trade.line().settled) == ({"delivered": 2, "returned": 1}, 1)
    assert ask.got() == {"refund": "33.33"}


def test_two_requests_for_one_line_at_a_time() -> None:
    """Each for other units; together they pay the line exactly, whichever ends first."""
    trade = signed(line("1", "100.00", quantity=3), freight="0.00")
    one = trade.ask("return_refund", reason="quality", lines=[{"line_id": "1", "quantity": 1}])
    two = trade.ask("return_refund", "1", reason="quality")
    assert (one.state.units, two.state.units) == ({"1": 1}, {"1": 2})
    assert trade.ask_refused("return_refund", "1", reason="quality") == ["already_open"]
    for number, ask in enumerate((two, one)):
        ask.act("agree")
        ask.send_back(f"yto/R{number}")
        ask.inspect()
    assert (two.got(), one.got()) == ({"refund": "66.67"}, {"refund": "33.33"})
    assert (trade.stage, places(trade)) == ("closed", {"returned": 3})


def test_more_units_than_are_left_are_refused() -> None:
    """The sentence says how many there are."""
    trade = signed(line("1", "100.00", quantity=3))
    trade.ask("return_refund", reason="quality", lines=[{"line_id": "1", "quantity": 2}])
    (refusal,) = trade.against_request("refund_only", reason="quality", lines=[{"line_id": "1", "quantity": 2}])
    assert (refusal.code, refusal.message) == ("not_enough_units", "There is 1 unit of line 1 left, not 2.")


def test_only_what_was_shipped_goes_back() -> None:
    """Two of three have left: a return is of those, the third can be refunded beside it."""
    trade = paid(line("1", "90.00", quantity=3), freight="0.00")
    trade.consign("ZT1", units={"1": 2}, when=at(hours=1))
    trade.scan("signed", "ZT1", when=at(days=1))
    (refusal,) = trade.against_request("return_refund", lines=[{"line_id": "1", "quantity": 3}])
    assert refusal.message == "There are 2 units of line 1 that have left, not 3."
    back, rest = trade.ask("return_refund", "1"), trade.ask("refund_only", "1", reason="other")
    assert (back.state.units, rest.state.units) == ({"1": 2}, {"1": 1})
    assert (back.state.surroundings.received, rest.state.surroundings.shipped) == (True, False)
    rest.act("agree")
    assert trade.stage == "delivered", "what is left is with the buyer"


def test_an_inspection_says_which_units_came() -> None:
    """Those are settled; the others stay with the buyer and can be asked for again at once."""
    trade = signed(line("1", "90.00", quantity=3), line("2", "60.00"), freight="0.00")
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    assert ask.refused("inspect_return", Role.WAREHOUSE, conforming=True, lines=[{"line_id": "1", "quantity": 4}]) == [
        "not_enough_units"
    ]
    ask.act("inspect_return", Role.WAREHOUSE, conforming=True, lines=[{"line_id": "1", "quantity": 2}])
    assert (ask.got(), ask.view.done) == ({"refund": "60.00"}, {"1": 2})
    assert (places(trade), places(trade, "2")) == ({"delivered": 1, "returned": 2}, {"delivered": 1})
    assert trade.ask("return_refund", reason="quality").state.units == {"1": 1, "2": 1}


def test_a_return_received_pays_nothing_before_the_inspection() -> None:
    """It came: that is all it says."""
    trade = signed(line("1", "90.00", quantity=3), freight="0.00")
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.happened("return.received", {"carrier": "yto", "tracking_no": "R1"})
    assert (ask.stage, ask.open_tasks(), ask.got()) == ("awaiting_seller_receipt", ["inspect_return"], {})
    assert places(trade) == {"returned": 3}
    ask.happened(
        "return.received",
        {"carrier": "yto", "tracking_no": "R1", "conforming": True, "lines": [{"line_id": "1", "quantity": 2}]},
    )
    assert (ask.got(), places(trade)) == ({"refund": "60.00"}, {"returned": 2, "delivered": 1})


def test_a_partly_granted_line_is_settled_for_its_part() -> None:
    """A hundred of three hundred pays one of three units; the others and their money can still be asked for."""
    trade = signed(line("1", "300.00", quantity=3), freight="0.00")
    ask = trade.ask("return_refund", "1", reason="quality", amount="100.00")
    ask.act("agree")
    ask.send_back()
    ask.inspect(cause="quality")
    assert (ask.view.done, trade.stage, places(trade)) == ({"1": 1}, "delivered", {"returned": 1, "delivered": 2})
    rest = trade.ask("return_refund", "1", reason="quality", amount="150.00")
    rest.act("agree")
    rest.send_back("yto/R2")
    rest.inspect(cause="quality")
    assert (rest.view.done, trade.line().settled) == ({"1": 1}, 2)
    last = trade.ask("refund_only", "1", reason="quality")
    last.act("agree")
    assert (last.got(), trade.stage) == ({"refund": "50.00"}, "closed")


def test_goods_that_came_and_are_not_paid_for_are_somebodys_task() -> None:
    """Two units came, by the inspection's word, and one is paid for: pay for the other, or send it back."""
    trade = signed(line("1", "300.00", quantity=3), freight="0.00")
    ask = trade.ask("return_refund", "1", reason="quality", amount="100.00")
    ask.act("agree")
    ask.send_back()
    ask.act("inspect_return", Role.WAREHOUSE, conforming=True, lines=[{"line_id": "1", "quantity": 2}])
    assert (ask.view.done, places(trade)) == ({"1": 1}, {"returned": 2, "delivered": 1})
    task = trade.task("send_goods_back")
    assert (task.variant, task.values["lines"]) == ("unpaid", "SKU-1×2")


def test_a_sum_that_is_one_lines_price_is_meant_for_it() -> None:
    """Of lines of 50 and 60 yuan, 60 settles the second, and the first can still be asked for."""
    trade = signed(line("1", "50.00"), line("2", "60.00"), freight="0.00")
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.inspect(conforming=False)
    ask.act("agree", amount="60.00")
    assert (ask.view.done, ask.view.back) == ({"2": 1}, {"2": trade.line("2").amount})
    assert trade.ask_refused("return_refund", "1", reason="quality") == []


def test_a_replacement_goes_out_in_two_parcels() -> None:
    """The first leaves the rest to be sent; with the last the buyer is waited for, and has another article then."""
    trade = signed(line("1", "300.00", quantity=3), freight="0.00")
    trade.warehouse.units = {"RED": 3}
    trade.set_up(exchange_stock={"auto_deduct": True})
    ask = trade.ask("exchange", reason="wrong_item", wanted_sku="RED", lines=[{"line_id": "1", "quantity": 2}])
    ask.act("agree")
    ask.send_back()
    ask.inspect()
    assert places(trade) == {"delivered": 1, "returned": 2}
    parcel = {"carrier": "zto", "tracking_no": "ZT2"}
    ask.act("ship_replacement", Role.WAREHOUSE, **parcel, lines=[{"line_id": "1", "quantity": 1}])
    assert (ask.stage, ask.open_tasks()) == ("awaiting_replacement", ["ship_replacement"])
    assert places(trade) == {"delivered": 1, "returned": 1, "shipped": 1}
    assert ask.refused(
        "ship_replacement", Role.WAREHOUSE, **parcel | {"tracking_no": "ZT3"}, lines=[{"line_id": "1", "quantity": 2}]
    ) == ["not_enough_units"]
    ask.send_replacement("zto/ZT3")
    assert (ask.stage, ask.open_tasks(), trade.warehouse.units) == ("awaiting_buyer_receipt", [], {"RED": 1})
    ask.act("confirm_replacement", BUYER)
    assert places(trade) == {"delivered": 3}
    assert (trade.line().sku, trade.line().others) == ("SKU-1", {"RED": 2})


def test_a_line_that_was_exchanged_shows_what_the_buyer_has() -> None:
    """The other article, and the one before."""
    trade = signed()
    ask = trade.ask("exchange", reason="wrong_item", wanted_sku="RED")
    ask.act("agree")
    ask.send_back()
    ask.inspect()
    ask.send_replacement()
    assert trade.line().sku == "SKU-1"
    ask.act("confirm_replacement", BUYER)
    assert (trade.line().sku, trade.line().sku_before) == ("RED", "SKU-1")
