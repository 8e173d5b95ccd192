"""How the figures of rounds become those of a side, and the ratio."""

import pytest

from bench.figures import CaseRound, Cpu, OpenRound, Spread, Transactions, Who, ratios, side
from bench.rounds import pace


def _cases(who: Who, per_second: float, events: int = 30, api: float = 0.0) -> CaseRound:
    return CaseRound(
        who=who,
        seconds=1.0,
        cases_per_second=per_second,
        cpu_ms=Cpu(worker=8.0, api=api, temporal=0.5, database=0.5, driver=1.0),
        transactions=Transactions(worker=7.0, api=27.0),
        history_events=Spread.of([events, events, events + 2]),
        billable_actions=Spread.of([9]),
    )


def _opens(who: Who, per_second: float) -> OpenRound:
    return OpenRound(who=who, seconds=1.0, opens_per_second=per_second)


OPENS = [_opens(Who.FLOOR, 100.0), _opens(Who.ORDER, 40.0)]


def test_a_ratio_is_of_rounds_that_ran_one_after_the_other() -> None:
    """A machine that becomes half as fast between two pairs of rounds does not change the ratio."""
    rounds = [_cases(Who.FLOOR, 40), _cases(Who.ORDER, 20), _cases(Who.FLOOR, 20), _cases(Who.ORDER, 10)]
    found = ratios(Who.FLOOR, rounds, OPENS)
    assert (found.cases, found.opens) == (0.5, 0.4)


def test_cpu_is_compared_process_by_process_and_in_all() -> None:
    """Twenty milliseconds of API beside the same worker: the worker's share is one, the whole is three."""
    found = ratios(Who.FLOOR, [_cases(Who.FLOOR, 40), _cases(Who.ORDER, 20, api=20.0)], OPENS)
    assert (found.worker_cpu, found.total_cpu) == (1.0, 3.0)


def test_a_side_is_the_median_of_its_rounds() -> None:
    """Paces are medians; counts keep the least and the most of all rounds."""
    rounds = [_cases(Who.ORDER, 10, 48), _cases(Who.FLOOR, 40), _cases(Who.ORDER, 14, 45), _cases(Who.ORDER, 11, 48)]
    found = side(Who.ORDER, rounds, OPENS)
    assert (found.cases_per_second, found.opens_per_second) == (11, 40)
    assert found.history_events == Spread(least=45, median=48, most=50)


def test_the_pace_leaves_out_the_start_and_the_end() -> None:
    """A slow first case and a last one that only waits change nothing."""
    steady = [second * 0.5 for second in range(21)]
    assert pace(steady) == pytest.approx(2.0)
    assert pace([steady[0] - 30, *steady[1:-1], steady[-1] + 30]) == pytest.approx(2.0)


def test_the_pace_of_two_cases() -> None:
    """The smallest run has a pace too."""
    assert pace([1.0, 1.5]) == pytest.approx(2.0)
