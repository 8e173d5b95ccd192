"""Browsers that are signed in, and tries to sign in."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, delete, select

from domain.roles import Role
from store.database import add_rows, insert_into
from store.tables import ACCOUNTS, LOGINS, SESSIONS, SIGN_INS
from store.tokens import Principal

_SIGNED_IN = (
    select(LOGINS.c.merchant, LOGINS.c.account, LOGINS.c.roles, ACCOUNTS.c.permissions)
    .join(SESSIONS, SESSIONS.c.account == LOGINS.c.account)
    .outerjoin(ACCOUNTS, and_(ACCOUNTS.c.merchant == LOGINS.c.merchant, ACCOUNTS.c.account == LOGINS.c.account))
    .where(
        SESSIONS.c.session_hash == bindparam("session_hash"),
        SESSIONS.c.expires_at > bindparam("now"),
        LOGINS.c.locked_at.is_(None),
    )
)


def find_session(tx: Connection, session_hash: str, now: datetime) -> Principal | None:
    """Whom a session stands for; None if it is unknown or over, or its account is locked."""
    row = tx.execute(_SIGNED_IN, {"session_hash": session_hash, "now": now}).one_or_none()
    if row is None:
        return None
    return Principal(row.merchant, row.account, tuple(map(Role, row.roles)), tuple(row.permissions or ()))


def begin_session(tx: Connection, session_hash: str, account: str, now: datetime, expires_at: datetime) -> None:
    """Notes that an account has signed in: its tries are forgotten, and with them the sessions that are over."""
    tx.execute(delete(SIGN_INS).where(SIGN_INS.c.account == account))
    tx.execute(delete(SESSIONS).where(SESSIONS.c.expires_at <= now))
    row = {"session_hash": session_hash, "account": account, "created_at": now, "expires_at": expires_at}
    add_rows(tx, SESSIONS, [row])


def end_session(tx: Connection, session_hash: str) -> None:
    """Ends one session."""
    tx.execute(delete(SESSIONS).where(SESSIONS.c.session_hash == session_hash))


def count_sign_in(tx: Connection, account: str, now: datetime, within: timedelta) -> tuple[int, datetime]:
    """Counts a try to sign in under a name, before it is known how it ends.

    Args:
        tx: the transaction.
        account: the name, whether there is such an account or not.
        now: when.
        within: how long tries count together, from the first of them.

    Returns:
        Which try this is, and when counting begins anew.
    """
    tx.execute(delete(SIGN_INS).where(SIGN_INS.c.since <= now - within))
    first = insert_into(tx, SIGN_INS).values(account=account, attempts=1, since=now)
    counted = first.on_conflict_do_update(
        index_elements=["account"], set_={"attempts": SIGN_INS.c.attempts + 1}
    ).returning(SIGN_INS.c.attempts, SIGN_INS.c.since)
    row = tx.execute(counted).one()
    return row.attempts, row.since + within
