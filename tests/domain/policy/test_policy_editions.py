"""Looking editions up, adding a shop's own, and telling whether one has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import DomainError
from domain.own_editions import register_own
from domain.policy import (
    Duration,
    Editions,
    Platform,
    PolicyError,
    UnknownPolicy,
    all_values,
    current_policy,
    editions,
    load_policy,
    own_values,
    policies,
    policy,
)

Write = Callable[..., Path]


def test_four_editions_are_shipped(shipped: Path) -> None:
    """Each file holds the edition it is named after."""
    assert set(policies()) == {"taobao-2012", "tmall", "douyin", "jd"}
    assert {file.stem for file in shipped.glob("*.toml")} == set(policies())


@pytest.mark.parametrize(
    ("platform", "policy_id"),
    [
        (Platform.TAOBAO, "taobao-2012"),
        (Platform.TMALL, "tmall"),
        (Platform.DOUYIN, "douyin"),
        (Platform.JD, "jd"),
    ],
)
def test_every_platform_has_a_current_edition(platform: Platform, policy_id: str) -> None:
    """Orders that name no edition open under their platform's own."""
    assert current_policy(platform).id == policy_id


def test_an_unknown_edition_is_a_domain_error() -> None:
    """The error names what was asked for and what there is."""
    with pytest.raises(UnknownPolicy, match=r"'taobao-1999'; known: .*taobao-2012") as caught:
        policy("taobao-1999")
    assert isinstance(caught.value, DomainError)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, shipped: Path) -> Editions:
    """The shipped editions, free to be added to; the lookup functions see the additions."""
    own = Editions()
    own.add(shipped)
    monkeypatch.setattr(editions, "_known", own)
    return own


NEW_ID = ('id = "taobao-2012"', 'id = "our-taobao"')


@pytest.mark.usefixtures("known")
def test_a_shops_edition_is_added(write: Write) -> None:
    """After `register_own`, cases can be opened under the shop's own edition."""
    file = write(NEW_ID, ("current = true", "current = false"), ('"PT72H"', '"PT60H"'))
    assert [edition.id for edition in register_own(file.parent)] == ["our-taobao"]
    assert policy("our-taobao").ship.within.text == "PT60H"
    assert current_policy(Platform.TAOBAO).id == "taobao-2012"


@pytest.mark.usefixtures("known")
def test_a_shops_current_edition_becomes_the_default(write: Write) -> None:
    """The edition before stays known, unchanged but for no longer being current."""
    before = all_values(policy("taobao-2012"))
    register_own(write(NEW_ID).parent)
    assert current_policy(Platform.TAOBAO).id == "our-taobao"
    assert not policy("taobao-2012").current
    assert all_values(policy("taobao-2012")) == before
    assert current_policy(Platform.JD).id == "jd"


def test_an_id_cannot_be_taken_twice(known: Editions, write: Write) -> None:
    """An edition of a known id with other values is refused: cases rely on the known one."""
    file = write(('"PT72H"', '"PT60H"'))
    with pytest.raises(PolicyError, match=r"shop\.toml: id: is taken by another edition, found 'taobao-2012'"):
        known.add(file.parent)
    assert known.get("taobao-2012").ship.within.text == "PT72H"


def test_two_files_cannot_share_an_id(known: Editions, write: Write) -> None:
    """Within one folder, too, an id names one edition."""
    write(NEW_ID, ("current = true", "current = false"), name="a.toml")
    file = write(NEW_ID, ("current = true", "current = false"), name="b.toml")
    with pytest.raises(PolicyError, match=r"b\.toml: id: is taken by another edition, found 'our-taobao'"):
        known.add(file.parent)


def test_two_files_cannot_both_be_current(known: Editions, write: Write) -> None:
    """Which edition orders open under must not depend on the order of file names."""
    write(NEW_ID, name="a.toml")
    file = write(('id = "taobao-2012"', 'id = "our-other"'), name="b.toml")
    with pytest.raises(PolicyError, match=r"b\.toml: current: 'our-taobao' is already current for taobao"):
        known.add(file.parent)


