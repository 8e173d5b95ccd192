"""Stock and its reservations. Nothing is reserved twice or beyond what is on hand, however many ask at once.

The row of the SKU decides: one conditional UPDATE, which others of the same SKU wait for. A caller that holds several
SKUs in one transaction takes them in the order of their names, so that two such callers never wait for each other.
"""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, case, delete, select, update

from domain.shop.stock import BelowReserved, Reservation, ReservationState, Stock
from store.database import insert_into
from store.tables import RESERVATIONS, STOCK


def get(tx: Connection, merchant: str, sku: str) -> Stock:
    """What there is of a SKU; of one that nobody knows, nothing."""
    return _stock(tx, merchant, sku)


def free(tx: Connection, merchant: str, sku: str) -> int:
    """Units that nobody has reserved, for shops that only require stock (S3-11)."""
    return (get(tx, merchant, sku)).free


def put_available(tx: Connection, merchant: str, sku: str, available: int) -> Stock:
    """Sets what is on hand, reserved units included.

    Raises:
        BelowReserved: open cases have reserved more than that.
    """
    insert = insert_into(tx, STOCK).values(merchant=merchant, sku=sku, available=available, reserved=0)
    put = insert.on_conflict_do_update(
        index_elements=["merchant", "sku"],
        set_={"available": insert.excluded.available},
        where=STOCK.c.reserved <= insert.excluded.available,
    )
    reserved = tx.scalar(put.returning(STOCK.c.reserved))
    if reserved is None:
        raise BelowReserved(_stock(tx, merchant, sku))
    return Stock(sku, available, reserved)


def hold(tx: Connection, reservation: Reservation) -> bool:
    """Reserves units within the caller's transaction (S3-12).

    Returns:
        Whether they are kept for the case; asked again, whether they still are or were shipped.
    """
    row = {**asdict(reservation), "state": ReservationState.HELD}
    insert = insert_into(tx, RESERVATIONS).values(row).on_conflict_do_nothing(index_elements=["reservation_id"])
    if tx.scalar(insert.returning(RESERVATIONS.c.reservation_id)) is None:
        state = tx.scalar(select(RESERVATIONS.c.state).where(_is(reservation.reservation_id)))
        return state in (ReservationState.HELD, ReservationState.CONSUMED)
    reserve = (
        update(STOCK)
        .where(*_of(reservation.merchant, reservation.sku))
        .where(STOCK.c.available - STOCK.c.reserved >= reservation.quantity)
        .values(reserved=STOCK.c.reserved + reservation.quantity)
        .returning(STOCK.c.reserved)
    )
    if tx.scalar(reserve) is not None:
        return True
    tx.execute(delete(RESERVATIONS).where(_is(reservation.reservation_id)))
    return False


def release(tx: Connection, reservation_id: str) -> bool:
    """Frees what a case no longer wants (S3-17); False, and nothing happens, if it holds nothing any more."""
    return _end(tx, reservation_id, ReservationState.RELEASED)


def consume(tx: Connection, reservation_id: str, quantity: int | None = None) -> bool:
    """Takes shipped units from stock, and all of them from what is reserved; False, and nothing happens, if none are.

    Args:
        tx: the transaction.
        reservation_id: which reservation.
        quantity: how many of its units were shipped, where not all were; the others are released.
    """
    return _end(tx, reservation_id, ReservationState.CONSUMED, quantity)


def take(tx: Connection, taken: Reservation) -> None:
    """Takes units that left and were never reserved out of stock (S3-13); again with the same id, nothing happens.

    What others have reserved stays: where less is free, the stock was not what was reported, and no unit is left free.
    """
    row = {**asdict(taken), "state": ReservationState.CONSUMED}
    free_after = STOCK.c.available - taken.quantity
    left = case((free_after > STOCK.c.reserved, free_after), else_=STOCK.c.reserved)
    insert = insert_into(tx, RESERVATIONS).values(row)
    new = insert.on_conflict_do_nothing(index_elements=["reservation_id"]).returning(RESERVATIONS.c.reservation_id)
    if tx.scalar(new) is not None:
        tx.execute(update(STOCK).where(*_of(taken.merchant, taken.sku)).values(available=left))


def _end(tx: Connection, reservation_id: str, state: ReservationState, quantity: int | None = None) -> bool:
    end = (
        update(RESERVATIONS)
        .where(_is(reservation_id), RESERVATIONS.c.state == ReservationState.HELD)
        .values(state=state)
        .returning(RESERVATIONS.c.merchant, RESERVATIONS.c.sku, RESERVATIONS.c.quantity)
    )
    held = tx.execute(end).one_or_none()
    if held is None:
        return False
    changes: dict[str, Any] = {"reserved": STOCK.c.reserved - held.quantity}
    if state is ReservationState.CONSUMED:
        changes["available"] = STOCK.c.available - min(held.quantity if quantity is None else quantity, held.quantity)
    tx.execute(update(STOCK).where(*_of(held.merchant, held.sku)).values(changes))
    return True


def _stock(tx: Connection, merchant: str, sku: str) -> Stock:
    query = select(STOCK.c.available, STOCK.c.reserved).where(*_of(merchant, sku))
    row = tx.execute(query).one_or_none()
    return Stock(sku) if row is None else Stock(sku, row.available, row.reserved)


def _of(merchant: str, sku: str) -> tuple[Any, ...]:
    return STOCK.c.merchant == merchant, STOCK.c.sku == sku


def _is(reservation_id: str) -> Any:
    return RESERVATIONS.c.reservation_id == reservation_id
