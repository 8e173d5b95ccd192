"""Where goods go back to: what scripts and messages name (S2-74, S4-48)."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

PartName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Part = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")
]

_ORDER = (
    "province",
    "region",
    "city",
    "district",
    "street",
    "address",
    "detail",
    "name",
    "recipient",
    "phone",
    "postcode",
)
"""In which order the parts are read out; others follow by their names."""


def _in_order(parts: Mapping[str, str]) -> dict[str, str]:
    """The parts as they are read out, whatever order they came or were kept in."""
    return dict(sorted(parts.items(), key=lambda part: (_place(part[0]), part[0])))


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


Address = Annotated[
    dict[PartName, Part],
    Field(
        min_length=1,
        max_length=12,
        examples=[{"address": "广州市白云区百合路 1 号 3 号仓", "name": "退货组", "phone": "020-66668888"}],
    ),
    AfterValidator(_in_order),
]
"""An address by its parts, as the shop names them."""


class Addresses(BaseModel):
    """The section `addresses` of a shop's settings.

    Attributes:
        returns: where returned and exchanged goods go; None: scripts ask for it.
        repair: where goods to be repaired go, the factory's or the shop's own; None: scripts ask for it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)

    returns: Annotated[Address | None, Field(alias="return")] = None
    repair: Address | None = None

    def in_words(self) -> dict[str, str]:
        """The addresses by the places that they fill, in the words they are read out with."""
        return dict(_named(self))


def _named(addresses: Addresses) -> Iterator[tuple[str, str]]:
    for place, address in (("return_to", addresses.returns), ("repair_to", addresses.repair)):
        if address:
            yield place, "，".join(address.values())
