"""Everything of a shop comes back out, and nothing of another's."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.roles import Role
from moving.export import NotWritten, export_shop
from store import logins, sources, tokens
from store.database import Database
from store.export import OF_NO_SHOP
from store.sources import Source
from store.tables import METADATA
from tests.store.scenes import NOON, open_order, order, paid, report, started_order


def _read(path: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        found.setdefault(one["table"], []).append(one["row"])
    return found


async def test_a_shop_gets_all_of_its_own(database: Database, tmp_path: Path) -> None:
    """Cases with their state, buyers, facts; no token and no secret, and no row of another shop."""
    await started_order(database, "T1")
    await report(database, paid("pay-1"))
    await open_order(database, order("T1", merchant="other"))
    await database.write(tokens.add, "hash", "demo", "demo-agent", [Role.AGENT], NOON)
    await database.write(logins.add_login, "demo", "ann", [Role.AGENT], "a-secret-hash", NOON)
    source = Source("src_1", "demo", "alipay", (Role.PAYMENT,), NOON, None)
    await database.write(sources.add, source, "whsec_very-secret")
    await database.write(sources.rotate, "demo", "src_1", "whsec_other-secret", NOON, NOON + timedelta(days=1))
    rows = await export_shop(database, "demo", tmp_path / "shop.jsonl")
    found = _read(tmp_path / "shop.jsonl")
    assert sum(map(len, found.values())) == rows
    assert [case["state"]["order_id"] for case in found["cases"]] == ["T1"]
    assert {case["merchant"] for case in found["cases"]} == {"demo"}
    assert {"buyers", "timeline", "deadlines", "changes", "sources", "events_inbox"} <= found.keys()
    assert all(row["case_id"].startswith("order:demo:") for row in [*found["buyers"], *found["timeline"]])
    text = (tmp_path / "shop.jsonl").read_text(encoding="utf-8")
    assert "secret" not in text
    assert [row["account"] for row in found["logins"]] == ["ann"]
    assert not {"tokens", "sessions", "sign_ins"} & found.keys()
    with pytest.raises(NotWritten):
        await export_shop(database, "demo", tmp_path / "shop.jsonl")


async def test_every_table_is_a_shops_or_said_to_be_nobodys(database: Database, tmp_path: Path) -> None:
    """A table that is added later is exported by itself, or stops this."""
    assert {table.name for table in METADATA.sorted_tables} >= OF_NO_SHOP
    assert await export_shop(database, "nobody", tmp_path / "nobody.jsonl") == 0
