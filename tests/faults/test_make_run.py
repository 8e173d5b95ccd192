"""`caseline up`, which `make run` starts: everything on one machine, from the first line to the last process."""

import asyncio
import signal
import socket
from pathlib import Path
from typing import Any

import pytest

from runtime.ports import require_free
from tests.faults.client import event, order, shop_at
from tests.faults.up import Up, caseline_up

pytestmark = pytest.mark.slow

CASE = "order:demo:taobao:T1"
SUBJECT = "order/taobao/T1"


async def test_up_says_where_everything_is_and_goes_on_where_it_was(tmp_path: Path) -> None:
    """It serves at the addresses it prints, Ctrl-C ends all of it, and started again the case is still there.

    The exit code of Ctrl-C is 0: that is how one is meant to stop it, so `make run` reports no error.
    """
    async with caseline_up(tmp_path) as up:
        for said in (up.address, f"http://127.0.0.1:{up.ui_port}", str(up.data_dir), "demo-agent", "Ctrl-C"):
            assert said in up.out
        async with shop_at(f"http://127.0.0.1:{up.ui_port}") as ui:
            assert (await ui.call("GET", "/")).status_code == 200
        async with shop_at(up.address) as shop:
            assert (await shop.call("GET", "/docs")).status_code == 200
            await shop.insist("POST", "/v1/cases", order("T1"))
            paid = event("pay-1", "payment.received", SUBJECT, amount="209.00")
            await shop.insist("POST", "/v1/events", paid, "demo-payment")
        assert set(up.look()) == {"temporal", "worker", "api"}
        assert await up.interrupt() == 0
        assert up.left() == []
        assert up.err == ""
        for port in (up.port, up.ui_port, up.temporal_port, up.metrics_port):
            require_free(port)

        up.start()
        await up.until_ready()
        async with shop_at(up.address) as shop:
            await shop.until(CASE, lambda case: case["stage"] == "awaiting_shipment")
            parcel: dict[str, Any] = {"carrier": "zto", "tracking_no": "ZT1", "line_ids": ["1"]}
            consigned = event("out-1", "parcel.consigned", SUBJECT, **parcel)
            await shop.insist("POST", "/v1/events", consigned, "demo-erp")
            await shop.until(CASE, lambda case: case["parcels"])
        assert await up.interrupt(signal.SIGTERM) == 0
        assert up.left() == []


async def test_processes_that_are_killed_come_back_by_themselves(tmp_path: Path) -> None:
    """The worker, the API and the Temporal server are started again, each with a line that says so; cases go on."""
    async with caseline_up(tmp_path) as up:
        async with shop_at(up.address) as shop:
            await shop.insist("POST", "/v1/cases", order("T1"))
        for what in ("worker", "api", "temporal"):
            killed = up.look()[what]
            killed.kill()
            await up.until_new(what, killed)
        async with shop_at(up.address) as shop:
            paid = event("pay-1", "payment.received", SUBJECT, amount="209.00")
            await shop.insist("POST", "/v1/events", paid, "demo-payment")
            await shop.until(CASE, lambda case: case["stage"] == "awaiting_shipment")
        assert await up.interrupt() == 0
        assert up.left() == []
        assert up.err.count("starting it again") == 3, up.err
        assert "Traceback" not in up.err


async def test_a_killed_up_leaves_nothing_that_the_next_one_does_not_clean_up(tmp_path: Path) -> None:
    """Its worker and API end with it; the Temporal server that stays is stopped by the next start."""
    async with caseline_up(tmp_path) as up:
        stale = up.look()["temporal"]
        await up.interrupt(signal.SIGKILL)
        async with asyncio.timeout(60):
            while set(up.left()) - {"temporal"}:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        up.start()
        await up.until_ready()
        assert not stale.is_running()
        assert "an earlier run left behind" in up.err
        assert await up.interrupt() == 0
        assert up.left() == []


async def test_a_second_up_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    """It names the process that is in the way, and leaves it alone."""
    async with caseline_up(tmp_path) as first:
        (tmp_path / "second").mkdir()
        second = Up(tmp_path / "second", {"CASELINE_DATA_DIR": str(first.data_dir)})
        second.start()
        assert await second.until_ended() == 2
        assert one_line(second).startswith(f"caseline: another Caseline (process {first.running().pid}) runs on ")
        async with shop_at(first.address) as shop:
            assert (await shop.call("GET", "/readyz")).status_code == 200
        assert await first.interrupt() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_stopped_while_it_is_starting_it_leaves_nothing(number: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C, a request to stop and a closed terminal end it in order, also before it has said that it is up."""
    if signal.getsignal(number) is signal.SIG_IGN and number is signal.SIGHUP:
        pytest.skip("these tests were started to outlive their terminal, so what they start does too")
    up = Up(tmp_path)
    up.start()
    async with asyncio.timeout(60):
        while "temporal" not in up.look():  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert await up.interrupt(number) == 0
    assert up.left() == []
    assert up.err == ""


@pytest.mark.parametrize("name", ["port", "temporal_port", "temporal_ui_port", "worker_metrics_port"])
async def test_a_taken_port_is_said_in_one_line(name: str, tmp_path: Path) -> None:
    """The line names the port, who has it, and the variable that chooses another."""
    variable = f"CASELINE_{name.upper()}"
    with socket.create_server(("127.0.0.1", 0)) as holder:
        taken = holder.getsockname()[1]
        up = Up(tmp_path, {variable: str(taken)})
        up.start()
        assert await up.until_ended() == 2
    line = one_line(up)
    assert line.startswith(f"caseline: port {taken} is taken by ")
    assert line.endswith(f"choose another with {variable}\n")


async def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    """The line names the folder, why it does not do, and the variable that chooses another."""
    (tmp_path / "file").touch()
    up = Up(tmp_path, {"CASELINE_DATA_DIR": str(tmp_path / "file" / "data")})
    up.start()
    assert await up.until_ended() == 2
    line = one_line(up)
    assert line.startswith(f"caseline: cannot write to the folder {tmp_path / 'file' / 'data'}: ")
    assert "CASELINE_DATA_DIR" in line


@pytest.mark.parametrize(
    ("variable", "value"),
    [("CASELINE_PORT", "[eighty]"), ("CASELINE_TEMPORAL_PORT", "0"), ("CASELINE_LOG_LEVEL", "loud")],
)
async def test_a_bad_setting_is_said_in_one_line(variable: str, value: str, tmp_path: Path) -> None:
    """The line names the variable and quotes what was found, whatever it is."""
    up = Up(tmp_path, {variable: value})
    up.start()
    assert await up.until_ended() == 2
    line = one_line(up)
    assert line.startswith(f"caseline: {variable} is bad: ")
    assert f"'{value}'" in line
    assert not up.data_dir.exists()


def one_line(up: Up) -> str:
    """What it wrote: one line of error, nothing else."""
    assert up.out == ""
    assert up.err.count("\n") == 1, up.err
    return up.err
