"""Local accounts of the desk: names, hashed passwords, sessions.

A wrong name, a wrong password and a locked account look the same from outside and take as long.
"""

from __future__ import annotations

import asyncio
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import scrypt, sha256

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.conversation import Clock, now
from assistant.messages import AssistantError
from assistant.store.database import Database
from assistant.store.schema import desk_accounts, desk_sessions

FIRST = "agent"
"""The account that the first start creates."""
FIRST_NAME = "Kim Muster"
"""Who it belongs to, as customers read it, until somebody changes it."""
TRIES = 5
LOCKED = timedelta(minutes=5)
SESSION = timedelta(hours=12)
SHORTEST_PASSWORD = 10
_NAME = re.compile(r"[a-z0-9._-]{1,64}")
_COST = 2**14
_BLOCK = 8


class AccountError(AssistantError):
    """An account cannot be made or changed as asked; the command line says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may use the desk."""

    name: str
    display_name: str
    """What customers read."""
    role: str


class DeskAccounts:
    """The accounts and sessions in the database."""

    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock

    async def create_first(self) -> str | None:
        """Create the first account if there is none; return its password, which is kept nowhere."""
        async with self._database.read() as connection:
            if await connection.scalar(select(func.count()).select_from(desk_accounts)):
                return None
        password = secrets.token_urlsafe(12)
        await self.set_password(FIRST, password, display_name=FIRST_NAME)
        return password

    async def set_password(
        self, name: str, password: str, *, display_name: str | None = None
    ) -> bool:
        """Set a new password and end the account's sessions; return whether the account is new.

        Raises:
            AccountError: The name cannot be one, it is taken as a display name, or the password
                is too short.
        """
        if not _NAME.fullmatch(name):
            raise AccountError(
                f"account name {name!r}: use 1 to 64 of a-z, 0-9, dot, dash, underscore"
            )
        if len(password) < SHORTEST_PASSWORD:
            raise AccountError(f"the password needs at least {SHORTEST_PASSWORD} characters")
        hashed = await asyncio.to_thread(_hash, password, secrets.token_bytes(16))
        at = self._clock()
        return await self._database.write(lambda c: _set(c, name, display_name, hashed, at))

    async def log_in(self, name: str, password: str) -> str | None:
        """Check a password; return the token of a new session, or None for every kind of no."""
        at = self._clock()
        async with self._database.read() as connection:
            found = (
                await connection.execute(select(desk_accounts).where(desk_accounts.c.name == name))
            ).one_or_none()
        stored = found.password_hash if found is not None else _NOBODY
        fits = await asyncio.to_thread(_fits, password, stored)
        if found is None:
            return None
        if found.locked_until is not None and found.locked_until > at:
            return None
        if not fits:
            await self._database.write(lambda connection: _count_wrong(connection, name, at))
            return None
        token = secrets.token_urlsafe(32)
        opened = await self._database.write(lambda c: _open_session(c, name, stored, token, at))
        return token if opened else None

    async def who(self, token: str) -> Account | None:
        """Tell whose session a token is, if it still counts."""
        query = (
            select(desk_accounts.c.name, desk_accounts.c.display_name, desk_accounts.c.role)
            .join(desk_sessions, desk_sessions.c.account == desk_accounts.c.name)
            .where(
                desk_sessions.c.token_hash == _digest(token),
                desk_sessions.c.expires_at > self._clock(),
            )
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        return Account(name=row.name, display_name=row.display_name, role=row.role)

    async def log_out(self, token: str) -> None:
        """End a session."""
        ended = delete(desk_sessions).where(desk_sessions.c.token_hash == _digest(token))
        await self._database.write(lambda connection: connection.execute(ended))


async def _set(
    connection: AsyncConnection, name: str, display_name: str | None, hashed: str, at: datetime
) -> bool:
    known = await connection.scalar(
        select(desk_accounts.c.display_name).where(desk_accounts.c.name == name)
    )
    shown = display_name or known or name
    # A conversation belongs to a display name, so two agents must not share one.
    taken = await connection.scalar(
        select(desk_accounts.c.name).where(
            desk_accounts.c.display_name == shown, desk_accounts.c.name != name
        )
    )
    if taken is not None:
        raise AccountError(f"display name {shown!r} belongs to account {taken!r}; choose another")
    values = {
        "display_name": shown,
        "password_hash": hashed,
        "failed": 0,
        "locked_until": None,
    }
    if known is None:
        await connection.execute(
            insert(desk_accounts).values(name=name, role="agent", created_at=at, **values)
        )
        return True
    await connection.execute(
        update(desk_accounts).where(desk_accounts.c.name == name).values(**values)
    )
    await connection.execute(delete(desk_sessions).where(desk_sessions.c.account == name))
    return False


async def _count_wrong(connection: AsyncConnection, name: str, at: datetime) -> None:
    failed = await connection.scalar(
        select(desk_accounts.c.failed).where(desk_accounts.c.name == name)
    )
    locks = (failed or 0) + 1 >= TRIES
    await connection.execute(
        update(desk_accounts)
        .where(desk_accounts.c.name == name)
        .values(
            failed=0 if locks else (failed or 0) + 1,
            locked_until=at + LOCKED if locks else None,
        )
    )


async def _open_session(
    connection: AsyncConnection, name: str, stored: str, token: str, at: datetime
) -> bool:
    # Between the check and now the account may have been locked or its password changed.
    still = await connection.execute(
        update(desk_accounts)
        .where(
            desk_accounts.c.name == name,
            desk_accounts.c.password_hash == stored,
            desk_accounts.c.locked_until.is_(None) | (desk_accounts.c.locked_until <= at),
        )
        .values(failed=0, locked_until=None)
    )
    if still.rowcount != 1:
        return False
    await connection.execute(delete(desk_sessions).where(desk_sessions.c.expires_at <= at))
    await connection.execute(
        insert(desk_sessions).values(
            token_hash=_digest(token), account=name, created_at=at, expires_at=at + SESSION
        )
    )
    return True


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _hash(password: str, salt: bytes, cost: int = _COST) -> str:
    key = scrypt(password.encode(), salt=salt, n=cost, r=_BLOCK, p=1)
    return f"scrypt${cost}${salt.hex()}${key.hex()}"


def _fits(password: str, stored: str) -> bool:
    _, cost, salt, _ = stored.split("$")
    return hmac.compare_digest(_hash(password, bytes.fromhex(salt), int(cost)), stored)


_NOBODY = f"scrypt${_COST}${secrets.token_bytes(16).hex()}${secrets.token_bytes(64).hex()}"
"""What the password of an unknown name is compared with, so that it takes as long."""
