"""Stock and its reservations. Nothing is reserved twice or beyond what is on hand, however many ask at once.

The row of the SKU decides: one conditional UPDATE, which others of the same SKU wait for. A caller that holds several
SKUs in one transaction takes them in the order of their names, so that two such callers never wait for each other.
"""

from dataclasses import asdict
from typing import Any

from sqlalchemy import case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.shop.stock import BelowReserved, Reservation, ReservationState, Stock
from store.database import Database, core, insert_into
from store.tables import ReservationRow, StockRow

_STOCK, _RESERVATIONS = core(StockRow), core(ReservationRow)


async def get(db: Database, merchant: str, sku: str) -> Stock:
    """What there is of a SKU; of one that nobody knows, nothing."""
    async with db.read() as session:
        return await _stock(session, merchant, sku)


async def free(db: Database, merchant: str, sku: str) -> int:
    """Units that nobody has reserved, for shops that only require stock (S3-11)."""
    return (await get(db, merchant, sku)).free


async def put_available(db: Database, merchant: str, sku: str, available: int) -> Stock:
    """Sets what is on hand, reserved units included.

    Raises:
        BelowReserved: open cases have reserved more than that.
    """
    async with db.write() as session:
        insert = insert_into(session, StockRow).values(merchant=merchant, sku=sku, available=available, reserved=0)
        put = insert.on_conflict_do_update(
            index_elements=["merchant", "sku"],
            set_={"available": insert.excluded.available},
            where=_STOCK.c.reserved <= insert.excluded.available,
        )
        reserved = await session.scalar(put.returning(_STOCK.c.reserved))
        if reserved is None:
            raise BelowReserved(await _stock(session, merchant, sku))
        return Stock(sku, available, reserved)


async def hold(session: AsyncSession, reservation: Reservation) -> bool:
    """Reserves units within the caller's transaction (S3-12).

    Returns:
        Whether they are kept for the case; asked again, whether they still are or were shipped.
    """
    row = {**asdict(reservation), "state": ReservationState.HELD}
    insert = insert_into(session, ReservationRow).values(row).on_conflict_do_nothing(index_elements=["reservation_id"])
    if await session.scalar(insert.returning(_RESERVATIONS.c.reservation_id)) is None:
        state = await session.scalar(select(_RESERVATIONS.c.state).where(_is(reservation.reservation_id)))
        return state in (ReservationState.HELD, ReservationState.CONSUMED)
    reserve = (
        update(_STOCK)
        .where(*_of(reservation.merchant, reservation.sku))
        .where(_STOCK.c.available - _STOCK.c.reserved >= reservation.quantity)
        .values(reserved=_STOCK.c.reserved + reservation.quantity)
        .returning(_STOCK.c.reserved)
    )
    if await session.scalar(reserve) is not None:
        return True
    await session.execute(delete(_RESERVATIONS).where(_is(reservation.reservation_id)))
    return False


async def release(db: Database, reservation_id: str) -> bool:
    """Frees what a case no longer wants (S3-17); False, and nothing happens, if it holds nothing any more."""
    return await _end(db, reservation_id, ReservationState.RELEASED)


async def consume(db: Database, reservation_id: str, quantity: int | None = None) -> bool:
    """Takes shipped units from stock, and all of them from what is reserved; False, and nothing happens, if none are.

    Args:
        db: the database.
        reservation_id: which reservation.
        quantity: how many of its units were shipped, where not all were; the others are released.
    """
    return await _end(db, reservation_id, ReservationState.CONSUMED, quantity)


async def take(db: Database, taken: Reservation) -> None:
    """Takes units that left and were never reserved out of stock (S3-13); again with the same id, nothing happens.

    What others have reserved stays: where less is free, the stock was not what was reported, and no unit is left free.
    """
    row = {**asdict(taken), "state": ReservationState.CONSUMED}
    free_after = _STOCK.c.available - taken.quantity
    left = case((free_after > _STOCK.c.reserved, free_after), else_=_STOCK.c.reserved)
    async with db.write() as session:
        insert = insert_into(session, ReservationRow).values(row)
        new = insert.on_conflict_do_nothing(index_elements=["reservation_id"]).returning(_RESERVATIONS.c.reservation_id)
        if await session.scalar(new) is not None:
            await session.execute(update(_STOCK).where(*_of(taken.merchant, taken.sku)).values(available=left))


async def _end(db: Database, reservation_id: str, state: ReservationState, quantity: int | None = None) -> bool:
    end = (
        update(_RESERVATIONS)
        .where(_is(reservation_id), _RESERVATIONS.c.state == ReservationState.HELD)
        .values(state=state)
        .returning(_RESERVATIONS.c.merchant, _RESERVATIONS.c.sku, _RESERVATIONS.c.quantity)
    )
    async with db.write() as session:
        held = (await session.execute(end)).one_or_none()
        if held is None:
            return False
        changes: dict[str, Any] = {"reserved": _STOCK.c.reserved - held.quantity}
        if state is ReservationState.CONSUMED:
            changes["available"] = _STOCK.c.available - min(
                held.quantity if quantity is None else quantity, held.quantity
            )
        await session.execute(update(_STOCK).where(*_of(held.merchant, held.sku)).values(changes))
        return True


async def _stock(session: AsyncSession, merchant: str, sku: str) -> Stock:
    query = select(_STOCK.c.available, _STOCK.c.reserved).where(*_of(merchant, sku))
    row = (await session.execute(query)).one_or_none()
    return Stock(sku) if row is None else Stock(sku, row.available, row.reserved)


def _of(merchant: str, sku: str) -> tuple[Any, ...]:
    return _STOCK.c.merchant == merchant, _STOCK.c.sku == sku


def _is(reservation_id: str) -> Any:
    return _RESERVATIONS.c.reservation_id == reservation_id
