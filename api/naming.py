"""What people call what the API names by a code: facts, steps, clocks, tasks, fields; in one language."""

import re
from collections.abc import Iterable, Mapping

from domain.case.ledger import EntryKind
from domain.case.live import CLOCKS_OF_EVERY_CASE
from domain.language import Language, said_in
from domain.lives import LIVES
from domain.order.children.request_phase import RequestPhase
from domain.policy.action_names import ACTIONS
from domain.policy.catalogue import Catalogue, WorkType
from domain.policy.cause_names import CAUSES
from domain.policy.clock_names import CLOCKS
from domain.policy.field_names import FIELDS, field_in_english
from domain.policy.labels import LABELS, in_chinese, in_english
from domain.policy.stage_names import STAGES
from domain.policy.timeline_words import LINES

_CODE = re.compile("`([a-z_]+)`")
"""How the catalogue's words name a step, a task or a field."""
_SNAKE = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
"""How a line of the timeline names a stage, what is booked, a service."""
_KNOWN = frozenset(
    [
        *(stage for stages in STAGES.values() for stage in stages),
        *EntryKind,
        *(code for labels in LABELS.values() for code in labels),
        *RequestPhase,
    ]
)


def cause_in(language: Language, name: str) -> str:
    """What people call what made a case change, by its name; one that nobody has named, by the words of its name."""
    return (_CHINESE if language is Language.ZH else _ENGLISH).get(name) or name.replace("_", " ").replace(".", " ")


def carrier_in(language: Language, carrier: str) -> str:
    """What people call a carrier; in English carriers are known by their letters (S2-55)."""
    return in_chinese("carrier", carrier) if language is Language.ZH else carrier.upper()


def outcome_in(language: Language, outcome: str) -> str:
    """What people call what came of a task."""
    if language is Language.ZH:
        return in_chinese("outcome", outcome)
    return in_english("outcome", outcome).capitalize()


def with_outcomes_named(language: Language, script: str, outcomes: Iterable[str]) -> str:
    """A script for a screen: where it says which outcome to choose, that is called as it is there."""
    quoted = re.compile(rf"(?<=[“\"(（])({'|'.join(outcomes)})(?=[”\")）])")
    return quoted.sub(lambda found: outcome_in(language, found[1]), script)


def without_codes(language: Language, words: str, catalogue: Catalogue) -> str:
    """Words for a screen: where those of the catalogue name a step, a task or a field, what people call it."""
    return _CODE.sub(lambda found: f"“{_called(language, found[1], catalogue.tasks)}”", words)


def in_plain_english(words: str) -> str:
    """A line of the timeline for a screen: the codes that it names in words; what somebody wrote stays as it is."""
    return _SNAKE.sub(lambda found: found[0].replace("_", " ") if found[0] in _KNOWN else found[0], words)


def _called(language: Language, code: str, tasks: Mapping[str, WorkType]) -> str:
    if code in tasks:
        return said_in(language, tasks[code].title)
    if code in FIELDS:
        return FIELDS[code] if language is Language.ZH else field_in_english(code)
    return cause_in(language, code)


_CHINESE = {**LINES, **ACTIONS, **CLOCKS, **{name: zh for name, (zh, _) in CAUSES.items()}}
_ENGLISH = {
    **{fact.event_type: fact.title for life in LIVES.values() for fact in life.facts},
    **{action.name: action.title for life in LIVES.values() for action in life.actions},
    **{clock.kind: clock.title for life in LIVES.values() for clock in life.clocks},
    **{kind: clock.title for kind, clock in CLOCKS_OF_EVERY_CASE.items()},
    **{name: en for name, (_, en) in CAUSES.items()},
}
"""By name: those of facts, steps, clocks and of what is called none of these. A name means one thing in all of them."""
