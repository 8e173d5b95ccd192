"""`caseline policies`: the marketplaces' rules as editions."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from commands.tables import print_whole
from domain.own_editions import check_own
from domain.policy import PolicyError, leaves, policies


def show_policies(console: Console) -> None:
    """Lists every edition, with how many of its values were verified."""
    table = Table("id", "platform", "title", "current", "values", "verified")
    for edition in policies().values():
        values = [cited for _, cited in leaves(edition)]
        verified = sum(cited.verified for cited in values)
        current = "yes" if edition.current else ""
        table.add_row(edition.id, edition.platform, edition.title, current, str(len(values)), str(verified))
    print_whole(table, console)


def check_policy(file: Path, console: Console) -> bool:
    """Checks an edition and prints what is wrong with it, or that it holds; answers whether it does."""
    try:
        edition = check_own(file)
    except PolicyError as error:
        for problem in error.problems:
            console.print(str(problem), style="red", highlight=False, soft_wrap=True)
        return False
    console.print(f"{edition.id} holds: {sum(1 for _ in leaves(edition))} values for {edition.platform}.")
    return True
