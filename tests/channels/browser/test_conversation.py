"""A conversation on the portal about the operator's real documents."""

from __future__ import annotations

import re

import pytest
from fakes import HashEmbedder
from playwright.async_api import expect

from knowledge_base.settings import Settings

pytestmark = pytest.mark.browser
PHONE = (360, 740)
NARROW = (320, 640)
COMPARISON = "Welche Tarife gibt es für Glasfaser, und was kosten sie?"


@pytest.fixture(scope="session")
def embedder():
    return HashEmbedder()


@pytest.fixture
def settings(indexed_home, tmp_path):
    return Settings(home=indexed_home, database_url=f"sqlite:///{tmp_path / 'aura.db'}")


@pytest.fixture
async def customer(house, customer_of):
    return await customer_of(house)


async def test_the_first_thing_said_is_that_this_is_no_human(customer):
    await customer.open_chat()

    await expect(customer.messages).to_have_count(1)
    await expect(customer.messages).to_contain_text("kein Mensch")
    await expect(customer.field).to_be_focused()


async def test_nothing_is_stored_or_started_before_the_chat_is_opened(customer):
    await expect(customer.button("Chat öffnen")).to_be_visible()

    assert await customer.page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert await customer.context.cookies() == []
    assert not [url for url in customer.requested if "/api/chat/" in url]


async def test_a_question_is_answered_with_a_source_that_opens_at_its_page(customer):
    await customer.open_chat()

    await customer.say("Was kostet Mobil M?")

    await expect(customer.replies.last).to_contain_text("24,99 €")
    source = customer.replies.last.locator(".sources a").first
    link = str(await source.get_attribute("href"))
    async with customer.context.expect_page() as opened:
        await source.click()
    page = await opened.value
    document = await customer.context.request.get(link)
    await customer.picture("answer-desktop")
    assert re.search(r"/documents/[^#]+#(page=\d+|.+)$", link)
    assert document.status == 200
    assert page.url in (link, ":", "about:blank")  # headless Chromium downloads PDF


async def test_the_mark_in_the_text_leads_to_its_source(customer):
    await customer.open_chat()
    await customer.say("Was kostet Mobil M?")

    await customer.replies.last.locator("a.mark").first.click()

    await expect(customer.replies.last.locator(".sources a").first).to_be_focused()


async def test_a_reload_keeps_messages_sources_and_what_was_being_written(customer):
    await customer.open_chat()
    await customer.say("Was kostet Mobil M?")
    await expect(customer.replies).to_have_count(2)
    before = await customer.texts()
    await customer.field.fill("Und wie lange")

    await customer.page.reload()

    await expect(customer.replies).to_have_count(2)
    assert before == await customer.texts()
    await expect(customer.field).to_have_value("Und wie lange")
    await expect(customer.field).not_to_be_focused()


async def test_a_question_on_the_page_is_asked_with_one_click(customer):
    await customer.page.get_by_role("link", name="Was kostet Mobil M?").click()

    await expect(customer.messages.nth(1)).to_contain_text("Was kostet Mobil M?")
    await expect(customer.replies.last).to_contain_text("24,99 €")


async def test_escape_closes_the_window_and_the_conversation_is_still_there(customer):
    await customer.open_chat()
    await customer.say("Was kostet Mobil M?")
    await expect(customer.replies).to_have_count(2)

    await customer.page.keyboard.press("Escape")

    await expect(customer.field).to_be_hidden()
    await expect(customer.button("Chat öffnen")).to_be_focused()
    await customer.page.keyboard.press("Enter")
    await expect(customer.replies).to_have_count(2)


async def test_an_ended_conversation_is_followed_by_a_new_one(customer):
    await customer.open_chat()
    await customer.say("Was kostet Mobil M?")
    await expect(customer.replies).to_have_count(2)
    first = await customer.conversation_id()
    await customer.end()

    await customer.button("Neues Gespräch").click()

    await expect(customer.messages).to_have_count(1)
    await expect(customer.page.locator("aura-chat .survey")).to_be_hidden()
    assert first != await customer.conversation_id()


async def test_everything_comes_from_our_own_server_under_its_strict_policy(customer):
    await customer.open_chat()
    await customer.say("Was kostet Mobil M?")
    await expect(customer.replies).to_have_count(2)
    await customer.end()
    await expect(customer.page.get_by_role("radio")).to_have_count(11)

    assert [] == customer.strangers()
    assert [] == customer.complaints


async def test_a_reply_that_is_only_a_table_is_shown(house, customer_of):
    customer = await customer_of(house)
    await customer.open_chat()
    await customer.say(COMPARISON)
    table = customer.replies.last.get_by_role("table")
    await expect(table.get_by_role("row", name="Monatlicher Grundpreis")).to_contain_text("54,99")
    await expect(table.get_by_role("columnheader", name="Glasfaser 250")).to_have_count(1)


@pytest.mark.parametrize(("name", "size"), [("phone", PHONE), ("narrow", NARROW)])
async def test_nothing_sticks_out_of_a_small_screen(house, customer_of, name, size):
    customer = await customer_of(house, size)
    await customer.page.screenshot(path=customer.pictures / f"portal-{name}.png", full_page=True)
    assert await customer.overflow() <= 0
    await customer.open_chat()
    await customer.say(COMPARISON)
    await expect(customer.replies).to_have_count(2)
    await customer.picture(f"answer-{name}")
    await customer.end()
    await expect(customer.page.get_by_role("radio")).to_have_count(11)
    await customer.picture(f"survey-{name}")

    wide = await customer.page.locator("aura-chat .panel *").evaluate_all(
        "nodes => nodes.filter(n => !n.closest('.table, .spoken, svg') && n.checkVisibility()"
        " && n.getBoundingClientRect().right > innerWidth + 1).map(n => n.className || n.tagName)"
    )
    assert [] == wide
    assert await customer.overflow() <= 0
