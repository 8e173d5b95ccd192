"""The mapping of columns: what a file of another shape says of itself, and how a bad one is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.order.state import Source
from replay.columns import ColumnNames, Columns
from replay.errors import MappingUnusable

MAPPING = """
zone = "Asia/Shanghai"
time_format = "%d.%m.%Y %H:%M"
decimal = ","
delimiter = ";"

[columns]
order_id = "订单编号"
placed_at = "创建时间"
paid_at = "付款时间"
consigned_at = "发货时间"
picked_up_at = "揽收时间"
signed_at = "签收时间"
amount = "实付金额"

[constants]
platform = "tmall"
source = "inquiry"
"""


def saved(folder: Path, text: str) -> Path:
    path = folder / "columns.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_mapping_names_the_columns_that_the_file_has_and_no_others(tmp_path: Path) -> None:
    """What the mapping leaves out is not looked for: neither the columns nor the status words of the built-in one."""
    shape = Columns.load(saved(tmp_path, MAPPING))
    assert shape.columns.named()["consigned_at"] == "发货时间"
    assert shape.columns.status is None
    assert shape.status.delivered == ()
    assert shape.constants.source is Source.INQUIRY


def test_the_mapping_in_the_documents_is_one(tmp_path: Path) -> None:
    """docs/replay.md shows every key with its meaning; as it stands there it can be used."""
    document = (Path(__file__).parents[2] / "docs" / "replay.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", document, re.DOTALL)
    shape = Columns.load(saved(tmp_path, example))
    assert set(shape.columns.named()) == set(ColumnNames.model_fields)
    assert shape.model_fields_set == set(Columns.model_fields)


def test_the_built_in_mapping_is_that_of_the_olist_data_set() -> None:
    """Without a mapping, the columns of the public data set and its zone hold."""
    shape = Columns()
    assert shape.columns.paid_at == "approved_at"
    assert shape.zone == "America/Sao_Paulo"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (('zone = "Asia/Shanghai"', 'zone = "Asia/Shangri-La"'), "zone: is not a known time zone"),
        (('zone = "Asia/Shanghai"', ""), "zone: is missing"),
        (('amount = "实付金额"', ""), "columns.amount: Field required"),
        (("%d.%m.%Y %H:%M", "%d.%m.%Y"), "time_format: must tell year, month, day, hour and minute"),
        (("%d.%m.%Y %H:%M", "%d.%m.%Y %Q"), "time_format: is no time format"),
        (('decimal = ","', 'encoding = "klingon"'), "encoding: unknown encoding: klingon"),
        (('source = "inquiry"', 'sauce = "inquiry"'), "constants.sauce: Extra inputs"),
        (('platform = "tmall"', 'platform = "bazaar"'), "constants.platform"),
        (("[columns]", "[columns"), "columns.toml"),
    ],
)
def test_a_bad_mapping_is_told_with_its_file_and_the_value_at_fault(
    tmp_path: Path, changed: tuple[str, str], told: str
) -> None:
    """Each mistake names the file, the value and what is wrong with it."""
    path = saved(tmp_path, MAPPING.replace(*changed))
    with pytest.raises(MappingUnusable, match=r"columns\.toml") as caught:
        Columns.load(path)
    assert told in str(caught.value)
