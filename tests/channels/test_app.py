"""The server as a whole: pages, headers, health, errors."""

from __future__ import annotations

import pytest

from channels.app import create_app
from knowledge_base.settings import Settings


async def test_the_process_is_up_and_ready(house):
    up, ready = await house.client.get("/healthz"), await house.client.get("/readyz")

    assert (up.status_code, ready.status_code) == (200, 200)
    assert ready.json()["status"] == "ready"
    assert ready.json()["index_generation"] >= 1


async def test_without_an_index_it_says_what_is_missing(start, house, tmp_path, settings):
    from dataclasses import replace

    async with start(replace(settings, home=tmp_path / "empty")) as empty:
        none = await empty.client.get("/readyz")
        (tmp_path / "empty" / "index").mkdir()
        (tmp_path / "empty" / "index" / "sources.json").write_text("{}", "utf-8")
        building = await empty.client.get("/readyz")
        up = await empty.client.get("/healthz")

    assert (none.status_code, building.status_code, up.status_code) == (503, 503, 200)
    assert none.json()["reasons"] == ["there is no index; run `aura ingest`"]
    assert building.json()["reasons"] == ["the index is being built"]


@pytest.mark.parametrize("path", ["/", "/desk", "/widget/aura-widget.js", "/docs"])
async def test_a_page_comes_from_here_alone_and_in_no_foreign_frame(house, path):
    response = await house.client.get(path)

    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert 'src="http' not in response.text


async def test_the_interface_is_described_without_loading_anything(house):
    page = (await house.client.get("/docs")).text
    interface = (await house.client.get("/openapi.json")).json()

    assert "/api/chat/conversations/{conversation_id}/messages" in interface["paths"]
    assert "POST /api/chat/conversations/{conversation_id}/close" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/gibt-es-nicht", 404, "not_found"),
        ("GET", "/api/chat/conversations", 405, "method_not_allowed"),
        ("GET", "/widget/../app.py", 404, "not_found"),
        ("GET", "/widget/%2e%2e/app.py", 404, "not_found"),
    ],
)
async def test_an_error_is_german_json(house, method, path, status, code):
    response = await house.client.request(method, path)

    assert response.status_code == status
    assert response.json()["error"]["code"] == code


async def test_a_fault_of_ours_shows_no_internals(tmp_path):
    import httpx

    app = create_app(Settings(home=tmp_path))

    async def broken():
        raise ValueError("geheim")

    app.add_api_route("/broken", broken)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        response = await client.get("/broken")

    assert response.status_code == 500
    assert response.json()["error"]["code"] == "internal"
    assert "geheim" not in response.text
