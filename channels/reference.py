"""The HTTP interface at ``/docs``: read from the same OpenAPI, without anything from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from channels.document_pages import POLICY, STYLE


def open_reference(app: FastAPI) -> None:
    """Add the page."""

    async def show() -> HTMLResponse:
        return HTMLResponse(_page(app.openapi()), headers={"Content-Security-Policy": POLICY})

    app.add_api_route("/docs", show, include_in_schema=False)


def _page(interface: Mapping[str, object]) -> str:
    paths = interface["paths"]
    assert isinstance(paths, Mapping)
    entries = "".join(
        f"<h2><code>{method.upper()} {escape(path)}</code></h2>"
        f"<p>{escape(str(operation.get('summary', '')))}</p>"
        f'<p lang="en">{escape(str(operation.get("description", "")))}</p>'
        for path, operations in paths.items()
        for method, operation in operations.items()
    )
    return (
        '<!doctype html>\n<html lang="de"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Aura: HTTP-Schnittstelle</title><style>{STYLE}</style></head><body><main>"
        "<h1>HTTP-Schnittstelle</h1>"
        '<p>Maschinenlesbar als <a href="/openapi.json">OpenAPI</a>.</p>'
        f"{entries}</main></body></html>\n"
    )
