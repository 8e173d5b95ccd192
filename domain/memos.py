"""Memos as shops write them: "@date name text", e.g. "@11.22 阿华 顾客信息错误 重拍订单" (S2-06, S2-33)."""

import re
from datetime import datetime

from domain.invalid import InvalidValue
from domain.times import CHINA

LONGEST = 1000
"""Bytes of UTF-8 that marketplaces take as a memo."""

WRITTEN = frozenset({"memo", "note", "ship_hold"})
"""The purposes of texts that are written on an order for the shop's people; of the others nobody makes a memo."""

_DATED = re.compile(r"@\d{1,2}\.\d{1,2}(?!\d)")


def memo_line(text: str, account: str, at: datetime) -> str:
    """A text in that convention, on one line, cut where a marketplace would take no more.

    Args:
        text: what was written; if it begins with "@date" already, it is in the convention and keeps its own name.
        account: who wrote it.
        at: when; the date is the one on the China clock.
    """
    line = " ".join(text.split())
    if not _DATED.match(line):
        day = at.astimezone(CHINA)
        line = f"@{day.month}.{day.day} {account} {line}"
    return line.encode()[:LONGEST].decode(errors="ignore")


def fits(text: str) -> str:
    """The text itself. Raises ValueError if no marketplace would take it."""
    if (size := len(text.encode())) > LONGEST:
        raise InvalidValue(
            f"a memo may have {LONGEST:,} bytes, this one has {size:,}",
            f"备注最多 {LONGEST:,} 字节，现在有 {size:,} 字节",
        )
    return text
