"""One case from opening to end, on each side. The next message is sent once the one before stands in the database."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import httpx

from bench import messages
from bench.calling import as_, post
from bench.floor import QUEUE, FloorCase, Message
from bench.setup import Part, Setup
from bench.watch import Watch

CONNECTIONS = 100
KEPT_ALIVE = 2.0
"""Seconds that an idle connection is used again: less than the API keeps it, so that the two never race."""
LIMITS = httpx.Limits(max_connections=CONNECTIONS, keepalive_expiry=KEPT_ALIVE)
STEPS = "SELECT case_id, max(number) FROM bench_steps WHERE case_id IN :ids GROUP BY case_id"


class Side(ABC):
    """One of those that are compared.

    Attributes:
        worker, api: the processes that do its work; the floor has no API.
        steps: how to tell from the database how far its cases are.
    """

    worker: ClassVar[Part] = Part.FLOOR_WORKER
    api: ClassVar[Part | None] = None
    steps: ClassVar[str] = STEPS

    def __init__(self, setup: Setup, watch: Watch) -> None:
        self.setup, self.watch = setup, watch

    @staticmethod
    @abstractmethod
    def case_id(order_id: str) -> str:
        """The workflow id."""

    @abstractmethod
    async def open(self, order_id: str) -> None:
        """Starts the case; answered once it is sure to run."""

    @abstractmethod
    async def live(self, order_id: str) -> None:
        """Opens the case and sends it everything up to the confirmation, which it waits for."""

    @abstractmethod
    async def ended(self, order_id: str) -> None:
        """Waits until the case's last step stands in the database."""


class Floor(Side):
    """The minimal workflow, called through the SDK's client; it ends with the confirmation."""

    @staticmethod
    def case_id(order_id: str) -> str:
        return f"floor:{order_id}"

    async def open(self, order_id: str) -> None:
        opened = Message(messages.opening(order_id))
        await self.setup.temporal.start_workflow(FloorCase.run, opened, id=self.case_id(order_id), task_queue=QUEUE)

    async def live(self, order_id: str) -> None:
        await self.open(order_id)
        case_id = self.case_id(order_id)
        case = self.setup.temporal.get_workflow_handle(case_id)
        await case.signal(FloorCase.paid, Message(messages.paid(order_id)))
        await self.watch.reaches(case_id, 1)
        await case.signal(FloorCase.consigned, Message(messages.consigned(order_id)))
        await self.watch.reaches(case_id, 2)
        await case.signal(FloorCase.picked_up, Message(messages.picked_up(order_id)))
        await self.watch.reaches(case_id, 3)
        await case.signal(FloorCase.signed, Message(messages.signed(order_id)))
        await self.watch.reaches(case_id, 4)
        await case.execute_update(FloorCase.confirm, Message({}))

    async def ended(self, order_id: str) -> None:
        await self.watch.reaches(self.case_id(order_id), 5)


class OverHttp(Side):
    """A side that is called over HTTP, by seven calls: opened, told four times, confirmed, read."""

    opens_at: ClassVar[str]
    reports_at: ClassVar[str]
    opened_at: ClassVar[int]

    def __init__(self, setup: Setup, watch: Watch, http: httpx.AsyncClient) -> None:
        super().__init__(setup, watch)
        self.http = http

    @staticmethod
    @abstractmethod
    def confirms_at(case_id: str) -> str:
        """Where the buyer confirms."""

    @staticmethod
    @abstractmethod
    def shown_at(case_id: str) -> str:
        """Where the case is read."""

    async def open(self, order_id: str) -> None:
        await self._post(self.opens_at, "demo-agent", messages.opening(order_id))

    async def live(self, order_id: str) -> None:
        await self.open(order_id)
        case_id, step = self.case_id(order_id), self.opened_at
        await self._report("demo-payment", messages.paid(order_id))
        await self.watch.reaches(case_id, step + 1)
        await self._report("demo-erp", messages.consigned(order_id))
        await self.watch.reaches(case_id, step + 2)
        await self._report("demo-carrier", messages.picked_up(order_id))
        await self.watch.reaches(case_id, step + 3)
        await self._report("demo-carrier", messages.signed(order_id))
        await self.watch.reaches(case_id, step + 4)
        await self._post(self.confirms_at(case_id), "demo-buyer", {})
        answer = await self.http.get(self.shown_at(case_id), headers=as_("demo-agent"))
        answer.raise_for_status()

    async def _report(self, token: str, event: dict[str, Any]) -> None:
        await self._post(self.reports_at, token, event)

    async def _post(self, path: str, token: str, body: dict[str, Any]) -> Any:
        return await post(self.http, path, token, body)


class Service(OverHttp):
    """The minimal service over the floor's workflow: what a shop would write by hand instead."""

    api = Part.SERVICE
    opens_at, reports_at, opened_at = "/orders", "/events", 0

    @staticmethod
    def case_id(order_id: str) -> str:
        return f"service:{order_id}"

    @staticmethod
    def confirms_at(case_id: str) -> str:
        return f"{Service.shown_at(case_id)}/confirm"

    @staticmethod
    def shown_at(case_id: str) -> str:
        return f"/orders/{case_id.removeprefix('service:')}"

    async def ended(self, order_id: str) -> None:
        await self.watch.reaches(self.case_id(order_id), 5)


class Order(OverHttp):
    """A plain OrderCase through the HTTP API; it ends when its return window has passed."""

    worker, api = Part.WORKER, Part.API
    steps = "SELECT case_id, version FROM cases WHERE case_id IN :ids"
    opens_at, reports_at, opened_at = "/v1/cases", "/v1/events", 1

    @staticmethod
    def case_id(order_id: str) -> str:
        return f"order:demo:taobao:{order_id}"

    @staticmethod
    def confirms_at(case_id: str) -> str:
        return f"/v1/cases/{case_id}/actions/confirm_receipt"

    @staticmethod
    def shown_at(case_id: str) -> str:
        return f"/v1/cases/{case_id}"

    async def ended(self, order_id: str) -> None:
        await self.watch.reaches(self.case_id(order_id), 7)

    async def _report(self, token: str, event: dict[str, Any]) -> None:
        (result,) = (await self._post(self.reports_at, token, event))["results"]
        if result["status"] != "accepted":
            raise RuntimeError(f"{event['type']} was {result['status']}: {result['reason']}")
