"""Whether the process is up, and whether it can serve."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from assistant.store.database import Database
from assistant.store.schema import conversations
from knowledge_base.documents import KnowledgeError
from knowledge_base.generation import Generations

PATIENCE = 2.0
"""Seconds the database may take to answer."""


class Health:
    """Answers ``/healthz`` and ``/readyz``."""

    def __init__(
        self, database: Database, home: Path, workers: Sequence[asyncio.Task[None]]
    ) -> None:
        self._database = database
        self._home = home
        self._workers = workers

    def open(self, app: FastAPI) -> None:
        """Add both routes."""
        routes = APIRouter(tags=["operation"])
        routes.get("/healthz", summary="Läuft der Prozess?")(self.is_up)
        routes.get("/readyz", summary="Kann er antworten?")(self.is_ready)
        app.include_router(routes)

    async def is_up(self) -> JSONResponse:
        """Answer at all."""
        return JSONResponse({"status": "ok"})

    async def is_ready(self) -> JSONResponse:
        """Ask the database and look for the index; say what is missing."""
        missing = [
            reason for reason in (await self._database_problem(), self._index_problem()) if reason
        ]
        missing += [f"{worker.get_name()} has stopped" for worker in self._workers if worker.done()]
        if missing:
            return JSONResponse({"status": "not ready", "reasons": missing}, 503)
        generation = Generations(self._home).current()
        return JSONResponse({"status": "ready", "index_generation": generation})

    async def _database_problem(self) -> str | None:
        try:
            async with asyncio.timeout(PATIENCE), self._database.read() as connection:
                await connection.execute(select(conversations.c.id).limit(1))
        except (SQLAlchemyError, TimeoutError) as error:
            return f"the database does not answer ({type(error).__name__})"
        return None

    def _index_problem(self) -> str | None:
        try:
            if Generations(self._home).current() is not None:
                return None
        except KnowledgeError as error:
            return str(error)
        if (self._home / "index" / "sources.json").exists():
            return "the index is being built"
        return "there is no index; run `aura ingest`"
