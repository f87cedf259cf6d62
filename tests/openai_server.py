"""An OpenAI-compatible server on loopback: the real client library speaks to it over HTTP."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse


class OpenAIServer:
    """Answers chat completions as it is told to: ``behaviour`` is what goes wrong, if anything."""

    def __init__(self) -> None:
        self.answer = "KEINE ANGABE"
        self.behaviour = "streams"  # streams, dies, hangs, refuses, nonsense
        self.requests: list[dict[str, Any]] = []
        self.url = ""
        self.closing = asyncio.Event()
        self.app = FastAPI()
        self.app.post("/v1/chat/completions")(self._complete)
        self.app.post("/v1/embeddings")(self._embed)

    async def _complete(self, request: Request) -> Any:
        asked = await request.json()
        self.requests.append(asked)
        if self.behaviour == "refuses":
            return JSONResponse({"error": {"message": "overloaded"}}, 503)
        if self.behaviour == "nonsense":
            return JSONResponse({"unexpected": True})
        return StreamingResponse(self._stream(asked["model"]), media_type="text/event-stream")

    async def _stream(self, model: str) -> AsyncIterator[str]:
        for number, piece in enumerate(self.answer.split(" ")):
            delta = {"role": "assistant", "content": piece if number == 0 else f" {piece}"}
            yield self._event(model, delta, None)
            await asyncio.sleep(0)
            if number == 3 and self.behaviour == "dies":
                raise ConnectionResetError("the model died")
            if number == 3 and self.behaviour == "hangs":
                await self.closing.wait()
        yield self._event(model, {}, "stop")
        yield "data: [DONE]\n\n"

    def _event(self, model: str, delta: dict[str, str], finish: str | None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": model,
            "choices": [choice],
        }
        return f"data: {json.dumps(chunk)}\n\n"

    async def _embed(self, request: Request) -> Any:
        asked = await request.json()
        rows = [
            {"object": "embedding", "index": place, "embedding": [float(len(str(text))), 1.0]}
            for place, text in enumerate(asked["input"])
        ]
        usage = {"prompt_tokens": 0, "total_tokens": 0}
        return {"object": "list", "data": rows, "model": asked["model"], "usage": usage}


@asynccontextmanager
async def serving() -> AsyncIterator[OpenAIServer]:
    """Serve on a free port of loopback until the block ends."""
    stand_in = OpenAIServer()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        stand_in.url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        config = uvicorn.Config(stand_in.app, log_level="critical", lifespan="off")
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110 - the server offers no event
            await asyncio.sleep(0.01)
        yield stand_in
        stand_in.closing.set()
        server.should_exit = True
        await running
