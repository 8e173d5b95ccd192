"""An edition's own words and times for people's work (`[work]`), over the standard catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.own_editions import unfilled
from domain.policy import Policy, policy
from domain.policy.errors import PolicyError
from domain.policy.loading import load_policy
from tests.domain.orders import at
from tests.domain.people import Worked


def edition(folder: Path, shipped: Path, own: str) -> Policy:
    """Taobao's edition with parts of its own."""
    file = folder / "own.toml"
    file.write_text((shipped / "taobao-2012.toml").read_text(encoding="utf-8") + own, encoding="utf-8")
    return load_policy(file, unfilled=unfilled)


def test_only_what_is_named_is_otherwise(tmp_path: Path, shipped: Path) -> None:
    """A time and one language of one task; everything else is the standard's."""
    own = edition(
        tmp_path,
        shipped,
        """
        [work.tasks.unshipped_48h]
        within = "PT12H"
        [work.tasks.payment_reminder.script]
        zh = "您好，{items}"
        """,
    )
    standard = policy("taobao-2012").work
    assert own.work.tasks["unshipped_48h"].within.text == "PT12H"
    assert own.work.tasks["unshipped_48h"].script == standard.tasks["unshipped_48h"].script
    assert own.work.tasks["payment_reminder"].script.zh == "您好，{items}"
    assert own.work.tasks["payment_reminder"].script.en == standard.tasks["payment_reminder"].script.en
    assert own.work.knowledge == standard.knowledge


@pytest.mark.parametrize(
    ("own", "place"),
    [
        ('[work.tasks.unshipped_48h]\nwithin = "soon"', "work.tasks.unshipped_48h.within"),
        ('[work.tasks.unheard_of]\nwithin = "PT1H"', "work.tasks.unheard_of.title"),
        ('[work.tasks.unshipped_48h.script]\nzh = "{a.b}"', "work.tasks.unshipped_48h.script"),
        ('[work.tasks.unshipped_48h.script]\nzh = "{itmes}"', "work.tasks.unshipped_48h.script: {itmes} is no place"),
        ('[work.tasks.unshipped_48h.script]\nzh = "{fee}"', "work.tasks.unshipped_48h.script: {fee} is no place"),
        (
            '[work.tasks.order_audit.variants.change.script]\nzh = "{attempt}"',
            "work.tasks.order_audit.variants.change.script: {attempt} is no place",
        ),
        ('[work.knowledge.membership.script]\nzh = "{step}"', "work.knowledge.membership.script: {step} is no place"),
        ('[work.tasks.unshipped_48h.outcomes]\ngone = "x"', "work.tasks.unshipped_48h.outcomes.gone"),
        ('[work.tasks.order_audit.variants.change.outcomes]\ngone = "x"', "order_audit.variants.change.outcomes.gone"),
        (
            '[work.tasks.order_audit.variants.other.script]\nzh = "一"\nen = "a"',
            "order_audit.variants.other: is no form",
        ),
        ("work = 3", "work"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, shipped: Path, own: str, place: str) -> None:
    """Whoever writes an edition reads where it is wrong."""
    if own.startswith("work ="):
        text = (shipped / "taobao-2012.toml").read_text(encoding="utf-8")
        (tmp_path / "own.toml").write_text(f"{own}\n{text}", encoding="utf-8")
        with pytest.raises(PolicyError) as wrong:
            load_policy(tmp_path / "own.toml")
    else:
        with pytest.raises(PolicyError) as wrong:
            edition(tmp_path, shipped, own)
    assert place in str(wrong.value)


def test_a_task_that_is_switched_off_is_never_made(tmp_path: Path, shipped: Path) -> None:
    """Nobody is asked, and nothing waits for it."""
    order = Worked()
    order.case.policy = edition(tmp_path, shipped, "[work.tasks.unshipped_48h]\nenabled = false")
    order.pay()
    order.until(at(hours=80))
    assert order.state.work_items == []
    assert order.deadline("ship_by").state == "elapsed"


def test_a_place_that_is_not_always_known_stands_in_a_part(tmp_path: Path, shipped: Path) -> None:
    """Words that would have a hole are refused with the edition, rather than reach an agent."""
    words = '[work.tasks.unshipped_48h.script]\nzh = "{order_id}%s"'
    with pytest.raises(PolicyError, match=r"unshipped_48h.script: \{tracking_no\} is not always known"):
        edition(tmp_path, shipped, words % " {tracking_no}")
    edition(tmp_path, shipped, words % "[ {tracking_no}]")
