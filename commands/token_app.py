"""`caseline token`: the commands. Each imports what it runs when it runs."""

from typing import Annotated

import typer

from commands.running import FOUND_WRONG, console, database_of_commands, on_database
from domain.roles import Role

token_app = typer.Typer(help="Who may call the API: add, list and revoke tokens.", no_args_is_help=True)


@token_app.command("add")
def token_add(
    account: Annotated[str, typer.Argument(help="The account that the timeline will name.")],
    role: Annotated[list[Role], typer.Option("--role", help="A role, not system; may be given several times.")],
    merchant: Annotated[str, typer.Option(help="The shop: letters, digits, '-', '_', '.'.")] = "demo",
    buyer: Annotated[
        str | None, typer.Option(help="The one buyer whose cases it reaches; without it every buyer's of the shop.")
    ] = None,
    valid_for: Annotated[str | None, typer.Option(help="How long it is good, as P30D; else until revoked.")] = None,
) -> None:
    """Make a token and show it once.

    A token of the role buyer without --buyer acts for EVERY buyer of the shop: it belongs into the storefront's server.
    """
    from commands.tokens import NewToken, NoToken, add_token
    from domain.policy.values import Duration

    try:
        length = Duration(valid_for) if valid_for else None
    except ValueError as error:
        raise NoToken(f"valid-for: {error}") from error
    new = NewToken(merchant, account, role, buyer, length)
    on_database(database_of_commands(), lambda db: add_token(db, new, console))


@token_app.command("list")
def token_list(merchant: Annotated[str | None, typer.Option(help="Only this shop's.")] = None) -> None:
    """List tokens; they are kept as hashes, so none can be shown again."""
    from commands.tokens import show_tokens

    on_database(database_of_commands(), lambda db: show_tokens(db, merchant, console))


@token_app.command("revoke")
def token_revoke(
    account: Annotated[str | None, typer.Argument(help="The account whose tokens end, all of them.")] = None,
    merchant: Annotated[str, typer.Option(help="The shop.")] = "demo",
    token_hash: Annotated[str | None, typer.Option("--hash", help="The one token that ends, as listed.")] = None,
) -> None:
    """Revoke every token of an account, or a single one by its hash. Exits 1 if none was good."""
    from commands.tokens import NoToken, revoke_token, revoke_tokens

    if account is not None and token_hash is None:
        revoked = on_database(database_of_commands(), lambda db: revoke_tokens(db, merchant, account))
    elif token_hash is not None and account is None:
        revoked = on_database(database_of_commands(), lambda db: revoke_token(db, token_hash))
    else:
        raise NoToken("name an account, or one token by --hash")
    console.print(f"{revoked} tokens revoked")
    if not revoked:
        raise typer.Exit(FOUND_WRONG)
