"""The two Temporal servers that Caseline brings along, each as a subprocess of its own.

Both are context managers, and neither ever downloads anything. A server that an earlier, killed Caseline left
behind is stopped before a new one starts.
"""

from runtime.embedded.dev import DevServer
from runtime.embedded.server import EmbeddedServer
from runtime.embedded.time_skipping import TestServer

__all__ = ["DevServer", "EmbeddedServer", "TestServer"]
