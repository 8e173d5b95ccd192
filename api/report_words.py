"""What people call the codes that stand in a report."""

from domain.case.live import CLOCKS_OF_EVERY_CASE
from domain.language import Language
from domain.lives import LIVES
from domain.policy.clock_names import CLOCKS
from domain.policy.labels import LABELS, in_chinese, in_english
from store.reports.shape import Codes


def code_titles(codes: Codes, language: Language) -> dict[str, str]:
    """Each code that may stand in such a column, in words of that language."""
    if codes is Codes.CLOCK:
        return _clocks_in_english() if language is Language.EN else dict(CLOCKS)
    said = in_english if language is Language.EN else in_chinese
    return {code: said(codes, code) for code in LABELS[codes]}


def _clocks_in_english() -> dict[str, str]:
    clocks = [*CLOCKS_OF_EVERY_CASE.values(), *(clock for life in LIVES.values() for clock in life.clocks)]
    return {clock.kind: clock.title for clock in clocks}
