"""What the customer sees while the assistant writes, and when the line breaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser
QUESTION = "Was tun bei Verlust der SIM-Karte?"
PIECES = ["Die Sperre ist kostenlos [1]. ", "Sperren Sie die SIM-Karte sofort im Kundenportal [1]."]


class Wire:
    """The line between browser and server; it can be cut, with everything that is under way."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ends: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._whole = True

    def cut(self) -> None:
        self._whole = False
        for end in self._ends:
            end.transport.abort()

    def mend(self) -> None:
        self._whole = True

    async def close(self) -> None:
        self.cut()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks.add(asyncio.current_task())
        if not self._whole:
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._ends |= {writer, far_writer}
        await asyncio.gather(_pass(reader, far_writer), _pass(far_reader, writer))


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass  # cut
    writer.close()


@pytest.fixture
async def wire(writing_house) -> AsyncIterator[Wire]:
    wire = Wire(writing_house.client.base_url.port)
    server = await asyncio.start_server(wire.carry, "127.0.0.1", 0)
    wire.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield wire
    server.close()
    await wire.close()


@pytest.fixture
def address(wire):
    return lambda house: wire.address


@pytest.fixture
async def customer(writing_house, customer_of):
    customer = await customer_of(writing_house)
    await customer.open_chat()
    return customer


async def log_of(house, conversation_id):
    return await house.inside.conversations.events(conversation_id)


async def test_a_sentence_is_shown_while_the_next_is_written_but_not_read_out(customer, model):
    # the first sentence is released when the second is whole and does not qualify it
    model.pieces = ["".join(PIECES) + " Die Sperre", " ist kostenlos [1]."]
    await customer.say(QUESTION)

    draft = customer.page.locator("aura-chat .draft")
    await expect(draft).to_contain_text("Die Sperre ist kostenlos")
    await expect(draft).to_have_attribute("aria-hidden", "true")
    await expect(customer.page.locator("aura-chat p.status")).to_have_text(
        "Der KI-Assistent schreibt …"
    )
    await expect(customer.replies).to_have_count(1)

    model.go.set()
    await expect(customer.replies.last).to_contain_text("Sperren Sie die SIM-Karte sofort")
    await expect(draft).to_be_hidden()
    await expect(customer.page.locator("aura-chat p.status")).to_have_text("")


async def test_an_answer_given_while_the_line_was_broken_is_there_afterwards(
    customer, model, wire, writing_house
):
    model.pieces = PIECES
    await customer.say(QUESTION)
    await model.begun.wait()

    wire.cut()
    with writing_house.app.state.live.subscribe(await customer.conversation_id()) as news:
        model.go.set()
        assert await news.changed(patience=10)
    await expect(customer.page.locator("aura-chat p.status")).to_contain_text("Keine Verbindung")
    assert await customer.replies.count() == 1
    await customer.picture("broken-line")
    wire.mend()

    await expect(customer.replies).to_have_count(2)
    await expect(customer.replies.last).to_contain_text("kostenlos")
    assert [QUESTION] == (await customer.texts())[1:2]
    assert 1 == len(model.asked)


async def test_a_message_written_offline_is_sent_once_when_the_line_is_back(
    customer, model, writing_house
):
    model.pieces = PIECES
    model.go.set()
    await customer.context.set_offline(True)
    await customer.say(QUESTION)
    await expect(customer.button("erneut senden")).to_be_visible()
    await customer.picture("unsent")

    await customer.context.set_offline(False)

    await expect(customer.replies).to_have_count(2)
    await expect(customer.button("erneut senden")).to_be_hidden()
    log = await log_of(writing_house, await customer.conversation_id())
    assert [QUESTION] == [e.payload["text"] for e in log if e.kind == "message"]


async def test_a_message_written_offline_survives_a_reload(customer, model):
    model.pieces = PIECES
    model.go.set()
    await customer.page.route("**/messages", lambda route: route.abort())
    await customer.say(QUESTION)
    await expect(customer.button("erneut senden")).to_be_visible()

    await customer.page.unroute("**/messages")
    await customer.page.reload()

    await expect(customer.replies).to_have_count(2)
    assert QUESTION == (await customer.texts())[1]


async def test_a_message_the_server_refuses_can_be_changed(customer):
    await customer.page.locator("aura-chat textarea#message").evaluate("n => n.maxLength = 9999")
    await customer.say("a" * 4_001)

    await expect(customer.messages.last).to_contain_text("Erlaubt sind 4.000 Zeichen")
    await customer.button("Text ändern").click()
    await expect(customer.field).to_be_focused()
    assert 4_001 == len(await customer.field.input_value())
    await expect(customer.messages).to_have_count(1)
