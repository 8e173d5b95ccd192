"""Parts of a day, on the clock of Asia/Shanghai: working hours and call windows are made of them."""

import re
from datetime import time, timedelta
from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)

from domain.invalid import InvalidValue

_MIDNIGHT, _DAY = timedelta(0), timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00", re.ASCII)


def _time_of_day(raw: object) -> timedelta:
    if isinstance(raw, time) and raw == time(raw.hour, raw.minute):
        return timedelta(hours=raw.hour, minutes=raw.minute)
    if isinstance(raw, timedelta) and _MIDNIGHT <= raw <= _DAY and not raw % _MINUTE:
        return raw
    if not isinstance(raw, str) or not _CLOCK.fullmatch(raw):
        raise InvalidValue(
            "must be a time of day such as 09:00, at the latest 24:00", "须为一天中的时刻，例如 09:00，最晚 24:00"
        )
    hours, minutes = raw.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def _shown(since_midnight: timedelta) -> str:
    hours, minutes = divmod(since_midnight // _MINUTE, 60)
    return f"{hours:02}:{minutes:02}"


TimeOfDay = Annotated[
    timedelta,
    PlainValidator(_time_of_day),
    PlainSerializer(_shown, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d\d:\d\d$", "examples": ["09:00"]}),
]
"""A time of day, kept as what has passed since midnight, so that 24:00 is the end of the day."""


class Interval(BaseModel):
    """Part of a day. One past midnight is two: to 24:00, and from 00:00 of the next day."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)

    start: TimeOfDay = Field(alias="from")
    end: TimeOfDay = Field(alias="to")

    @field_validator("end")
    @classmethod
    def _after_start(cls, end: timedelta, others: ValidationInfo) -> timedelta:
        if end <= others.data.get("start", _MIDNIGHT):
            raise InvalidValue("must lie after from", "须晚于 from")
        return end
