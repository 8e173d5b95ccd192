"""`caseline import` and `caseline export`: a shop moves in, and can move out again."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from commands.ready import check_ready
from commands.shops import require_shop
from domain.own_editions import register_own
from domain.policy import Policy, current_policy, policy
from domain.times import Instant
from moving.outlook import Outlook
from moving.taking_over import Move, Moved, look_at, take_over
from replay.columns import Columns
from replay.errors import ReportUnwritable
from replay.orders import SENTENCES, RecordedOrder, SetAside
from replay.reading import OrderLog, read_log
from runtime.clock import SystemClock
from runtime.errors import StartupError
from runtime.settings import Settings
from runtime.temporal import client_runtime, connect
from services.background import background
from services.context import process_context
from store import leases
from store.database import Database

LOOK_AGAIN = 0.2
NAMED = 10
"""How many rows that are set aside for a reason the terminal names."""
_INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant)


class NotMoved(StartupError):
    """The move cannot begin."""


class NotTaken(BaseModel):
    """An order that was left where it is."""

    order_id: str
    why: str


class MoveReport(BaseModel):
    """What came of a move, or would come of it, as a file for whoever works it off."""

    rows: int
    opened: int
    there_already: int
    outlook: list[Outlook]
    set_aside: list[SetAside]
    not_taken: list[NotTaken]


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be taken over.

    Attributes:
        file: the orders, a CSV or a workbook.
        shape: which column is which.
        merchant: the shop.
        edition: its policy edition; None: the platform's current one.
        since: from when on what is late is charged here, as somebody wrote it.
    """

    file: Path
    shape: Columns
    merchant: str
    edition: str | None
    since: str


async def import_orders(
    settings: Settings, source: Source, report_to: Path | None, console: Console, *, dry: bool
) -> bool:
    """Takes over the orders of a file, or only says how they would stand.

    Args:
        settings: of the process.
        source: what is to be taken over.
        report_to: the JSON file to write; None for none.
        console: where it is told.
        dry: only look.

    Returns:
        Whether every row was taken over, or could be.

    Raises:
        NotMoved: `since` is no time, or neither edition nor platform is named.
        NoSuchShop: nobody could see the orders.
        ReplayError: the file or the mapping cannot be used.
    """
    since, rules = _moment(source.since), _edition(settings, source.shape, source.edition)
    log = await asyncio.to_thread(read_log, source.file, source.shape)
    db = Database(settings.database_url)
    try:
        await check_ready(db, settings)
        client = await connect(settings, runtime=client_runtime(settings))
        here = process_context(settings, db, client, SystemClock())
        await require_shop(db, source.merchant)
        move = Move(here, source.merchant, source.shape, rules, since)
        with _progress(console) as progress:
            looked = await look_at(move, log.orders, _bar(progress, "Looking ahead", len(log.orders)))
            moved = Moved(not_taken=looked.not_taken) if dry else await _move(move, log.orders, progress)
    finally:
        await db.close()
    _show(log, looked.outlook, moved, await SystemClock().now(), console, dry=dry)
    if report_to:
        await asyncio.to_thread(_write, report_to, _report(log, looked.outlook, moved))
        console.print(f"Every order is in {report_to}.", highlight=False, soft_wrap=True)
    return not (log.set_aside or moved.not_taken)


def _moment(text: str) -> datetime:
    try:
        return _INSTANT.validate_python(text)
    except ValidationError as error:
        raise NotMoved("since: must be a time with its offset, such as 2026-11-30T00:00:00+08:00") from error


def _edition(settings: Settings, shape: Columns, name: str | None) -> Policy:
    if settings.policies_dir:
        register_own(settings.policies_dir)
    if name:
        return policy(name)
    if shape.constants.platform is None:
        raise NotMoved("name an edition with --policy, or a platform under [constants] of the mapping")
    return current_policy(shape.constants.platform)


def _progress(console: Console) -> Progress:
    """How far it is, where somebody looks."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _bar(progress: Progress, what: str, total: int) -> Callable[[int], object]:
    """A line of it; hears how many more are done."""
    bar = progress.add_task(what, total=total)
    return lambda more: progress.advance(bar, more)


async def _move(move: Move, orders: Sequence[RecordedOrder], progress: Progress) -> Moved:
    async with background(move.here):
        moved = await take_over(move, orders, _bar(progress, "Taking over", len(orders)))
        progress.add_task("Telling what happened", total=None)
        while await move.here.db.read(leases.undelivered):  # noqa: ASYNC110 - rows, not events
            await asyncio.sleep(LOOK_AGAIN)
    return moved


def _show(
    log: OrderLog, outlook: Sequence[Outlook], moved: Moved, now: datetime, console: Console, *, dry: bool
) -> None:
    late = [one for one in outlook if one.late]
    urgent = [one for one in outlook if one.is_urgent(now)]
    if not dry:
        console.print(f"{moved.opened} orders opened, {moved.there_already} were there already")
    console.print(f"{log.rows} rows: {len(log.orders)} orders, {len(log.set_aside)} set aside")
    console.print(f"{len(late)} late, of which {sum(one.charged for one in late)} are charged here")
    for one in late:
        console.print(f"  late: {one.order_id}{', charged here' if one.charged else ''}", highlight=False)
    console.print(f"{len(urgent)} need somebody at once")
    for one in urgent:
        tasks = ", ".join(task.type for task in one.waiting if task.due_at <= now)
        console.print(f"  {one.order_id}: {tasks}", highlight=False)
    for reason, count in Counter(row.reason for row in log.set_aside).most_common():
        console.print(f"{count} set aside: {SENTENCES[reason]}", highlight=False, soft_wrap=True, markup=False)
        rows = [row for row in log.set_aside if row.reason is reason]
        for row in rows[:NAMED]:
            order = f", order {row.order_id}" if row.order_id else ""
            found = f": {row.detail}" if row.detail else ""
            console.print(f"  line {row.line}{order}{found}", highlight=False, soft_wrap=True, markup=False)
        if count > NAMED:
            console.print(f"  and {count - NAMED} more; --report names all", highlight=False)
    for order_id, why in moved.not_taken.items():
        console.print(f"not taken over: {order_id}: {why}", highlight=False, soft_wrap=True)


def _write(path: Path, report: MoveReport) -> None:
    try:
        path.write_text(report.model_dump_json(indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise ReportUnwritable(path, error.strerror or str(error)) from error


def _report(log: OrderLog, outlook: list[Outlook], moved: Moved) -> MoveReport:
    return MoveReport(
        rows=log.rows,
        opened=moved.opened,
        there_already=moved.there_already,
        outlook=outlook,
        set_aside=log.set_aside,
        not_taken=[NotTaken(order_id=order_id, why=why) for order_id, why in moved.not_taken.items()],
    )
