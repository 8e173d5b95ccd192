"""What can go wrong in the domain.

DomainError
├── PolicyError      an edition does not read or does not hold together
├── UnknownPolicy    no edition of that name
├── UnknownRules     a case lives by newer rules than this process has
├── HistoryStands    a case would come to another story than the one that is written
├── Forbidden        the role or the account's permissions do not allow the step
└── ActionRefused    the case does not allow the step now, with every reason that applies
"""

from __future__ import annotations

import operator

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema


class Refusal(BaseModel):
    """One reason why a step cannot be taken.

    Attributes:
        code: stable snake_case, e.g. `not_shipped`.
        message: a sentence that a customer-service agent can read out.
        zh: what is wrong with a field, in Chinese, where the words are our own.
        figures: the case's own in it (`most`, an amount in yuan; `until`, a moment; `line`), where it has any; of
            `invalid_field` the `field` and the `kind` of what is wrong with it; of `forbidden` the `roles` that
            may, or the `permission` that is missing.
    """

    model_config = ConfigDict(frozen=True)

    code: str
    message: str
    zh: SkipJsonSchema[str] = Field(default="", exclude=True)
    figures: dict[str, str] = Field(default={}, exclude_if=operator.not_)

    def __hash__(self) -> int:
        return hash((self.code, self.message))


class DomainError(Exception):
    """Root of everything the domain refuses or cannot do."""


class UnknownPolicy(DomainError):
    """No edition has that id."""


class UnknownRules(DomainError):
    """A case lives by a version of the rules that this process does not have."""


class HistoryStands(DomainError):
    """A case would come to another story than the one that is written: another build wrote that one."""


class Forbidden(DomainError):
    """The caller may not take this step; names what is missing."""


class ActionRefused(DomainError):
    """The case does not allow the step now."""

    def __init__(self, reasons: list[Refusal]) -> None:
        super().__init__("; ".join(reason.message for reason in reasons))
        self.reasons = reasons
