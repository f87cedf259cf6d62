"""Start the real server in a new home, as `make run` does, and have a conversation over HTTP."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

PATIENCE = 600


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def call(url: str, body: object = None, token: str = "", accept: str = "application/json"):
    request = urllib.request.Request(url, method="GET" if body is None else "POST")
    request.add_header("Accept", accept)
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    data = None
    if body is not None:
        request.add_header("Content-Type", "application/json")
        data = json.dumps(body).encode()
    with urllib.request.urlopen(request, data, timeout=60) as answer:
        return answer.status, answer.read().decode("utf-8", "replace")


def start(home: Path, port: int) -> subprocess.Popen:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("AURA_", "OPENAI_"))}
    return subprocess.Popen(
        [".venv/bin/aura", "serve", "--port", str(port)],
        env=environment | {"AURA_HOME": str(home)},
    )


def wait(url: str, server: subprocess.Popen) -> float:
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        if server.poll() is not None:
            sys.exit(f"the server ended with {server.returncode}")
        try:
            if call(f"{url}/readyz")[0] == 200:
                return time.monotonic() - begun
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    sys.exit("the server did not get ready")


def stop(server: subprocess.Popen, how: int = signal.SIGTERM) -> None:
    server.send_signal(how)
    server.wait(30)


def converse(url: str) -> None:
    chat = f"{url}/api/chat/conversations"
    status, text = call(chat, {})
    begun = json.loads(text)
    assert status == 201 and "KI-Assistent" in text, text
    own = f"{chat}/{begun['conversation_id']}"
    token = begun["token"]
    _, text = call(f"{own}/messages", {"id": "m1", "text": "Was kostet Mobil M?"}, token)
    reply = json.loads(text)["reply"]
    said = " ".join(block.get("text", "") for block in reply["blocks"])
    assert "24,99" in said and reply["citations"], text
    status, _ = call(url + reply["citations"][0]["link"].split("#")[0])
    assert status == 200
    _, text = call(
        f"{own}/messages",
        {"id": "m2", "text": "Welche Rechte habe ich bei einer Störung?"},
        token,
        accept="text/event-stream",
    )
    assert "event: reply" in text and "event: done" in text, text
    _, text = call(f"{own}/close", {}, token)
    assert json.loads(text)["reply"]["survey"], text


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        port, home = free_port(), Path(folder)
        url = f"http://127.0.0.1:{port}"
        server = start(home, port)
        try:
            print(f"first start, index included: {wait(url, server):.1f} s")
            converse(url)
            stop(server, signal.SIGKILL)
            server = start(home, port)
            seconds = wait(url, server)
            print(f"second start: {seconds:.1f} s")
            converse(url)
        finally:
            if server.poll() is None:
                stop(server)
        print("The server answers, cites, opens its sources and asks the survey's question.")


main()