def test_a_folder_is_added_whole_or_not_at_all(known: Editions, write: Write) -> None:
    """One bad file keeps the good ones out, and every bad file is named."""
    write(NEW_ID, name="good.toml")
    write(("value = 0.05", "value = 5"), name="bad.toml")
    file = write(('id = "taobao-2012"', "id = "), name="worse.toml")
    with pytest.raises(PolicyError) as caught:
        known.add(file.parent)
    assert {Path(problem.file).name for problem in caught.value.problems} == {"bad.toml", "worse.toml"}
    assert "our-taobao" not in known.by_id


def test_adding_the_same_editions_again_changes_nothing(known: Editions, write: Write, shipped: Path) -> None:
    """A process that sets itself up twice does not fail, nor turn a later choice back."""
    known.add(write(NEW_ID).parent)
    assert known.add(shipped) == ()
    assert known.current(Platform.TAOBAO).id == "our-taobao"


def test_a_missing_folder_is_an_error(known: Editions, tmp_path: Path) -> None:
    """A mistyped folder is not taken for one without editions."""
    with pytest.raises(PolicyError, match="is not a folder"):
        known.add(tmp_path / "none")


def test_without_editions_there_is_no_current_one() -> None:
    """A platform that nobody wrote an edition for is unknown, not a crash."""
    with pytest.raises(UnknownPolicy, match="no current policy for platform 'jd'"):
        Editions().current(Platform.JD)


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        ('"PT72H"', '"PT73H"', "ship.within"),
        ('"PT72H"', '"P3D"', "ship.within"),
        ('"30.00"', '"30.01"', "ship.late.cap"),
        ('platform = "taobao"', 'platform = "jd"', "platform"),
    ],
)
def test_a_changed_value_shows_by_its_path(write: Write, before: str, after: str, path: str) -> None:
    """As cases quote it: three days are not written as 72 hours."""
    changed, shipped = all_values(load_policy(write((before, after)))), all_values(policy("taobao-2012"))
    assert {name for name in changed | shipped if changed.get(name) != shipped.get(name)} == {path}


OWN_TASK = """
[work.tasks.check_order]
within = "PT7H"
when = "Other words."
title = { zh = "另一个", en = "Another" }
"""


def test_words_are_no_values_and_times_are(write: Write) -> None:
    """What an edition says of a task otherwise than the standard catalogue: its time and group, not its words."""
    own = own_values(load_policy(write(NEW_ID, ("[payment]", OWN_TASK + "\n[payment]"))))
    shipped = own_values(policy("taobao-2012"))
    assert {name: own[name] for name in own.keys() - shipped.keys()} == {"work.tasks.check_order.within": '"PT7H"'}
    assert shipped.items() <= own.items()


def test_a_release_may_bring_tasks_and_other_times_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard catalogue belongs to no edition: what an edition has of it is compared, but never kept."""
    edition = policy("taobao-2012")
    before = own_values(edition)
    tasks = dict(edition.work.tasks)
    slower = tasks["check_order"].model_copy(update={"within": Duration("P9D")})
    newer = edition.work.model_copy(update={"tasks": tasks | {"a_new_task": slower, "check_order": slower}})
    monkeypatch.setattr(editions, "standard_work", lambda: newer)
    assert own_values(edition.model_copy(update={"work": newer})) == before
    assert all_values(edition)["work.tasks.check_order.within"] == '"' + tasks["check_order"].within.text + '"'


def test_values_do_not_depend_on_how_the_file_is_laid_out(write: Write) -> None:
    """Comments, an unquoted amount, another title and no longer being current change no value."""
    file = write(
        ('"30.00"', "30.0"),
        ("current = true", "# superseded\ncurrent = false"),
        ('rule = "S2-49", verified = true', 'rule = "S2-49", verified = false'),
    )
    assert all_values(load_policy(file)) == all_values(policy("taobao-2012"))
