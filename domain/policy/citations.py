"""A policy value together with where it comes from."""

from __future__ import annotations

import json
import re
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from domain.money import Yuan
from domain.policy.values import Count, Days, Flag, LengthOfTime, Names, Rate, Term, TimeOfDay, Windows

T = TypeVar("T")

# The last rule of each source document, and the tables of the marketplace reference.
_LAST_RULE = {"S0": 35, "S1": 43, "S2": 101, "S3": 17, "S4": 70}
_TABLES = frozenset({"2.1", "2.2", "2.3", "2.4", "2.5"})
# Table 2.3 collects what nobody could read up.
_UNVERIFIED_TABLE = "2.3"
_RULE = "A rule id such as ``S2-85``, or a table of the marketplace reference such as ``2.1``."
_VERIFIED = "Whether the cited text states this value for this marketplace."
_RULE_ID = re.compile(r"(S[0-4])-(\d{2,3})", re.ASCII)


def is_reference(rule: str) -> bool:
    """Whether this names a rule (``S2-85``) or a table of the marketplace reference (``2.1``) that exists."""
    if rule in _TABLES:
        return True
    match = _RULE_ID.fullmatch(rule)
    if match is None:
        return False
    number = int(match[2])
    return 1 <= number <= _LAST_RULE[match[1]] and match[2] == f"{number:02d}"


class Cited(BaseModel, Generic[T]):
    """A value, the rule it comes from, and whether somebody has read that rule's text.

    ``verified`` says that the cited text states this number for this marketplace. A number borrowed from
    another marketplace cites the rule it was borrowed from and stays unverified.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: T
    rule: Annotated[str | None, Field(description=_RULE)] = None
    verified: Annotated[Flag, Field(description=_VERIFIED)] = False

    @property
    def text(self) -> str:
        """The value as the API shows it: ``P3D``, ``0.05``, ``30.00``."""
        shown = self.model_dump(mode="json")["value"]
        return shown if isinstance(shown, str) else json.dumps(shown)

    # One validator per field rather than one for the model: then a bad value does not hide a bad citation.
    @field_validator("rule")
    @classmethod
    def _rule_exists(cls, rule: str | None) -> str | None:
        if rule is not None and not is_reference(rule):
            raise ValueError("must be a rule id such as S2-85 or a table such as 2.1")
        return rule

    @field_validator("verified")
    @classmethod
    def _verified_means_cited(cls, verified: bool, info: ValidationInfo) -> bool:
        if verified and info.data.get("rule", "") is None:
            raise ValueError("only a value that cites a rule can be verified")
        if verified and info.data.get("rule") == _UNVERIFIED_TABLE:
            raise ValueError("table 2.3 lists what is not verified")
        return verified


# One named class per kind of value, so that published schemas read well and editions can be pickled.
class CitedDuration(Cited[LengthOfTime]):
    """A length of time that may be nothing."""


class CitedTerm(Cited[Term]):
    """A length of time within which something must happen."""


class CitedTimeOfDay(Cited[TimeOfDay]):
    """A time of day in Asia/Shanghai."""


class CitedAmount(Cited[Yuan]):
    """An amount in yuan."""


class CitedRate(Cited[Rate]):
    """A share from 0 to 1."""


class CitedCount(Cited[Count]):
    """A whole number."""


class CitedDays(Cited[Days]):
    """Numbers of days to choose from."""


class CitedFlag(Cited[Flag]):
    """A yes or no."""


class CitedNames(Cited[Names]):
    """Carriers or categories of goods."""


class CitedWindows(Cited[Windows]):
    """Parts of the day."""
