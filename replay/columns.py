"""Which column of an order log is which: the shape of the file, as a TOML file or the built-in one says it."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from domain.order.opening import ShortText
from domain.order.state import Source
from domain.policy import Platform
from replay.errors import MappingUnusable

ISO = "iso"

Name = Annotated[str, StringConstraints(min_length=1)]
Carrier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,32}$")]


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is not a known time zone; write it like Asia/Shanghai")
    return name


def _telling_format(form: str) -> str:
    # A month and day apart from all defaults: what the format leaves out does not come back.
    probe = datetime(2023, 11, 27, 19, 38, tzinfo=UTC)
    try:
        tells = form == ISO or datetime.strptime(probe.strftime(form), form).replace(tzinfo=UTC) == probe
    except ValueError as error:
        raise ValueError(f"is no time format: {error}") from error
    if not tells:
        raise ValueError("must tell year, month, day, hour and minute, like %Y-%m-%d %H:%M")
    return form


def _text_encoding(name: str) -> str:
    try:
        "".encode(name)
    except LookupError as error:
        raise ValueError(str(error)) from error
    return name


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnNames(_Table):
    """The names of the columns. Each one named must be in the file; what the file does not have stays out.

    Attributes:
        placed_at: when the buyer ordered; paid_at: when the order was paid in full.
        consigned_at: when the seller said it is shipped; without it, the pick-up's time stands for it.
        picked_up_at: when the carrier had it, by the carrier's own record (S2-84).
        signed_at: when it was signed for.
        amount: what was paid in all; freight: how much of it is freight.
        line_id: the line that a row is: rows of one order are its lines, where this is named.
        line_amount: what the line was paid; then amount and freight are the order's, in each of its rows.
        pay_type: how it is paid.
        buyer_name, buyer_phone, buyer_address, buyer_region: what taking over an order keeps of its buyer.
    """

    order_id: Name
    placed_at: Name
    paid_at: Name
    picked_up_at: Name
    signed_at: Name
    amount: Name
    consigned_at: Name | None = None
    status: Name | None = None
    carrier: Name | None = None
    tracking_no: Name | None = None
    sku: Name | None = None
    title: Name | None = None
    quantity: Name | None = None
    freight: Name | None = None
    line_id: Name | None = None
    line_amount: Name | None = None
    pay_type: Name | None = None
    buyer_id: Name | None = None
    buyer_name: Name | None = None
    buyer_phone: Name | None = None
    buyer_address: Name | None = None
    buyer_region: Name | None = None

    def named(self) -> dict[str, str]:
        """What is named, and the column that holds it."""
        return {field: name for field, name in self if name is not None}


class StatusWords(_Table):
    """What the words of the status column say of an order; a word that stands nowhere here says nothing."""

    delivered: tuple[Name, ...] = ()
    shipped: tuple[Name, ...] = ()
    unshipped: tuple[Name, ...] = ()


class Constants(_Table):
    """What is the same for every order, because the file does not say it. No platform: the edition's."""

    platform: Platform | None = None
    source: Source = Source.SILENT
    carrier: Carrier = "recorded"
    category: Annotated[str, StringConstraints(min_length=1, max_length=64)] = "general"
    title: ShortText = "Recorded order"


OLIST = ColumnNames(
    order_id="order_id",
    placed_at="purchased_at",
    paid_at="approved_at",
    picked_up_at="carrier_at",
    signed_at="delivered_at",
    amount="paid_amount",
    status="order_status",
    buyer_id="customer_id",
)
OLIST_WORDS = StatusWords(
    delivered=("delivered",),
    shipped=("shipped",),
    unshipped=("created", "approved", "processing", "invoiced", "unavailable"),
)


class Columns(_Table):
    """The shape of an order log. The defaults fit the public Olist data set.

    Attributes:
        zone: the zone of times that name none.
        time_format: `iso`, or what `strptime` reads.
        decimal: the decimal sign of amounts.
        carriers: what the file calls a carrier, and its name here.
        cash_on_delivery: the words of `pay_type` by which an order is paid at the door.
    """

    zone: Annotated[str, AfterValidator(_known_zone)] = "America/Sao_Paulo"
    time_format: Annotated[str, AfterValidator(_telling_format)] = ISO
    decimal: Literal[".", ","] = "."
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    encoding: Annotated[str, AfterValidator(_text_encoding)] = "utf-8-sig"
    columns: ColumnNames = OLIST
    constants: Constants = Constants()
    status: StatusWords = OLIST_WORDS
    carriers: dict[Name, Carrier] = {}
    cash_on_delivery: tuple[Name, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Columns:
        """Reads a mapping file, which must name its zone and its columns.

        Raises:
            MappingUnusable: it does not read or does not hold together; names file and value.
        """
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise MappingUnusable(path, [str(error)]) from error
        if missing := [f"{name}: is missing" for name in ("zone", "columns") if name not in raw]:
            raise MappingUnusable(path, missing)
        try:
            return cls.model_validate({"status": {}, **raw})
        except ValidationError as error:
            raise MappingUnusable(path, [_told(problem) for problem in error.errors(include_url=False)]) from error

    def time_zone(self) -> ZoneInfo:
        """The zone of times that name none."""
        return ZoneInfo(self.zone)


def _told(problem: Any) -> str:
    place = ".".join(str(part) for part in problem["loc"])
    return f"{place}: {problem['msg'].removeprefix('Value error, ')}"
