"""Which units of a request its money settles, and how the money is spread over the lines."""

from bisect import bisect_left, bisect_right
from decimal import ROUND_DOWN, Decimal

from domain.after_sale.state import AfterSaleState, RequestedLine
from domain.case.ledger import EntryKind
from domain.case.units import Quantities, counted
from domain.money import CENT, ZERO


def settled_by(state: AfterSaleState, amount: Decimal, most: Decimal) -> Quantities:
    """The units that so much settles: all where no more could be paid, else those that it covers whole."""
    if amount >= min(state.worth, most):
        return state.units
    return counted({line_id: units for line_id, (units, _) in _covered(state.lines, amount).items()})


def paid_in_part(state: AfterSaleState) -> Quantities:
    """The units that the money is for, be they paid back whole or in part."""
    covered = _covered(state.lines, min(state.payout(EntryKind.REFUND), state.worth))
    return counted({line.line_id: _touched(line, covered[line.line_id][1]) for line in state.lines})


def per_line(state: AfterSaleState, paid: Decimal) -> dict[str, Decimal]:
    """What of the money each line's buyer has got, yuan; no line more than its worth.

    What settles some units and not others goes to those units first; all else is spread by worth, odd fen to the first
    lines.
    """
    goods = min(paid, state.worth)
    if state.settles and state.settles != state.units:
        back = {line_id: money for line_id, (_, money) in _covered(state.lines, goods).items()}
    else:
        back = _by_worth(state.lines, state.worth, goods)
    return {line_id: amount for line_id, amount in back.items() if amount}


def _covered(lines: list[RequestedLine], amount: Decimal) -> dict[str, tuple[int, Decimal]]:
    """How many units of each line the amount covers whole, and how much of it goes to the line.

    Units that come to just the amount are meant by it; else whole lines go first, the dearest that it covers, then
    single units, and what is left is a part of the next one.
    """
    covered = {line.line_id: (0, ZERO) for line in lines}
    for line in lines:
        if amount and line.part(units := _whole(line, amount)) == amount:
            return covered | {line.line_id: (units, amount)}
    left = amount
    for line in sorted(lines, key=lambda line: line.worth, reverse=True):
        if line.worth <= left:
            covered[line.line_id] = (line.quantity, line.worth)
            left -= line.worth
    for line in (line for line in lines if covered[line.line_id][0] == 0):
        money = min(line.worth, left)
        covered[line.line_id] = (_whole(line, left), money)
        left -= money
    return covered


def _whole(line: RequestedLine, amount: Decimal) -> int:
    """How many units of the line the amount covers."""
    return bisect_right(range(1, line.quantity + 1), amount, key=line.part)


def _touched(line: RequestedLine, amount: Decimal) -> int:
    """How many units of the line some of the amount is for."""
    return min(bisect_left(range(1, line.quantity + 1), amount, key=line.part) + 1, line.quantity) if amount else 0


def _by_worth(lines: list[RequestedLine], worth: Decimal, goods: Decimal) -> dict[str, Decimal]:
    back = {line.line_id: (line.worth * goods / worth).quantize(CENT, ROUND_DOWN) if worth else ZERO for line in lines}
    left = goods - sum(back.values(), ZERO)
    for line in lines:
        more = min(line.worth - back[line.line_id], left)
        back[line.line_id] += more
        left -= more
    return back
