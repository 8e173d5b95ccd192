"""Memos as shops write them: "@date name text" (S2-06, S2-33)."""

from datetime import UTC, datetime

import pytest

from domain.memos import LONGEST, memo_line

AT = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.mark.rule("S2-06")
def test_a_line_says_date_name_and_text() -> None:
    """Month and day without leading noughts, the account, what was written."""
    assert memo_line("顾客信息错误 重拍订单", "demo-agent", AT) == "@11.22 demo-agent 顾客信息错误 重拍订单"
    assert memo_line("已催付", "阿华", AT.replace(month=4, day=5)) == "@4.5 阿华 已催付"


@pytest.mark.parametrize(("hour", "day"), [(15, "11.22"), (16, "11.23")])
def test_the_date_is_the_one_in_china(hour: int, day: str) -> None:
    """Four in the afternoon UTC is midnight there."""
    assert memo_line("x", "a", AT.replace(hour=hour)).startswith(f"@{day} a ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("@4.15阿华 顾客信息错误 重拍订单", "@4.15阿华 顾客信息错误 重拍订单"),
        ("  @11.11 阿华 明天付款", "@11.11 阿华 明天付款"),
        ("@店长 请看", "@11.22 a @店长 请看"),
        ("@4.155 元", "@11.22 a @4.155 元"),
        ("4.15 元差价", "@11.22 a 4.15 元差价"),
    ],
)
def test_what_begins_with_a_date_is_in_the_convention_already(text: str, line: str) -> None:
    """It keeps the date and the name that it was written with; an @ alone makes no date."""
    assert memo_line(text, "a", AT) == line


def test_it_is_one_line() -> None:
    """However it was typed."""
    assert memo_line(" 缺货\n等到  周五\t", "a", AT) == "@11.22 a 缺货 等到 周五"


@pytest.mark.parametrize("text", ["长" * 333, "x" * 1000, "x" * 990 + "长"])
def test_a_line_has_no_more_than_a_marketplace_takes(text: str) -> None:
    """Date and name may leave no room for the end; no character is cut in two."""
    line = memo_line(text, "a", AT)
    assert LONGEST - 2 <= len(line.encode()) <= LONGEST
    assert f"@11.22 a {text}".startswith(line)
