"""The minimal service over HTTP: each message is a row, then a signal or an update of the floor's workflow."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any, cast

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Engine, Row, insert, select
from sqlalchemy.exc import IntegrityError
from temporalio.client import Client, WorkflowHandle

from bench.databases import plain_engine
from bench.floor import QUEUE, FloorCase, Message
from bench.service.models import Event, NewOrder, OrderShown
from bench.service.tables import MESSAGES
from runtime.settings import Settings

TOKENS = {"demo-agent", "demo-payment", "demo-erp", "demo-carrier", "demo-buyer"}
SIGNALS = {
    "payment.received": FloorCase.paid,
    "parcel.consigned": FloorCase.consigned,
    "parcel.picked_up": FloorCase.picked_up,
    "parcel.signed": FloorCase.signed,
}
_bearer = HTTPBearer()


def create_service(settings: Settings) -> FastAPI:
    """The app; it connects when it starts to serve."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.orders = Orders(plain_engine(settings.database_url), await Client.connect(settings.temporal_address))
        yield
        app.state.orders.engine.dispose()

    app = FastAPI(lifespan=lifespan)
    app.get("/readyz")(ready)
    app.post("/orders", status_code=201)(open_order)
    app.post("/events", status_code=202)(take_event)
    app.post("/orders/{order_id}/confirm")(confirm)
    app.get("/orders/{order_id}")(show)
    return app


class Orders:
    """The messages in the database and the workflows in Temporal."""

    def __init__(self, engine: Engine, temporal: Client) -> None:
        self.engine, self.temporal = engine, temporal

    async def keep(self, source: str, message_id: str, order_id: str, type_: str, body: dict[str, Any]) -> bool:
        """Writes a message; False if it came before."""
        row = {
            "source": source,
            "message_id": message_id,
            "order_id": order_id,
            "type": type_,
            "received_at": datetime.now(UTC),
            "body": body,
        }
        return await asyncio.to_thread(self._insert, row)

    async def messages(self, order_id: str) -> list[str]:
        """The types of an order's messages, in the order in which they came."""
        return [row.type for row in await asyncio.to_thread(self._select, order_id)]

    def case(self, order_id: str) -> WorkflowHandle[FloorCase, None]:
        return self.temporal.get_workflow_handle_for(FloorCase.run, f"service:{order_id}")

    def _insert(self, row: dict[str, Any]) -> bool:
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(MESSAGES).values(row))
        except IntegrityError:
            return False
        return True

    def _select(self, order_id: str) -> list[Row[tuple[str]]]:
        query = select(MESSAGES.c.type).where(MESSAGES.c.order_id == order_id).order_by(MESSAGES.c.received_at)
        with self.engine.connect() as connection:
            return list(connection.execute(query))


def _orders(request: Request, shown: Annotated[HTTPAuthorizationCredentials, Depends(_bearer)]) -> Orders:
    if shown.credentials not in TOKENS:
        raise HTTPException(401, "unknown token")
    return cast(Orders, request.app.state.orders)


Known = Annotated[Orders, Depends(_orders)]


async def ready() -> dict[str, str]:
    return {"status": "ok"}


async def open_order(order: NewOrder, orders: Known) -> OrderShown:
    body = order.model_dump(mode="json")
    if await orders.keep("shop", order.order_id, order.order_id, "opened", body):
        await orders.temporal.start_workflow(
            FloorCase.run, Message(body), id=f"service:{order.order_id}", task_queue=QUEUE
        )
    return OrderShown(order_id=order.order_id, messages=["opened"])


async def take_event(event: Event, orders: Known) -> dict[str, str]:
    signal = SIGNALS.get(event.type)
    if signal is None:
        raise HTTPException(422, f"unknown type {event.type}")
    order_id = event.subject.rpartition("/")[2]
    body = event.model_dump(mode="json")
    if not await orders.keep(event.source, event.id, order_id, event.type, body):
        return {"status": "duplicate"}
    await orders.case(order_id).signal(signal, Message(body))
    return {"status": "accepted"}


async def confirm(order_id: str, orders: Known) -> OrderShown:
    await orders.keep("buyer", f"{order_id}-confirmed", order_id, "confirmed", {})
    await orders.case(order_id).execute_update(FloorCase.confirm, Message({}))
    return await show(order_id, orders)


async def show(order_id: str, orders: Known) -> OrderShown:
    messages = await orders.messages(order_id)
    if not messages:
        raise HTTPException(404, "no such order")
    return OrderShown(order_id=order_id, messages=messages)
