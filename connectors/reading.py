"""Reading what others send: every value is checked, and a wrong one is told by name in plain words."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from domain.money import from_fen, yuan
from domain.times import CHINA, YEARS

NEVER = frozenset({"0001-01-01 00:00:00", "1970-01-01 00:00:00", "0000-00-00 00:00:00"})
"""Times by which platforms say that there is none."""

_WORD = re.compile(r"[A-Za-z0-9._-]{1,64}")
_YUAN = re.compile(r"\d{1,10}(?:\.\d{1,2}0*)?")
_WHOLE = re.compile(r"\d{1,18}")
_TRUTHS = {"true": True, "false": False, "1": True, "0": False}
MOST_FEN = 10**12 - 1


class CannotRead(Exception):
    """A message cannot be translated; says why in words."""


def parse_json(text: str, what: str) -> Any:
    """The value of a JSON text, its numbers exact. Raises CannotRead."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise CannotRead(f"{what} is no JSON") from error


def _no_number(word: str) -> Any:
    raise ValueError(word)


class Fields:
    """A JSON object of a message. Absent, null and empty are the same to all platforms, and to this."""

    def __init__(self, raw: object, what: str) -> None:
        if not isinstance(raw, Mapping):
            raise CannotRead(f"{what} is no object")
        self._raw, self.what = raw, what

    @property
    def raw(self) -> dict[str, Any]:
        """The object as it came."""
        return {str(key): value for key, value in self._raw.items()}

    def _value(self, key: str) -> object:
        value = self._raw.get(key)
        return None if value == "" else value

    def _named(self, key: str) -> str:
        return f"{key} of {self.what}"

    def _needed(self, key: str, value: Any) -> Any:
        if value is None:
            raise CannotRead(f"{self._named(key)} is missing")
        return value

    def find_text(self, key: str) -> str | None:
        """A text, or a whole number as one."""
        value = self._value(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is None:
            return None
        if not isinstance(value, str):
            raise CannotRead(f"{self._named(key)} is no text")
        if not value.isprintable() and any(char < " " and char not in "\t\r\n" for char in value):
            raise CannotRead(f"{self._named(key)} holds characters that no text has")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise CannotRead(f"{self._named(key)} is no text") from error
        return value.strip() or None

    def text(self, key: str) -> str:
        """A text that must be there."""
        return str(self._needed(key, self.find_text(key)))

    def find_word(self, key: str) -> str | None:
        """An id, 1 to 64 letters, digits, dots, hyphens and underscores."""
        value = self.find_text(key)
        if value is not None and not _WORD.fullmatch(value):
            raise CannotRead(f"{self._named(key)} is no id")
        return value

    def word(self, key: str) -> str:
        """An id that must be there."""
        return str(self._needed(key, self.find_word(key)))

    def find_count(self, key: str) -> int | None:
        """A whole number, at least nothing."""
        value = self.find_text(key)
        if value is not None and not _WHOLE.fullmatch(value):
            raise CannotRead(f"{self._named(key)} is no whole number")
        return None if value is None else int(value)

    def count(self, key: str) -> int:
        """A whole number that must be there."""
        return int(self._needed(key, self.find_count(key)))

    def find_yuan(self, key: str) -> Decimal | None:
        """An amount in yuan, at least nothing. Binary fractions are none."""
        value = self._value(key)
        text = str(value) if isinstance(value, Decimal) else self.find_text(key)
        if text is not None and not _YUAN.fullmatch(text):
            raise CannotRead(f"{self._named(key)} is no amount in yuan")
        return None if text is None else yuan(text)

    def yuan(self, key: str) -> Decimal:
        """An amount in yuan that must be there."""
        return Decimal(self._needed(key, self.find_yuan(key)))

    def find_fen(self, key: str) -> Decimal | None:
        """An amount that comes in fen, in yuan."""
        fen = self.find_count(key)
        if fen is not None and fen > MOST_FEN:
            raise CannotRead(f"{self._named(key)} is no amount in fen")
        return None if fen is None else from_fen(fen)

    def fen(self, key: str) -> Decimal:
        """An amount in fen that must be there, in yuan."""
        return Decimal(self._needed(key, self.find_fen(key)))

    def find_truth(self, key: str) -> bool | None:
        """Yes or no, however it is written."""
        value = self._value(key)
        if value is None or isinstance(value, bool):
            return value
        known = _TRUTHS.get(str(value).lower())
        if known is None:
            raise CannotRead(f"{self._named(key)} is neither true nor false")
        return known

    def find_china_time(self, key: str) -> datetime | None:
        """`2026-11-11 00:01:00` on the China clock."""
        text = self.find_text(key)
        if text is None or text in NEVER:
            return None
        try:
            read = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA)
        except ValueError as error:
            raise CannotRead(f"{self._named(key)} is no time") from error
        return self._plausible(key, read)

    def china_time(self, key: str) -> datetime:
        """A China time that must be there."""
        return self._moment(key, self.find_china_time(key))

    def find_epoch(self, key: str, per_second: int = 1) -> datetime | None:
        """Seconds since 1970, or parts of them; nothing counts as no time."""
        ticks = self.find_count(key)
        if not ticks:
            return None
        try:
            read = datetime.fromtimestamp(ticks // per_second, UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise CannotRead(f"{self._named(key)} is no time") from error
        return self._plausible(key, read)

    def epoch(self, key: str, per_second: int = 1) -> datetime:
        """A time in seconds since 1970 that must be there."""
        return self._moment(key, self.find_epoch(key, per_second))

    def _moment(self, key: str, value: datetime | None) -> datetime:
        moment: datetime = self._needed(key, value)
        return moment

    def _plausible(self, key: str, read: datetime) -> datetime:
        if read.year not in YEARS or read.astimezone(UTC).year not in YEARS:
            raise CannotRead(f"{self._named(key)} is no time of our age")
        return read.astimezone(UTC)

    def find_part(self, key: str) -> "Fields | None":
        """An object within, or its JSON as a text."""
        value = self._value(key)
        if isinstance(value, str):
            value = parse_json(value, self._named(key))
        return None if value is None else Fields(value, self._named(key))

    def part(self, key: str) -> "Fields":
        """An object within that must be there."""
        part: Fields = self._needed(key, self.find_part(key))
        return part

    def parts(self, key: str, wrapped_in: str | None = None) -> "list[Fields]":
        """A list of objects; `wrapped_in`: some put it into an object of its own."""
        value = self._value(key)
        if wrapped_in is not None and isinstance(value, Mapping):
            value = value.get(wrapped_in)
        if value is None:
            return []
        if not isinstance(value, list):
            raise CannotRead(f"{self._named(key)} is no list")
        if len(value) > 1000:
            raise CannotRead(f"{self._named(key)} has more than 1,000 entries")
        return [Fields(entry, f"{key} {number}") for number, entry in enumerate(value, 1)]
