"""axe finds nothing serious where customers and agents are."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser
SCHEMES = ("light", "dark")


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_the_portal_and_the_chat_have_no_serious_barriers(house, customer_of, scheme):
    customer = await customer_of(house)
    await customer.page.emulate_media(color_scheme=scheme)
    assert [] == await customer.barriers()
    await customer.open_chat()
    await customer.say("Was tun bei Verlust der SIM-Karte?")
    await expect(customer.replies).to_have_count(2)
    await customer.picture(f"chat-{scheme}")
    assert [] == await customer.barriers()
    await customer.end()
    await expect(customer.page.get_by_role("radio")).to_have_count(11)
    await customer.picture(f"survey-{scheme}")
    assert [] == await customer.barriers()


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_the_desk_has_no_serious_barriers(house, customer_of, agent_of, scheme):
    customer = await customer_of(house)
    await customer.open_chat()
    await customer.say("Was tun bei Verlust der SIM-Karte?")
    await expect(customer.replies).to_have_count(2)
    await customer.button("Mitarbeiter").click()
    agent = await agent_of(house)
    await agent.page.emulate_media(color_scheme=scheme)
    await agent.log_in(password="falsches Passwort")
    await expect(agent.page.get_by_role("alert")).to_contain_text("nicht möglich")
    await agent.picture(f"login-{scheme}")
    assert [] == await agent.barriers()
    await agent.log_in()
    await agent.queue.first.click()
    await agent.button("Übernehmen").click()
    await expect(agent.button("Senden")).to_be_visible()
    await agent.picture(f"desk-{scheme}")

    assert [] == await agent.barriers()


async def test_only_finished_messages_are_read_out_and_authors_are_named_in_text(
    house, customer_of
):
    customer = await customer_of(house)
    await customer.open_chat()
    await customer.say("Was tun bei Verlust der SIM-Karte?")
    await expect(customer.replies).to_have_count(2)

    log = customer.page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(log.locator(".draft")).to_have_count(0)
    assert ["KI-Assistent", "Sie", "KI-Assistent"] == await log.locator(".name").all_inner_texts()


async def test_the_focus_stays_in_a_window_that_covers_the_phone(house, customer_of):
    customer = await customer_of(house, (360, 640))
    await customer.open_chat()

    for _ in range(12):
        await customer.page.keyboard.press("Tab")
        inside = await customer.page.evaluate("document.activeElement?.tagName")
        assert inside == "AURA-CHAT"
