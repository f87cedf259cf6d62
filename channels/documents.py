"""What a citation opens: the document as it was when it was cited, however old.

PDF is shown as it is; everything else becomes a readable page without scripts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response

from channels.document_pages import POLICY, not_found, page_of
from knowledge_base.library import Library, Original
from knowledge_base.products import AttributeKind
from knowledge_base.snapshot import NoIndexError
from knowledge_base.tariffs import Tariffs

PDF = "application/pdf"
_KEPT = {"Cache-Control": "private, max-age=3600"}
# The browser's own PDF viewer does not open under a policy that forbids plug-ins.
_PDF_POLICY = "frame-ancestors 'self'"


class Documents:
    """The originals of one home, on the web."""

    def __init__(self, home: Path, tariffs: Callable[[], Tariffs | None]) -> None:
        self._library = Library(home)
        self._tariffs = tariffs

    def open(self, app: FastAPI) -> None:
        """Add the route that citations link to."""
        routes = APIRouter(tags=["documents"])
        path = "/documents/{document:path}/{version}"
        routes.get(path, summary="Ein Dokument in einer Fassung", response_class=HTMLResponse)(
            self.show
        )
        routes.head(path, include_in_schema=False)(self.show)
        app.include_router(routes)

    async def show(self, document: str, version: str) -> Response:
        """Show a version of a document."""
        original = await asyncio.to_thread(self._library.find, document, version)
        if original is None:
            return _page(not_found(), 404)
        if original.media_type == PDF:
            return FileResponse(
                original.path,
                media_type=PDF,
                filename=original.path.name,
                content_disposition_type="inline",
                headers={**_KEPT, "Content-Security-Policy": _PDF_POLICY},
            )
        return _page(await asyncio.to_thread(self._render, original), 200, _KEPT)

    def _render(self, original: Original) -> str:
        return page_of(original, self._labels())

    def _labels(self) -> Mapping[str, AttributeKind]:
        try:
            tariffs = self._tariffs()
        except NoIndexError:
            return {}
        return tariffs.kinds if tariffs else {}


def _page(html: str, status: int, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    return HTMLResponse(html, status, {**(headers or {}), "Content-Security-Policy": POLICY})
