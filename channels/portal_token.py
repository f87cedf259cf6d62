"""Who the portal says its visitor is: a signed, short-lived token (JWT, HS256).

Our own forty lines instead of a library: one algorithm, one key, no choice for whoever sends it.
Any JWT library of a portal can issue what is verified here.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from assistant.messages import AssistantError, CustomerRef

ISSUER = "talfunk-portal"
AUDIENCE = "aura-chat"
LIFETIME = timedelta(minutes=5)
LONGEST = timedelta(minutes=10)
"""A token that is to hold longer is refused: it proves a log-in of now, not of last week."""
SKEW = timedelta(seconds=30)
"""By how much the clocks of portal and chat may differ."""
LEVELS = (1, 2, 3)
_MOST_CHARACTERS = 2_048
_HEADER = {"alg": "HS256", "typ": "JWT"}
_CUSTOMER_NO = re.compile(r"[0-9]{6,12}", re.ASCII)


class TokenRefused(AssistantError):
    """The token proves nothing; the door says that the log-in has expired or is invalid."""


@dataclass(frozen=True, slots=True)
class PortalTokens:
    """Issues and verifies tokens with the key that portal and chat share."""

    key: bytes = field(repr=False)

    def issue(self, customer: CustomerRef, at: datetime) -> str:
        """Sign a token as a portal does after a log-in; the demo portal is one."""
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": customer.customer_no,
            "level": customer.level,
            "iat": int(at.timestamp()),
            "exp": int((at + LIFETIME).timestamp()),
        }
        signed = ".".join(_encode(json.dumps(part).encode()) for part in (_HEADER, claims))
        return f"{signed}.{_encode(self._signature(signed))}"

    def verify(self, token: str, at: datetime) -> CustomerRef:
        """Return the customer whom a token proves.

        Raises:
            TokenRefused: Anything about it is wrong; what it says is never quoted.
        """
        if len(token) > _MOST_CHARACTERS or not token.isascii():
            raise TokenRefused("the token is too long or no token")
        signed, _, signature = token.rpartition(".")
        expected = _encode(self._signature(signed))
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            raise TokenRefused("the signature is wrong")
        header, _, claims = signed.partition(".")
        if _object(header) != _HEADER:
            raise TokenRefused("the header must be exactly HS256 and JWT")
        return _customer(_object(claims), at)

    def _signature(self, signed: str) -> bytes:
        return hmac.new(self.key, signed.encode(), hashlib.sha256).digest()


def _customer(claims: dict[str, object], at: datetime) -> CustomerRef:
    if claims.get("iss") != ISSUER or claims.get("aud") != AUDIENCE:
        raise TokenRefused("it was issued by or for somebody else")
    issued, expires = _moment(claims, "iat"), _moment(claims, "exp")
    now = at.timestamp()
    if now >= expires + SKEW.total_seconds():
        raise TokenRefused("it has expired")
    if issued > now + SKEW.total_seconds() or _moment(claims, "nbf", issued) > now + (
        SKEW.total_seconds()
    ):
        raise TokenRefused("it is of the future")
    if not 0 < expires - issued <= LONGEST.total_seconds():
        raise TokenRefused(f"it must hold for at most {LONGEST}")
    number, level = claims.get("sub"), claims.get("level")
    if not isinstance(number, str) or not _CUSTOMER_NO.fullmatch(number):
        raise TokenRefused("it names no customer")
    if type(level) is not int or level not in LEVELS:
        raise TokenRefused("it names no level")
    return CustomerRef(customer_no=number, level=level)


def _moment(claims: dict[str, object], name: str, missing: int | None = None) -> int:
    found = claims.get(name, missing)
    if type(found) is not int:
        raise TokenRefused(f"{name!r} must be whole seconds")
    return found


def _object(part: str) -> dict[str, object]:
    try:
        found = json.loads(_decode(part), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise TokenRefused("it cannot be read") from error
    if not isinstance(found, dict):
        raise TokenRefused("it cannot be read")
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse what says one thing twice: two readers could understand it differently."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise TokenRefused("it says one thing twice")
    return found


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        data = base64.b64decode(f"{text}{'=' * (-len(text) % 4)}", altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise TokenRefused("it cannot be read") from error
    if _encode(data) != text:
        raise TokenRefused("it cannot be read")
    return data
