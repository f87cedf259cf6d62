"""Embedding models are exchangeable; a remote one that fails says so in our words."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from knowledge_base.embeddings import (
    BuiltInEmbedder,
    EmbeddingError,
    RemoteEmbedder,
    embedder_for,
)


class Server(HTTPServer):
    """An OpenAI-compatible server that embeds a text as its length and its words."""

    status = 200
    asked: list[object]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        data = [
            {"object": "embedding", "index": n, "embedding": [float(len(text)), 3.0]}
            for n, text in enumerate(body["input"])
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        answer = json.dumps(
            {"object": "list", "model": body["model"], "data": data, "usage": usage}
        ).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as running:
        running.asked = []
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def remote(server: Server) -> RemoteEmbedder:
    url = f"http://127.0.0.1:{server.server_port}/v1"
    return RemoteEmbedder("fremd-1", api_key=None, base_url=url)


def test_the_built_in_model_brings_a_question_near_its_answer() -> None:
    model = BuiltInEmbedder()
    answers = ["Die Kündigungsfrist beträgt einen Monat.", "Der Router wird weiß geliefert."]

    near, far = model.passages(answers) @ model.queries(["Wann kann ich kündigen?"])[0]

    assert near > far


def test_without_a_named_model_the_built_in_one_is_chosen() -> None:
    assert isinstance(embedder_for(None), BuiltInEmbedder)
    assert "fremd-1" == embedder_for("fremd-1").name


def test_a_remote_model_gives_normalised_vectors_in_the_order_of_the_texts(server: Server) -> None:
    model = remote(server)

    vectors = model.passages(["a", "abcd"])

    assert np.allclose([[1 / 10**0.5, 3 / 10**0.5], [0.8, 0.6]], vectors)
    assert (2, "fremd-1") == (model.dimension, model.name)
    assert [["a", "abcd"]] == [body["input"] for body in server.asked]  # type: ignore[index]


def test_a_remote_model_that_refuses_is_an_error_with_the_way_out(server: Server) -> None:
    server.status = 401

    with pytest.raises(EmbeddingError, match="AURA_EMBEDDING_MODEL"):
        remote(server).queries(["a"])
