"""Checking an edition file: what is wrong is named by file, path and value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.policy import PolicyError, load_policy, policies, policy

Write = Callable[..., Path]
AN_AMOUNT = 'must be an amount in yuan as a text, such as "199.00"'


def problems(file: Path) -> list[str]:
    """What loading the file complains about, without the file's name."""
    with pytest.raises(PolicyError) as caught:
        load_policy(file, policies())
    return [str(problem).removeprefix(f"{file}: ") for problem in caught.value.problems]


def test_a_shipped_text_loads_unchanged(write: Write) -> None:
    """What the checks below change is a good file before."""
    assert load_policy(write()) == policy("taobao-2012")


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        (
            '"PT72H"',
            '"3 days"',
            "ship.within: must be an ISO 8601 duration such as P3D or PT72H, found '3 days'",
        ),
        ('"PT72H"', '"P1M"', "ship.within: must be an ISO 8601 duration such as P3D or PT72H, found 'P1M'"),
        ('"PT72H"', "72", "ship.within: must be an ISO 8601 duration such as P3D or PT72H, found 72"),
        ('"PT72H"', '"PT0S"', "ship.within: must be longer than nothing, found 'PT0S'"),
        ('"PT72H"', '"P9000D"', "ship.within: must not be longer than ten years, found 'P9000D'"),
        (
            '"PT72H"',
            '"P2D"',
            "ship.within: must be later than ship.alert_after (PT48H), which warns of it, found 'P2D'",
        ),
        ("value = 0.05", "value = 1.5", "ship.late.rate: must be between 0 and 1, found 1.5"),
        ("value = 0.05", "value = -0.05", "ship.late.rate: must be between 0 and 1, found -0.05"),
        ("value = 0.05", "value = nan", "ship.late.rate: must be between 0 and 1, found NaN"),
        ("value = 0.05", "value = true", "ship.late.rate: must be a number such as 0.05, found true"),
        ("value = 0.05", "value = []", "ship.late.rate: must be a number such as 0.05, found []"),
        ("value = 0.05", 'value = "5 %"', "ship.late.rate: must be a number such as 0.05, found '5 %'"),
        ('"30.00"', '"-30.00"', f"ship.late.cap: {AN_AMOUNT}, found '-30.00'"),
        ('"30.00"', '"30.001"', f"ship.late.cap: {AN_AMOUNT}, found '30.001'"),
        ("value = 3,", "value = 3.5,", "ship.late.points: must be a valid integer, found 3.5"),
        ("value = 3,", "value = true,", "ship.late.points: must be a valid integer, found true"),
        ('"16:00"', '"24:00"', "ship.cutoff: must be a time of day such as 16:00, found '24:00'"),
        ('"16:00"', "16:00:30", "ship.cutoff: must be a time of day such as 16:00, found"),
        ("[3, 5, 7, 10]", "[]", "receipt.seller_extensions: must hold at least one number of days, found []"),
        (
            "[3, 5, 7, 10]",
            "[3, 3]",
            "receipt.seller_extensions: must be in ascending order, each number of days",
        ),
        (
            "[3, 5, 7, 10]",
            "[0, 3]",
            "receipt.seller_extensions[0]: must be greater than or equal to 1, found 0",
        ),
        ('"S2-49"', '"S2-490"', "ship.within.rule: must be a rule id such as S2-85 or a table such as 2.1"),
        ('"S2-49"', '"S5-01"', "ship.within.rule: must be a rule id such as S2-85 or a table such as 2.1"),
        ('"S2-49"', '"S2-102"', "ship.within.rule: must be a rule id such as S2-85 or a table such as 2.1"),
        ('"S2-49"', '"2.3"', "ship.within.verified: table 2.3 lists what is not verified, found true"),
        (
            ' rule = "S2-49",',
            "",
            "ship.within.verified: only a value that cites a rule can be verified, found true",
        ),
        ("[promotion]", "[promotions]", "promotions: is not a key of a policy"),
        ("[promotion]", "[promotions]", "promotion: is missing"),
        ("stall_after", "stalls_after", "tracking.stall_after: is missing"),
        ("stall_after", "stalls_after", "tracking.stalls_after: is not a key of a policy"),
        ('value = "P2D", rule', "rule", "tracking.stall_after: has no value"),
        (
            '{ value = "P2D", rule = "S2-56", verified = true }',
            '"P2D"',
            "tracking.stall_after: must be a table",
        ),
        (
            'platform = "taobao"',
            'platform = "amazon"',
            "platform: must be 'taobao', 'tmall', 'douyin' or 'jd', found",
        ),
        ('id = "taobao-2012"', 'id = "Taobao 2012"', "id: must match pattern"),
        ("current = true", 'current = "yes"', "current: must be a valid boolean, found 'yes'"),
    ],
)
def test_a_bad_value_is_named(write: Write, before: str, after: str, complaint: str) -> None:
    """The message names the policy path, what is wrong and the value that was found."""
    assert any(problem.startswith(complaint) for problem in problems(write((before, after))))


