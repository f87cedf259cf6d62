"""Who logs in to the demo portal speaks as that customer; the next visitor does not see them."""

from __future__ import annotations

import pytest
from playwright.async_api import expect
from sqlalchemy import select

from assistant.store.schema import conversations

pytestmark = pytest.mark.browser


async def customers_of(house, visit) -> str | None:
    async with house.inside.database.read() as connection:
        found = await connection.scalar(
            select(conversations.c.customer).where(
                conversations.c.id == await visit.conversation_id()
            )
        )
    return found and found["customer_no"]


async def test_logging_in_and_out_begins_a_conversation_of_its_own(house, customer_of):
    visit = await customer_of(house)
    await visit.open_chat()
    await visit.say("Was tun bei Verlust der SIM-Karte?")
    await expect(visit.replies).to_have_count(2)
    await visit.page.keyboard.press("Escape")
    assert await customers_of(house, visit) is None

    await visit.button("Anmelden als Wilma Musterkraut").click()
    await expect(visit.page.get_by_text("Sie sind angemeldet als Wilma")).to_be_visible()
    await visit.open_chat()
    await expect(visit.messages).to_have_count(1)
    assert "4000000101" == await customers_of(house, visit)

    await visit.page.keyboard.press("Escape")
    await visit.button("Abmelden").click()
    await visit.open_chat()
    await expect(visit.messages).to_have_count(1)
    assert await customers_of(house, visit) is None
    assert [] == visit.complaints


async def test_a_reload_keeps_customer_and_conversation(house, customer_of):
    visit = await customer_of(house)
    await visit.button("Anmelden als Wilma Musterkraut").click()
    await expect(visit.page.get_by_text("Sie sind angemeldet als Wilma")).to_be_visible()
    await visit.open_chat()
    await visit.say("Was tun bei Verlust der SIM-Karte?")
    await expect(visit.replies).to_have_count(2)
    before = await visit.conversation_id()

    await visit.page.reload()
    await expect(visit.page.get_by_text("Sie sind angemeldet als Wilma")).to_be_visible()
    await expect(visit.replies).to_have_count(2)

    assert before == await visit.conversation_id()


async def test_a_log_in_that_has_grown_old_is_renewed_by_the_page(house, customer_of):
    visit = await customer_of(house)
    await visit.button("Anmelden als Wilma Musterkraut").click()
    await expect(visit.page.get_by_text("Sie sind angemeldet als Wilma")).to_be_visible()
    house.clock.move(minutes=20)

    await visit.open_chat()

    assert "4000000101" == await customers_of(house, visit)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_log_in_has_no_serious_barriers(house, customer_of, scheme):
    visit = await customer_of(house, (360, 740))
    await visit.page.emulate_media(color_scheme=scheme)
    await visit.button("Anmelden als Wilma Musterkraut").click()
    await expect(visit.page.get_by_text("Sie sind angemeldet als Wilma")).to_be_visible()
    await visit.page.get_by_role("heading", name="Mein Talfunk").scroll_into_view_if_needed()
    await visit.picture(f"login-{scheme}")

    assert [] == await visit.barriers()
    assert 0 == await visit.overflow()


async def test_a_customer_sees_their_own_figure_and_how_it_is_calculated(house, customer_of):
    visit = await customer_of(house)
    await visit.button("Anmelden als Wilma Musterkraut").click()
    await expect(visit.page.get_by_text("Sie sind angemeldet als Wilma")).to_be_visible()
    await visit.open_chat()

    await visit.say("Wie viel Datenvolumen habe ich noch?")
    await expect(visit.replies).to_have_count(2)
    await visit.picture("own-data")

    await expect(visit.replies.last).to_contain_text("noch 12,7\u00a0GB übrig")
    await expect(visit.replies.last.locator("ol li")).to_have_count(2)
    assert [] == await visit.barriers()


async def test_the_contract_is_chosen_with_a_button(house, customer_of):
    visit = await customer_of(house)
    await visit.button("Anmelden als Rudi Doppelklang").click()
    await expect(visit.page.get_by_text("Sie sind angemeldet als Rudi")).to_be_visible()
    await visit.open_chat()
    await visit.say("Wie viel Datenvolumen habe ich noch?")
    await expect(visit.replies).to_have_count(2)
    await visit.picture("which-contract")

    await visit.page.get_by_role("button", name="0171 3920019").click()

    await expect(visit.replies).to_have_count(3)
    await expect(visit.replies.last).to_contain_text("0,5\u00a0GB")
