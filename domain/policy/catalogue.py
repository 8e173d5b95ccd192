"""The catalogue of people's work as data: what each task says, to whom, by when, and what its outcomes lead to.

It belongs to the edition, so that a shop can word and time its people's work without code: an edition's file names
only what it has otherwise than the standard catalogue (`domain/policies/work/standard.toml`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from domain.policy import wording
from domain.policy.citations import is_reference
from domain.policy.labels import in_chinese, in_english
from domain.policy.places import Said, known, said
from domain.policy.values import Flag, Term
from domain.roles import Group

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
RuleIds = Annotated[tuple[str, ...], Field(min_length=1)]


class Entry(BaseModel):
    """A part of the catalogue."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Text(Entry):
    """Words in both languages, written as `domain/policy/wording.py` says: with `{places}` and `[parts]`."""

    zh: Words
    en: Words

    @model_validator(mode="after")
    def _can_be_filled(self) -> Text:
        for words in (self.zh, self.en):
            wording.check(words)
        return self

    def places(self) -> frozenset[str]:
        """The names of the values that the words may want."""
        return wording.places(self.zh) | wording.places(self.en)

    def bare_places(self) -> frozenset[str]:
        """The names of those that they cannot do without."""
        return wording.bare_places(self.zh) | wording.bare_places(self.en)


class Variant(Entry):
    """A form that a task takes in some matters."""

    script: Text
    """What to say or do."""
    outcomes: Mapping[Name, Text] = Field(default_factory=dict)
    """What may come of it, and what each leads to; empty: as the task's own."""


class WorkType(Entry):
    """A kind of task."""

    title: Text
    when: Words
    """What makes the case ask for it."""
    group: Group
    """Whose inbox it is in."""
    within: Term
    """How long there is for it, from the making, where the case does not say when it is due."""
    in_working_hours: Flag = False
    """Whether only the group's working hours count for it."""
    escalates: Flag = True
    """Whether somebody above hears of it when it is past due."""
    enabled: Flag = True
    """Whether it is made at all."""
    script: Text
    """What to say or do."""
    outcomes: Annotated[Mapping[Name, Text], Field(min_length=1)]
    """What may come of it, and what each leads to."""
    variants: Mapping[Name, Variant] = Field(default_factory=dict)
    """The forms it takes in some matters."""
    rules: RuleIds
    """The rule ids that it carries out."""

    @field_validator("rules")
    @classmethod
    def _rules_exist(cls, rules: tuple[str, ...]) -> tuple[str, ...]:
        return require_rules(rules)

    def script_for(self, variant: str) -> Text:
        """What to say or do in that form of it."""
        return self.variants[variant].script if variant in self.variants else self.script

    def outcomes_for(self, variant: str) -> Mapping[str, Text]:
        """What may come of that form of it, and what each leads to."""
        own = self.variants[variant].outcomes if variant in self.variants else {}
        return own or self.outcomes


class Knowledge(Entry):
    """Something that people need to know rather than do, found on cases at the stages it is for."""

    title: Text
    script: Text
    kind: Name = "order"
    """The kind of case it is about."""
    stages: tuple[Name, ...]
    """Where the case stands when it is needed."""
    rules: RuleIds

    @field_validator("rules")
    @classmethod
    def _rules_exist(cls, rules: tuple[str, ...]) -> tuple[str, ...]:
        return require_rules(rules)


class Catalogue(Entry):
    """All tasks and all knowledge of an edition, by name."""

    tasks: Mapping[Name, WorkType]
    knowledge: Mapping[Name, Knowledge]

    def fill(self, words: Text, values: Mapping[str, str], now: datetime) -> Text:
        """The words with those of the case's values that can be said now, in each language as it says them."""
        said_now = {place: self._said(place, value) for place, value in known(values, now).items()}
        return Text.model_construct(
            zh=wording.fill(words.zh, {place: value.zh for place, value in said_now.items()}),
            en=wording.fill(words.en, {place: value.en for place, value in said_now.items()}),
        )

    def _said(self, place: str, value: str) -> Said:
        """A value as it is read out; a task by its title, its completion by title and outcome."""
        task, _, outcome = value.partition("/")
        if place not in ("task", "step") or task not in self.tasks:
            return said(place, value)
        title = self.tasks[task].title
        if not outcome:
            return Said(title.zh, title.en)
        return Said(f"{title.zh}：{in_chinese('outcome', outcome)}", f"{title.en}: {in_english('outcome', outcome)}")


def require_rules(rules: tuple[str, ...]) -> tuple[str, ...]:
    """The same ids. Raises ValueError for one that is no rule's."""
    for rule in rules:
        if not is_reference(rule):
            raise ValueError(f"{rule} is no rule id such as S4-34")
    return rules
