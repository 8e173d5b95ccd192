"""`caseline sandbox`: the product on a test clock, for integrators' tests."""

from rich.console import Console

from commands.serve import require_port, serve_http
from runtime.settings import Settings
from sandbox.run import running_sandbox


async def serve_sandbox(settings: Settings, console: Console) -> None:
    """Serves the sandbox until cancelled; prints `ready` on a line of its own once it does.

    Raises:
        PortTaken: somebody else listens there; said before anything is started.
    """
    require_port(settings)
    async with running_sandbox(settings) as sandbox:

        def ready() -> None:
            console.print(f"Sandbox on http://{settings.host}:{settings.port}, documents under /docs")
            console.print("The desk is there too; sign in as demo-agent, password demo-agent, or as demo-owner, ….")
            console.print("Its time-skipping Temporal server listens on every interface of this machine.")
            console.print("ready")

        await serve_http(sandbox.app, settings, ready, sandbox.here.following.close)
