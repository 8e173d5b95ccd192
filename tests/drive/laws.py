"""What must hold of an order and its children at every moment, as far as the API shows it."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from tests.drive.world import Order, Shown, World

ZERO = Decimal(0)
_BAD_WORDS = re.compile(r"\{|\}|None|(?<![\d.])0\.00|\d{4}-\d\d-\d\dT|  |（）|\(\)|“”|「」")
"""What no script may show: an empty place, nothing of 0.00, a raw time."""


def check(world: World, order: Order) -> Iterator[str]:
    """Every law that is broken now, in words."""
    family = world.family(order)
    if not family:
        return
    head = family[0]
    entries = list(world.items(f"/v1/cases/{order.case_id}/ledger"))
    tasks = {case["case_id"]: world.tasks(case["case_id"]) for case in family}
    yield from check_head(head, entries)
    if not any(tasks.values()):
        yield from more_than_paid(world, head)
    if not head["open"]:
        yield from _kept(order, family, entries)
    for case in family:
        yield from check_life(case, tasks[case["case_id"]])
        yield from _words(tasks[case["case_id"]])
    yield from _children(family)
    yield from _same_version(order, head)
    order.last_seen = head


def check_head(head: Shown, entries: list[Shown]) -> Iterator[str]:
    """What the order's snapshot and its ledger say of money and units."""
    yield from _money(head, entries)
    for line in head["lines"]:
        yield from _units(line)


def _net(entries: list[Shown], *kinds: str) -> Decimal:
    back = {entry["reverses"] for entry in entries if entry["reverses"]}
    stands = (e for e in entries if e["kind"] in kinds and not e["reverses"] and e["entry_id"] not in back)
    return sum((Decimal(entry["amount"]) for entry in stands), ZERO)


def _money(head: Shown, entries: list[Shown]) -> Iterator[str]:
    """What went back is what was booked, and what is too much has an owner."""
    money = {name: Decimal(value) for name, value in head["money"].items()}
    if money["refunded"] != _net(entries, "refund"):
        yield f"money.refunded is {money['refunded']}, booked {_net(entries, 'refund')}"
    if not head["open"] and money["overpaid"]:
        yield f"ended with {money['overpaid']} overpaid"
    ids = Counter((e["case_id"], e["entry_id"]) for e in entries)
    yield from (f"booked twice: {entry}" for entry, times in ids.items() if times > 1)


def more_than_paid(world: World, head: Shown) -> Iterator[str]:
    """Nobody gets more than was paid, but at the door: what the carrier took there comes, or was written off."""
    paid, refunded = Decimal(head["money"]["paid"]), Decimal(head["money"]["refunded"])
    if refunded <= paid or any(wait["for"] == "money" for wait in head["waits_for"]):
        return
    lines = world.items(f"/v1/cases/{head['case_id']}/timeline")
    if not any(line["type"] == "payment.written_off" for line in lines):
        yield f"{refunded} refunded of {paid} paid, and nobody has a task"


def _kept(order: Order, family: list[Shown], entries: list[Shown]) -> Iterator[str]:
    """Of an ended order no more is kept than what the goods that the buyer has are worth, and their freight."""
    head = family[0]
    settled_for_less = any(case["kind"] == "after_sale" and case.get("outcome") == "refunded" for case in family)
    if settled_for_less:
        return  # a smaller amount may have been agreed to, or the shop's freight deducted
    kept = Decimal(head["money"]["paid"]) - Decimal(head["money"]["refunded"]) - _net(entries, "compensation")
    theirs = [line for line in head["lines"] if line["units"]["delivered"] or line["units"]["shipped"]]
    freight = Decimal(order.body["freight"]) + Decimal(head["carrier_difference"])
    worth = sum((Decimal(line["amount"]) for line in theirs), freight if theirs else ZERO)
    if kept > worth:
        yield f"{kept} kept, and what the buyer has came to {worth} (outcome {head['outcome']})"


def _units(line: Shown) -> Iterator[str]:
    """Every unit is somewhere, and in one place only."""
    units = dict(line["units"])
    ordered = units.pop("ordered")
    if ordered != sum(units.values()) or min(units.values()) < 0:
        yield f"line {line['line_id']}: {ordered} ordered, but {units}"


def check_life(case: Shown, tasks: list[Shown]) -> Iterator[str]:
    """An open case waits for something that can come; an ended one for nothing."""
    runs = [deadline for deadline in case["deadlines"] if deadline["state"] == "running"]
    if case["open"] and not (runs or tasks or case["waits_for"]):
        yield f"{case['case_id']} ({case['stage']}) is open, and waits for nothing and nobody"
    if not case["open"]:
        yield from (f"{case['case_id']} has ended, its {deadline['kind']} runs" for deadline in runs)
        yield from (f"{case['case_id']} has ended, its task {task['type']} is open" for task in tasks)


def _words(tasks: list[Shown]) -> Iterator[str]:
    for task in tasks:
        if bad := _BAD_WORDS.search(task["script"]):
            yield f"{task['type']} says {bad.group()!r}: {task['script']}"
    same = Counter((task["type"], task["script"]) for task in tasks if task["type"] != "escalation")
    yield from (f"asked {times} times for the same: {what}" for what, times in same.items() if times > 1)


def _children(family: list[Shown]) -> Iterator[str]:
    stages = {case["case_id"]: case["stage"] for case in family}
    for case in family:
        for child in case["children"]:
            own = stages.get(child["case_id"])
            if own is not None and own != child["stage"]:
                yield f"{case['case_id']} has {child['case_id']} as {child['stage']}, it says {own}"
        if not case["open"]:
            below = {child["case_id"] for child in case["children"]}
            still = [one["case_id"] for one in family if one["case_id"] in below and one["open"]]
            if still:
                yield f"{case['case_id']} has ended before {still}"


_TIMELY = ("phase", "ships_on")
"""What of a snapshot goes with the time, not with the version: what a request would be now."""


def _same_version(order: Order, head: Shown) -> Iterator[str]:
    """A client that polls by version misses nothing."""
    before = order.last_seen
    if before is None:
        return
    if head["version"] < before["version"]:
        yield f"version {before['version']} was followed by {head['version']}"
    differs = [name for name in head if head[name] != before.get(name) and name not in _TIMELY]
    if head["version"] == before["version"] and differs:
        yield f"version {head['version']} shows other {differs} than before"
