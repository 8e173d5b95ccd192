"""Passwords, kept as argon2 hashes; hashing takes tens of milliseconds of a core, so it has a thread of its own."""

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

_HASHER = PasswordHasher()
_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of passwords that are read out or typed from paper: none is mistaken for another."""
LENGTH = 16


def new_password() -> str:
    """A password that nobody guesses (79 bits), shown once to who made the account or reset it."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def hash_known(password: str) -> str:
    """The hash of a password that everybody knows, as the demo accounts have; made in no time."""
    return _QUICK.hash(password)


async def hash_password(password: str) -> str:
    """The hash that is kept."""
    return await asyncio.to_thread(_HASHER.hash, password)


async def fits(password: str, password_hash: str | None) -> bool:
    """Whether a password is the one behind a hash; None: nobody's, which takes as long to find out."""
    return await asyncio.to_thread(_fits, password, password_hash)


def _fits(password: str, password_hash: str | None) -> bool:
    try:
        return _HASHER.verify(password_hash or _NOBODYS, password) and password_hash is not None
    except VerificationError:
        return False


_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$MIIRqgvgQbgj220jfp0MPA$YfwJSVjtjSU0zzV/P3S9nnQ/USre2wvJMjfCIjrTQbg"
