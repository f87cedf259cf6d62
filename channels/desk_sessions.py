"""Whose session a request to the desk belongs to, and whether it comes from our own page."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from channels.desk_accounts import Account, DeskAccounts
from channels.problems import Code, ProblemError

COOKIE = "aura_desk"


class DeskSessions:
    """Reads the session's cookie."""

    def __init__(self, accounts: DeskAccounts) -> None:
        self._accounts = accounts

    async def who(self, connection: HTTPConnection) -> Account | None:
        """Tell who asks, if anybody is logged in."""
        token = connection.cookies.get(COOKIE)
        return await self._accounts.who(token) if token else None


def refuse_other_pages(connection: HTTPConnection) -> None:
    """Stop what another page makes a browser send.

    Raises:
        ProblemError: The request names an origin that is not ours.
    """
    if "Origin" in connection.headers and not is_our_page(connection):
        raise ProblemError(Code.FORBIDDEN)


def is_our_page(connection: HTTPConnection) -> bool:
    """Tell whether a request names our own origin."""
    origin = urlsplit(connection.headers.get("Origin", ""))
    return origin.netloc == connection.headers.get("Host")
