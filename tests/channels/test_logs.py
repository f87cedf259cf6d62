"""What is written about requests and errors, and what is not."""

from __future__ import annotations

import io
import json
import logging

import pytest
import structlog

from channels.logs import set_up


@pytest.fixture
def written():
    """Everything that is logged, as it reaches stderr."""
    root = logging.getLogger()
    before, level, config = root.handlers, root.level, structlog.get_config()
    set_up("info")
    stream = io.StringIO()
    root.handlers[0].setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers = before
    root.setLevel(level)
    structlog.configure(**config)


def test_personal_data_in_an_error_is_masked(written):
    log = structlog.get_logger("inbox")

    try:
        raise ValueError("kein Konto zu max@example.org, DE89 3704 0044 0532 0130 00")
    except ValueError:
        log.exception("turn failed", said="Ich bin 0152 28817386", conversation="c1")

    (line,) = written()
    assert line["level"] == "error"
    assert line["conversation"] == "c1"
    assert "ValueError" in line["exception"]
    for secret in ("max@example.org", "0532 0130", "28817386"):
        assert secret not in json.dumps(line)


def test_libraries_write_the_same_lines_and_only_complaints(written):
    logging.getLogger("httpx").info("POST https://api.example/v1")
    logging.getLogger("uvicorn.error").warning("Ruf %s an", "0152 28817386")

    (line,) = written()
    assert line["level"] == "warning"
    assert line["logger"] == "uvicorn.error"
    assert line["message"] == "Ruf [Telefon] an"


async def test_a_request_is_one_line_with_an_id_and_without_what_was_said(house, written):
    response = await house.client.post(
        "/api/chat/conversations", json={}, headers={"User-Agent": "test"}
    )

    line = next(entry for entry in written() if entry["logger"] == "http")
    assert line["request"] == response.headers["x-request-id"]
    assert (line["method"], line["status"]) == ("POST", 201)
    assert line["route"] == "/api/chat/conversations"
    assert line["ms"] > 0
    assert response.json()["token"] not in json.dumps(written())


async def test_the_path_that_somebody_typed_is_not_logged(house, written):
    await house.client.get("/0152-28817386")

    assert "28817386" not in json.dumps(written())
