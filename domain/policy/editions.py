"""The editions this process knows: the shipped ones, and those a shop adds at start."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from domain.errors import UnknownPolicy
from domain.policy.catalogue import Catalogue
from domain.policy.errors import PolicyError, PolicyProblem
from domain.policy.loading import (
    Draft,
    Unfilled,
    bases_first,
    check_draft,
    load_policy,
    not_looked_for,
    read_draft,
    standard_work,
)
from domain.policy.model import InterceptTerms, Platform, Policy, leaves


class Editions:
    """A set of editions, at most one of them current for each platform.

    When editions are added, a current one among them takes the place of its platform's current edition: so a
    shop can make its own edition the default, while cases opened earlier keep theirs.
    """

    def __init__(self) -> None:
        self._by_id: dict[str, Policy] = {}

    @property
    def by_id(self) -> Mapping[str, Policy]:
        """All editions, a live read-only view."""
        return MappingProxyType(self._by_id)

    def get(self, policy_id: str) -> Policy:
        """One edition. Raises UnknownPolicy."""
        try:
            return self._by_id[policy_id]
        except KeyError:
            known = ", ".join(self._by_id)
            raise UnknownPolicy(f"unknown policy {policy_id!r}; known: {known}") from None

    def current(self, platform: str) -> Policy:
        """A platform's current edition. Raises UnknownPolicy."""
        for edition in self._by_id.values():
            if edition.current and edition.platform == platform:
                return edition
        raise UnknownPolicy(f"no current policy for platform {str(platform)!r}")

    def add(self, folder: Path, unfilled: Unfilled = not_looked_for) -> tuple[Policy, ...]:
        """Add every ``*.toml`` of a folder or, if anything is wrong with one of them, none.

        Returns:
            The editions that were not known before; the very same edition again changes nothing.

        Raises:
            PolicyError: The folder is missing, a file cannot be used, an id is taken by another edition, or
                two files are current for one platform.
        """
        if not folder.is_dir():
            raise PolicyError([PolicyProblem(str(folder), "", "is not a folder")])
        problems: list[PolicyProblem] = []
        added: dict[Path, Policy] = {}
        for draft in bases_first(_drafts(folder, problems)):
            try:
                edition = check_draft(draft, self._by_id | {one.id: one for one in added.values()}, unfilled)
            except PolicyError as error:
                problems.extend(error.problems)
                continue
            known = self._by_id.get(edition.id)
            if known is not None and known.model_copy(update={"current": edition.current}) == edition:
                continue
            problems.extend(_clashes(draft.path, edition, [*self._by_id.values(), *added.values()], added.values()))
            added[draft.path] = edition
        if problems:
            raise PolicyError(problems)
        new = tuple(edition for _, edition in sorted(added.items()))
        for edition in new:
            self._put(edition)
        return new

    def check(self, file: Path, unfilled: Unfilled = not_looked_for) -> Policy:
        """One file as it would be added, where it may be based on others of its folder. Raises PolicyError."""
        known = dict(self._by_id)
        for draft in bases_first(_drafts(file.parent, [])):
            if draft.path != file:
                with suppress(PolicyError):
                    known.setdefault(str(draft.id), check_draft(draft, known))
        return load_policy(file, known, unfilled)

    def _put(self, edition: Policy) -> None:
        for other in tuple(self._by_id.values()):
            if edition.current and other.current and other.platform is edition.platform:
                self._by_id[other.id] = other.model_copy(update={"current": False})
        self._by_id[edition.id] = edition


def _drafts(folder: Path, problems: list[PolicyProblem]) -> list[Draft]:
    drafts = []
    for file in sorted(folder.glob("*.toml")):
        try:
            drafts.append(read_draft(file))
        except PolicyError as error:
            problems.extend(error.problems)
    return drafts


def _clashes(file: Path, edition: Policy, known: Iterable[Policy], beside: Iterable[Policy]) -> Iterator[PolicyProblem]:
    """What keeps an edition from being added to those known, and beside others of its own folder."""
    if any(other.id == edition.id for other in known):
        yield PolicyProblem(str(file), "id", "is taken by another edition", repr(edition.id))
    for other in beside:
        if edition.current and other.current and other.platform is edition.platform:
            message = f"{other.id!r} is already current for {edition.platform}"
            yield PolicyProblem(str(file), "current", message, "true")


_WORK_VALUES = ("group", "within", "in_working_hours", "escalates", "enabled")
"""What of a task in the catalogue is a value and no words."""


def own_values(policy: Policy) -> dict[str, str]:
    """The values of an edition that cases depend on, as text by their paths (``ship.late.rate``).

    What an edition has of the standard catalogue of tasks is not its own: that changes with Caseline. ``current`` is
    none either: an edition stops being current when a newer one comes.
    """
    standard = _work_values(standard_work())
    own = {path: value for path, value in _work_values(policy.work).items() if standard.get(path) != value}
    return {"platform": policy.platform, **{path: cited.text for path, cited in leaves(policy)}, **own}


def all_values(policy: Policy) -> dict[str, str]:
    """The same with those of the standard catalogue, however they came to be the edition's."""
    return own_values(policy) | _work_values(policy.work)


def _work_values(work: Catalogue) -> dict[str, str]:
    return {
        f"work.tasks.{name}.{field}": json.dumps(value)
        for name, task in work.tasks.items()
        for field, value in task.model_dump(mode="json", include=set(_WORK_VALUES)).items()
    }


def _load_shipped() -> Editions:
    editions = Editions()
    with resources.as_file(resources.files("domain") / "policies") as folder:
        editions.add(folder)
    return editions


# Read at import: workflows look editions up, and must do no input or output.
_known = _load_shipped()


def policies() -> Mapping[str, Policy]:
    """Every known edition by id."""
    return _known.by_id


def policy(policy_id: str) -> Policy:
    """The edition of this id. Raises UnknownPolicy."""
    return _known.get(policy_id)


def current_policy(platform: Platform) -> Policy:
    """The edition under which a platform's orders open when they name none. Raises UnknownPolicy."""
    return _known.current(platform)


def register(folder: Path, unfilled: Unfilled) -> tuple[Policy, ...]:
    """Add a shop's own editions, at start; see `Editions.add`. Raises PolicyError."""
    return _known.add(folder, unfilled)


def check_edition(file: Path, unfilled: Unfilled) -> Policy:
    """A shop's file before it is added; see `Editions.check`. Raises PolicyError."""
    return _known.check(file, unfilled)


def intercept_terms(own: Policy | None = None) -> InterceptTerms:
    """The interception terms for an order under this edition: its own, else Douyin's.

    An order of any platform may use Douyin's terms when its shop has signed (S1-12). Raises UnknownPolicy.
    """
    for edition in (own, current_policy(Platform.DOUYIN)):
        if edition is not None and edition.intercept is not None:
            return edition.intercept
    raise UnknownPolicy("no current edition holds interception terms")
