"""``aura serve`` as a process of its own: killed, interrupted, started twice."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import sqlite3
import sys
from contextlib import asynccontextmanager, suppress

import httpx
import pytest
from click.testing import CliRunner

from knowledge_base.commands import main

COMMAND = (sys.executable, "-m", "knowledge_base.commands")


class HangingModel:
    """An OpenAI-compatible server that takes a request and never answers it."""

    def __init__(self):
        self.asked = asyncio.Event()

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        return self, f"http://127.0.0.1:{port}/v1"

    async def __aexit__(self, *error):
        self._server.close()

    async def _take(self, reader, writer):
        try:
            await reader.readuntil(b"\r\n\r\n")
            self.asked.set()
            await reader.read()
        finally:
            writer.close()


@pytest.fixture
def environment(home, tmp_path):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "AURA_HOME": str(home),
        "AURA_DATABASE_URL": f"sqlite:///{tmp_path / 'aura.db'}",
        "PYTHONUNBUFFERED": "1",
    }


@asynccontextmanager
async def serving(environment, folder, **more):
    """Start ``aura serve`` and wait until it is ready; it is killed in the end."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        "serve",
        "--port",
        "0",
        cwd=folder,
        env={**environment, **more},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    errors = asyncio.create_task(process.stderr.read())
    try:
        async with asyncio.timeout(120):
            said = await process.stdout.readuntil(b"Ctrl-C ends the server.\n")
            root = re.search(r"http://127\.0\.0\.1:\d+", said.decode())[0]
            async with httpx.AsyncClient(base_url=root, timeout=60) as client:
                while True:
                    # While it imports and loads, the server may well say that it is not ready.
                    with suppress(httpx.ConnectError):
                        if (await client.get("/readyz")).status_code == 200:
                            break
                    await asyncio.sleep(0.05)
                yield Serving(process, client, said.decode(), errors)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await errors


class Serving:
    """A running ``aura serve``."""

    def __init__(self, process, client, said, errors):
        self.process, self.client, self.said, self.errors = process, client, said, errors

    async def open(self):
        return (await self.client.post("/api/chat/conversations")).json()


async def test_a_message_that_a_killed_server_left_is_answered_after_the_restart(
    environment, tmp_path, customer
):
    async with HangingModel() as (model, url):
        settings = {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": "none"}
        async with serving(environment, tmp_path, **settings) as server:
            opened = await server.open()
            chat = customer(server.client, opened["conversation_id"], opened["token"])
            sent = asyncio.create_task(chat.say("Was tun bei Verlust der SIM-Karte?", "m1"))
            await model.asked.wait()
            server.process.kill()
            with pytest.raises(httpx.TransportError):
                await sent
    with sqlite3.connect(tmp_path / "aura.db") as database:
        left = database.execute("select message_id, status from inbox").fetchall()
    database.close()

    async with serving(environment, tmp_path) as server:
        chat.client = server.client
        events = await chat.events(upto=3)
        again = await chat.say("Was tun bei Verlust der SIM-Karte?", "m1")

    assert left == [("m1", "pending")]
    assert events[-1].data["message_id"] == "m1"
    assert events[-1].data["reply"]["blocks"]
    assert events[-1].data["seq"] == again.json()["seq"]


async def test_ctrl_c_ends_the_server_cleanly_although_somebody_reads(environment, tmp_path):
    async with serving(environment, tmp_path) as server:
        opened = await server.open()
        events = f"/api/chat/conversations/{opened['conversation_id']}/events"
        key = {"Authorization": f"Bearer {opened['token']}"}
        async with server.client.stream("GET", events, headers=key) as response:
            lines = response.aiter_lines()
            await anext(lines)

            server.process.send_signal(signal.SIGINT)
            async with asyncio.timeout(60):
                code = await server.process.wait()
        errors = (await server.errors).decode()

    assert code == 0
    assert "Traceback" not in errors


async def test_the_first_start_names_the_desks_password_and_the_second_does_not(
    environment, tmp_path, customer
):
    async with serving(environment, tmp_path) as server:
        password = re.search(r"password (\S+)", server.said)[1]
        login = await server.client.post(
            "/api/desk/login", json={"name": "agent", "password": password}
        )
        opened = await server.open()
        chat = customer(server.client, opened["conversation_id"], opened["token"])
        await chat.say("Meine Nummer ist 0152 28817386, was kostet Mobil M?", "m1")
    first = server
    async with serving(environment, tmp_path) as server:
        second = server.said

    assert login.status_code == 200
    assert "password" not in second
    assert password.encode() not in (tmp_path / "aura.db").read_bytes()
    lines = [json.loads(line) for line in (await first.errors).decode().splitlines()]
    assert {"request"} == {line["message"] for line in lines if line["logger"] == "http"}
    assert not any("28817386" in str(line) for line in lines)


def aura(environment, *arguments, typed=""):
    return CliRunner().invoke(main, arguments, input=typed, env=environment)


def test_a_taken_port_is_one_clear_sentence(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        result = aura(environment, "serve", "--port", port)

    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert f"127.0.0.1:{port}" in result.output
    assert "--port" in result.output


def test_a_desk_account_is_made_and_gets_a_new_password(environment):
    command = ("desk", "password", "anna", "--display-name", "Frau Beispiel")

    made = aura(environment, *command, typed="ein langes Passwort\n" * 2)
    changed = aura(environment, *command, typed="ein anderes Passwort\n" * 2)
    short = aura(environment, *command, typed="kurz\n" * 2)

    assert (made.exit_code, changed.exit_code, short.exit_code) == (0, 0, 1)
    assert "created" in made.output
    assert "new password" in changed.output
    assert "at least 10" in short.output
    assert "Passwort" not in made.output
