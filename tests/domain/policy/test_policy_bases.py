"""An edition based on another: it holds what it has otherwise, and takes the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.own_editions import check_own
from domain.policy import Editions, Policy, PolicyError, leaves, load_policy, policies, policy

HEAD = 'id = "{id}"\nplatform = "{platform}"\ntitle = "Own"\ncurrent = false\nbase = "{base}"\n'


def written(folder: Path, own: str = "", *, name: str = "own", platform: str = "tmall", base: str = "tmall") -> Path:
    """The file of a shop's edition."""
    file = folder / f"{name}.toml"
    file.write_text(HEAD.format(id=name, platform=platform, base=base) + own, encoding="utf-8")
    return file


def loaded(folder: Path, own: str = "", **head: str) -> Policy:
    """The edition that it makes."""
    return load_policy(written(folder, own, **head), policies())


def complaints(file: Path) -> list[str]:
    """What is wrong with a file, each with the file's name."""
    with pytest.raises(PolicyError) as caught:
        load_policy(file, policies())
    return [str(problem).replace(str(file), file.name) for problem in caught.value.problems]


def test_what_an_edition_does_not_hold_is_its_bases(tmp_path: Path) -> None:
    """Every value with its rule, and the words of people's work; on the same marketplace verified stays so."""
    own = loaded(tmp_path, '[ship]\nalert_after = { value = "PT36H" }\n')
    values, base, alert = dict(leaves(own)), dict(leaves(policy("tmall"))), own.ship.alert_after
    assert {path for path in base if values[path] != base[path]} == {"ship.alert_after"}
    assert (alert.text, alert.rule, alert.verified) == ("PT36H", None, False)
    assert own.work == policy("tmall").work


def test_what_another_marketplace_lends_is_unverified(tmp_path: Path) -> None:
    """Value and rule are the same, but nobody has read that rule for this marketplace."""
    own = loaded(tmp_path, base="douyin")
    terms, lent = own.after_sale.seller_receives, policy("douyin").after_sale.seller_receives
    assert (terms.text, terms.rule) == (lent.text, lent.rule)
    assert lent.verified
    assert not any(cited.verified for _, cited in leaves(own))


def test_the_shipped_editions_say_what_is_verified_for_them() -> None:
    """Tmall's sources give five of its values; the others are Taobao's."""
    verified = [path for path, cited in leaves(policy("tmall")) if cited.verified]
    assert verified == [
        "payment.close_after",
        "ship.alert_after",
        "ship.within",
        "receipt.seller_extensions",
        "receipt.refund_before_is_cancellation",
    ]


def test_an_edition_says_itself_what_it_is(tmp_path: Path) -> None:
    """Id, platform, title and whether it is current are nobody else's."""
    file = tmp_path / "own.toml"
    file.write_text('base = "tmall"\n', encoding="utf-8")
    assert complaints(file) == [f"own.toml: {name}: is missing" for name in ("id", "platform", "title", "current")]


@pytest.mark.parametrize(
    ("own", "complaint"),
    [
        ('[ship]\nwithin = { value = "P1D" }\n', "ship.within: must be later than ship.alert_after (PT48H), which"),
        ("[ship]\nwithin = { verified = true }\n", "ship.within: has no value"),
        ("[ship.late]\nrate = { value = 2 }\n", "ship.late.rate: must be between 0 and 1, found 2"),
        ("[ships]\nwithin = 1\n", "ships: is not a key of a policy"),
        ("[work.tasks.calling]\nenabled = false\n", "work.tasks.calling.title: is missing"),
    ],
)
def test_a_mistake_is_named_in_the_file_that_makes_it(tmp_path: Path, own: str, complaint: str) -> None:
    """The base is good: what is wrong stands in the edition's own file."""
    assert complaints(written(tmp_path, own))[0].startswith(f"own.toml: {complaint}")


@pytest.mark.parametrize("base", ["nobodys", "own"])
def test_the_base_is_an_edition_that_is_there(tmp_path: Path, base: str) -> None:
    """Neither one that nobody knows, nor the edition itself."""
    assert complaints(written(tmp_path, base=base)) == [
        "own.toml: base: must be the id of another edition that can be used (douyin, jd, taobao-2012, tmall), "
        f"found '{base}'"
    ]


def test_fees_are_replaced_whole(tmp_path: Path) -> None:
    """Which carriers have a fee is part of what the table says."""
    own = '[intercept]\ncarriers = { value = ["zto"] }\nfees = { zto = { value = "2.50" } }\n'
    terms = loaded(tmp_path, own, platform="douyin", base="douyin").intercept
    assert terms is not None
    assert {carrier: cited.text for carrier, cited in terms.fees.items()} == {"zto": "2.50"}
    assert terms.value_below == policy("douyin").intercept.value_below  # type: ignore[union-attr]


@pytest.fixture
def known(shipped: Path) -> Editions:
    """The shipped editions, free to be added to."""
    own = Editions()
    own.add(shipped)
    return own


def test_a_shops_edition_may_be_based_on_another_of_its_own(known: Editions, tmp_path: Path) -> None:
    """Whatever the order of their names; editions are listed in that order all the same."""
    written(tmp_path, '[ship]\nalert_after = { value = "PT36H" }\n', name="a", base="z")
    written(tmp_path, '[payment]\nwithin = { value = "P2D" }\n', name="z")
    assert [edition.id for edition in known.add(tmp_path)] == ["a", "z"]
    own = known.get("a")
    assert (own.ship.alert_after.text, own.payment.within.text) == ("PT36H", "P2D")


def test_editions_that_go_round_in_a_circle_are_refused(known: Editions, tmp_path: Path) -> None:
    """Each is named; and one that is based on a broken file is not taken either."""
    written(tmp_path, name="a", base="b")
    written(tmp_path, name="b", base="a")
    written(tmp_path, "[ships]\n", name="c")
    written(tmp_path, name="d", base="c")
    with pytest.raises(PolicyError) as caught:
        known.add(tmp_path)
    found = {(Path(problem.file).name, problem.path) for problem in caught.value.problems}
    assert found == {("a.toml", "base"), ("b.toml", "base"), ("c.toml", "ships"), ("d.toml", "base")}


def test_a_file_is_checked_beside_the_others_of_its_folder(tmp_path: Path) -> None:
    """`caseline policies check` finds the base where the shop's other editions are, whatever is wrong with those."""
    written(tmp_path, "[ships]\n", name="broken")
    written(tmp_path, '[payment]\nwithin = { value = "P2D" }\n', name="z")
    assert check_own(written(tmp_path, base="z")).payment.within.text == "P2D"
    assert "own" not in policies()
