"""A key is made once, for the eyes of the owner, and is never a weak one."""

from __future__ import annotations

import stat

import pytest

from assistant.keys import KeyFault, key
from assistant.messages import CustomerRef
from assistant.pseudonyms import Pseudonyms


def test_a_key_that_is_not_given_is_made_once(tmp_path):
    first = key(tmp_path / "home", "portal", None)

    assert first == key(tmp_path / "home", "portal", None)
    assert first != key(tmp_path / "home", "pseudonyms", None)
    assert first != key(tmp_path / "elsewhere", "portal", None)
    made = tmp_path / "home" / "portal.key"
    assert 0o600 == stat.S_IMODE(made.stat().st_mode)
    assert ["portal.key", "pseudonyms.key"] == sorted(
        path.name for path in (tmp_path / "home").iterdir()
    )


def test_a_given_key_is_used_and_nothing_is_written(tmp_path):
    assert b"x" * 40 == key(tmp_path, "portal", "x" * 40)
    assert [] == list(tmp_path.iterdir())


def test_a_short_key_stops_the_program(tmp_path):
    (tmp_path / "portal.key").write_text("kurz")

    with pytest.raises(KeyFault, match=r"portal\.key has 4 characters"):
        key(tmp_path, "portal", None)
    with pytest.raises(KeyFault, match="settings") as fault:
        key(tmp_path, "portal", "geheim")
    assert "geheim" not in str(fault.value)


def test_a_home_that_cannot_be_written_is_named_with_the_way_out(tmp_path):
    (tmp_path / "home").write_text("a file")

    with pytest.raises(KeyFault, match="set it instead"):
        key(tmp_path / "home", "portal", None)


def test_a_person_is_recognised_with_the_key_and_named_by_nobody():
    wilma = CustomerRef(customer_no="4000000101", level=2)
    ours, theirs = Pseudonyms(b"a" * 40), Pseudonyms(b"b" * 40)

    assert ours.of(wilma) == ours.of(CustomerRef(customer_no="4000000101", level=3))
    assert ours.of(wilma) != theirs.of(wilma)
    assert ours.of(wilma) != ours.of(CustomerRef(customer_no="4000000102", level=2))
    assert 64 == len(ours.of(wilma))
