"""Tables whose cells are names to copy."""

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

WIDEST = 10_000


def print_whole(table: Table, console: Console) -> None:
    """Prints a table as wide as it is: a narrow terminal wraps its lines, but no name is cut."""
    whole = console.options.update(width=WIDEST, max_width=WIDEST)
    width = Measurement.get(console, whole, table).maximum
    wide = Console(file=console.file, width=width, force_terminal=console.is_terminal, markup=False, emoji=False)
    wide.print(table)
