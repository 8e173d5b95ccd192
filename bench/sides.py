"""One case from opening to end, on each side. The next message is sent once the one before stands in the database."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import httpx

from bench import messages
from bench.floor import QUEUE, FloorCase, Message
from bench.setup import FLOOR_WORKER, WORKER, Setup
from bench.watch import Watch

CONNECTIONS = 100


class Side(ABC):
    """One of the two that are compared.

    Attributes:
        worker: the process that runs its workflows.
        steps: how to tell from the database how far its cases are.
    """

    worker: ClassVar[str]
    steps: ClassVar[str]

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

    worker = FLOOR_WORKER
    steps = "SELECT case_id, max(number) FROM bench_steps WHERE case_id IN ({}) GROUP BY case_id"

    @staticmethod
    def case_id(order_id: str) -> str:
        return f"floor:{order_id}"

    async def open(self, order_id: str) -> None:
        opened = Message(messages.opening(order_id))
        await self.setup.temporal.start_workflow(FloorCase.run, opened, id=self.case_id(order_id), task_queue=QUEUE)

    async def live(self, order_id: str) -> None:
        await self.open(order_id)
        case_id = self.case_id(order_id)
        case = self.setup.temporal.get_workflow_handle_for(FloorCase.run, case_id)
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


class Order(Side):
    """A plain OrderCase through the HTTP API; it ends when its return window has passed."""

    worker = WORKER
    steps = "SELECT case_id, version FROM cases WHERE case_id IN ({})"

    def __init__(self, setup: Setup, watch: Watch, http: httpx.AsyncClient) -> None:
        super().__init__(setup, watch)
        self.http = http

    @staticmethod
    def case_id(order_id: str) -> str:
        return f"order:demo:taobao:{order_id}"

    async def open(self, order_id: str) -> None:
        await self._post("/v1/cases", "demo-agent", messages.opening(order_id))

    async def live(self, order_id: str) -> None:
        await self.open(order_id)
        case_id = self.case_id(order_id)
        await self.watch.reaches(case_id, 1)
        await self._report("demo-payment", messages.paid(order_id))
        await self.watch.reaches(case_id, 2)
        await self._report("demo-erp", messages.consigned(order_id))
        await self.watch.reaches(case_id, 3)
        await self._report("demo-carrier", messages.picked_up(order_id))
        await self.watch.reaches(case_id, 4)
        await self._report("demo-carrier", messages.signed(order_id))
        await self.watch.reaches(case_id, 5)
        await self._post(f"/v1/cases/{case_id}/actions/confirm_receipt", "demo-buyer", {})

    async def ended(self, order_id: str) -> None:
        await self.watch.reaches(self.case_id(order_id), 7)

    async def _report(self, token: str, event: dict[str, Any]) -> None:
        (result,) = (await self._post("/v1/events", token, event))["results"]
        if result["status"] != "accepted":
            raise RuntimeError(f"{event['type']} was {result['status']}: {result['reason']}")

    async def _post(self, path: str, token: str, body: dict[str, Any]) -> Any:
        answer = await self.http.post(path, json=body, headers={"Authorization": f"Bearer {token}"})
        return answer.raise_for_status().json()
