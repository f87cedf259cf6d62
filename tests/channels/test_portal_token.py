"""A token proves a customer, or nothing at all."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest

from assistant.messages import CustomerRef
from channels.portal_token import LIFETIME, SKEW, PortalTokens, TokenRefused

KEY = b"ein Schluessel nur fuer Tests, lang genug"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WILMA = CustomerRef(customer_no="4000000101", level=2)
TOKENS = PortalTokens(KEY)
CLAIMS = {
    "iss": "talfunk-portal",
    "aud": "aura-chat",
    "sub": "4000000101",
    "level": 2,
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 300,
}


def part(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def signed(claims: object, header: object = None, key: bytes = KEY) -> str:
    """Sign as a portal's own library does, without any code of ours."""
    said = f"{part({'alg': 'HS256', 'typ': 'JWT'} if header is None else header)}.{part(claims)}"
    mark = hmac.new(key, said.encode(), hashlib.sha256).digest()
    return f"{said}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"


def test_a_portals_token_proves_its_customer_and_level():
    assert WILMA == TOKENS.verify(signed(CLAIMS), NOW)


def test_what_the_demo_portal_issues_is_verified():
    assert WILMA == TOKENS.verify(TOKENS.issue(WILMA, NOW), NOW)


def test_it_holds_for_its_lifetime_and_no_longer():
    token = TOKENS.issue(WILMA, NOW)

    assert WILMA == TOKENS.verify(token, NOW + LIFETIME)
    with pytest.raises(TokenRefused, match="expired"):
        TOKENS.verify(token, NOW + LIFETIME + SKEW)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "somebody"}, "somebody else"),
        ({"aud": "desk"}, "somebody else"),
        ({"aud": ["aura-chat", "desk"]}, "somebody else"),
        ({"exp": None}, "whole seconds"),
        ({"exp": True}, "whole seconds"),
        ({"exp": CLAIMS["exp"] + 0.5}, "whole seconds"),
        ({"exp": CLAIMS["exp"] + 3600}, "at most"),
        ({"exp": CLAIMS["iat"]}, "at most"),
        ({"iat": CLAIMS["iat"] + 60}, "future"),
        ({"nbf": CLAIMS["iat"] + 60}, "future"),
        ({"sub": 4000000101}, "no customer"),
        ({"sub": "4000000101 "}, "no customer"),
        ({"sub": "٤٠٠٠٠٠٠١٠١"}, "no customer"),
        ({"sub": None}, "no customer"),
        ({"level": 0}, "no level"),
        ({"level": 4}, "no level"),
        ({"level": "2"}, "no level"),
        ({"level": True}, "no level"),
    ],
)
def test_a_claim_that_is_wrong_proves_nobody(changes, reason):
    with pytest.raises(TokenRefused, match=reason):
        TOKENS.verify(signed(CLAIMS | changes), NOW)


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none", "typ": "JWT"},
        {"alg": "HS512", "typ": "JWT"},
        {"alg": "HS256", "typ": "JWT", "crit": ["exp"]},
        {"alg": "HS256"},
        [],
    ],
)
def test_another_header_is_refused_even_when_it_is_signed(header):
    with pytest.raises(TokenRefused, match=r"header|read"):
        TOKENS.verify(signed(CLAIMS, header), NOW)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "..",
        "a.b.c",
        "ü.ü.ü",
        "x" * 5_000,
        signed(CLAIMS, key=b"another key that is long enough too"),
        signed(CLAIMS).rsplit(".", 1)[0] + ".",
        signed(CLAIMS) + "=",
        f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(CLAIMS)}.",
        signed('{"sub": "4000000101", "sub": "4000000102"}'),
        signed("[" * 1_400),
        signed("[]"),
    ],
)
def test_what_is_no_token_is_refused_and_breaks_nothing(token):
    with pytest.raises(TokenRefused):
        TOKENS.verify(token, NOW)


def test_a_single_changed_character_is_noticed():
    token = signed(CLAIMS)
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        with pytest.raises(TokenRefused):
            TOKENS.verify(token[:place] + other + token[place + 1 :], NOW)


def test_neither_key_nor_customer_stands_in_what_may_be_logged():
    with pytest.raises(TokenRefused) as refused:
        TOKENS.verify(signed(CLAIMS), NOW + timedelta(days=1))

    assert "4000000101" not in str(refused.value)
    assert "Schluessel" not in repr(TOKENS)
