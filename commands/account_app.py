"""`caseline account`: the commands. Each imports what it runs when it runs."""

from typing import Annotated

import typer

from commands.running import console, database_of_commands, on_database
from domain.roles import Role

account_app = typer.Typer(help="Who signs in to the desk; a shop's owner makes the others there.", no_args_is_help=True)

Account = Annotated[str, typer.Argument(help="The name to sign in with; no two shops have the same.")]
Shop = Annotated[str, typer.Option(help="The shop: letters, digits, '-', '_', '.'.")]


@account_app.command("add")
def account_add(
    account: Account,
    role: Annotated[list[Role], typer.Option("--role", help="A role of a shop's staff; may be given several times.")],
    merchant: Shop = "demo",
) -> None:
    """Make an account that signs in, and show its first password once."""
    from commands.accounts import add_account

    on_database(database_of_commands(), lambda db: add_account(db, merchant, account, role, console))


@account_app.command("reset")
def account_reset(account: Account, merchant: Shop = "demo") -> None:
    """Give an account a new password, shown once, and let it in again; its sessions end."""
    from commands.accounts import reset_account

    on_database(database_of_commands(), lambda db: reset_account(db, merchant, account, console))