def test_carriers_and_fees_must_agree(write: Write) -> None:
    """A carrier without a fee could intercept for nothing."""
    file = write(('"zto", "yto", "yunda"', '"zto", "yto", "yunda", "sf"'), base="douyin")
    assert problems(file)[0].startswith("intercept.fees: must name one fee for each carrier (zto, yto, yunda, sf)")


def test_a_bad_fee_is_named_by_its_carrier(write: Write) -> None:
    """Values in a table that the shop fills in are named as precisely as the others."""
    file = write(('yto = { value = "4.00"', 'yto = { value = "-4.00"'), base="douyin")
    assert problems(file) == [f"intercept.fees.yto: {AN_AMOUNT}, found '-4.00'"]


def test_all_problems_are_told_at_once(write: Write) -> None:
    """A shop corrects its file in one go; a bad value does not hide the bad citation beside it."""
    file = write(
        ('value = "PT72H", rule = "S2-49"', 'value = "soon", rule = "S9-01"'),
        ("value = 0.05", "value = 5"),
        ("stall_after", "stalled"),
    )
    with pytest.raises(PolicyError) as caught:
        load_policy(file, policies())
    assert [problem.path for problem in caught.value.problems] == [
        "ship.within",
        "ship.within.rule",
        "ship.late.rate",
        "tracking.stall_after",
        "tracking.stalled",
    ]
    assert all(line.startswith(f"{file}: ") for line in str(caught.value).splitlines())


def test_a_syntax_error_names_the_line(write: Write) -> None:
    """A file that is no TOML is answered with the line that breaks it."""
    (problem,) = problems(write(('platform = "taobao"', "platform = taobao")))
    assert problem.startswith("line 3: is not valid TOML: Invalid value")
    assert problem.endswith("found 'platform = taobao'")


def test_a_file_that_is_cut_off_is_an_error(tmp_path: Path) -> None:
    """A missing end has no line of its own, and is reported for the file."""
    file = tmp_path / "cut.toml"
    file.write_text("id = [", encoding="utf-8")
    (problem,) = problems(file)
    assert problem.startswith("is not valid TOML: ")


def test_a_missing_file_is_a_policy_error(tmp_path: Path) -> None:
    """Callers handle one kind of error, also when there is nothing to read."""
    assert problems(tmp_path / "none.toml") == ["cannot be read: No such file or directory"]


def test_a_file_in_another_encoding_is_a_policy_error(tmp_path: Path) -> None:
    """A file saved as GBK is named rather than shown as a decoding failure."""
    file = tmp_path / "gbk.toml"
    file.write_bytes('title = "淘宝"'.encode("gbk"))
    assert problems(file) == ["is not UTF-8 text (byte 9)"]


def test_a_byte_order_mark_is_skipped(write: Write) -> None:
    """Editors that put a byte order mark in front do no harm."""
    file = write()
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert load_policy(file) == policy("taobao-2012")


def test_a_value_without_a_source_is_unverified(write: Write) -> None:
    """A shop may state a number of its own; it then counts as unverified."""
    file = write(('{ value = "PT72H", rule = "S2-49", verified = true }', '{ value = "PT60H" }'))
    within = load_policy(file).ship.within
    assert (within.text, within.rule, within.verified) == ("PT60H", None, False)
