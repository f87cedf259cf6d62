"""From the assistant to a person and back, to the end and the survey: two browsers, one server."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect
from sqlalchemy import select

from assistant.store.schema import survey_events

pytestmark = pytest.mark.browser


@pytest.fixture
async def customer(house, customer_of):
    customer = await customer_of(house)
    await customer.open_chat()
    return customer


@pytest.fixture
async def agent(house, agent_of):
    agent = await agent_of(house)
    await agent.log_in()
    await expect(agent.button("Abmelden")).to_be_visible()
    return agent


async def stages(house):
    """Read what the survey's log says."""
    columns = (survey_events.c.stage, survey_events.c.score)
    async with house.inside.database.read() as connection:
        rows = await connection.execute(select(*columns).order_by(survey_events.c.id))
        return [tuple(row) for row in rows]


async def test_a_person_takes_over_writes_gives_back_and_the_assistant_goes_on(customer, agent):
    await customer.say("Was kostet Mobil M?")
    await expect(customer.replies.last).to_contain_text("31,99 €")
    await customer.button("Mitarbeiter").click()
    await expect(customer.button("Doch mit dem Assistenten weiter")).to_be_visible()

    await agent.queue.first.click()
    await agent.picture("desk-waiting")
    await agent.button("Übernehmen").click()
    await agent.say("Guten Tag, was kann ich für Sie tun?")

    written = customer.page.locator("aura-chat .message.agent")
    await expect(written).to_contain_text("Frau Beispiel, Kundenservice")
    await expect(written).to_contain_text("was kann ich für Sie tun?")
    await customer.picture("with-agent")

    replies = await customer.replies.count()
    await customer.say("Meine Rechnung stimmt nicht.")
    await expect(agent.page.locator(".message.customer").last).to_contain_text("Rechnung stimmt")
    await agent.picture("desk-chat")
    assert replies == await customer.replies.count()  # the assistant is silent

    await agent.button("Zurückgeben").click()
    await expect(customer.replies.last).to_contain_text("KI-Assistent")
    await customer.say("Was kostet Mobil M?")
    await expect(customer.replies.last).to_contain_text("31,99 €")
    assert [] == [*customer.complaints, *agent.complaints]


async def test_who_waits_may_go_back_to_the_assistant(customer, agent):
    await customer.button("Mitarbeiter").click()
    await expect(agent.queue).to_have_count(1)

    await customer.button("Doch mit dem Assistenten weiter").click()

    await expect(customer.button("Doch mit dem Assistenten weiter")).to_be_hidden()
    await expect(agent.queue).to_have_count(0)


async def test_two_agents_do_not_answer_the_same_customer(house, customer, agent, agent_of):
    await customer.button("Mitarbeiter").click()
    await agent.queue.first.click()
    await agent.button("Übernehmen").click()
    await expect(agent.button("Senden")).to_be_visible()

    other = await agent_of(house, name="muster", display_name="Herr Muster")
    await other.log_in("muster")
    await other.page.locator("#active button.entry").first.click()

    await expect(other.page.get_by_role("heading", name="Bei Frau Beispiel")).to_be_visible()
    await expect(other.button("Senden")).to_be_hidden()
    await expect(other.button("Übernehmen")).to_be_hidden()


async def test_the_survey_after_an_agent_is_answered_with_the_keyboard_alone(
    house, customer, agent
):
    await customer.button("Mitarbeiter").click()
    await agent.queue.first.click()
    await agent.button("Übernehmen").click()
    await agent.say("Das ist jetzt erledigt.")
    await agent.button("Gespräch beenden").click()
    await agent.button("Ja, beenden").click()
    scores = customer.page.get_by_role("radio")
    await expect(scores).to_have_count(11)
    await customer.picture("survey-desktop")
    assert 0 == await scores.and_(customer.page.locator(":checked")).count()

    press = customer.page.keyboard.press
    await customer.page.get_by_role("region", name="Gesprächsverlauf").focus()
    for _ in range(9):
        await press("Tab")
        if await scores.first.evaluate("n => n === n.getRootNode().activeElement"):
            break
    await press("Space")
    for _ in range(7):
        await press("ArrowRight")
    await expect(scores.nth(7)).to_be_checked()
    await customer.picture("survey-chosen")
    await press("Tab")
    await press("Enter")
    await expect(customer.page.get_by_label("wichtigste Grund")).to_be_focused()
    await customer.page.keyboard.type("Es ging schnell.")
    await press("Tab")
    await press("Enter")

    await expect(customer.messages.last).to_contain_text("Danke für Ihre Rückmeldung.")
    await expect(customer.page.locator("aura-chat .survey")).to_be_hidden()
    await expect(customer.field).to_be_focused()
    expected = [("eligible", None), ("offered", None), ("shown", None), ("score", 7), ("why", None)]
    assert expected == await stages(house)


async def test_all_eleven_answers_look_the_same_and_none_is_chosen(customer):
    await customer.say("Was kostet Mobil M?")
    await customer.end()
    scores = customer.page.locator("aura-chat .score span")
    await expect(scores).to_have_count(11)

    looks = await scores.evaluate_all(
        "nodes => nodes.map(n => {"
        " const s = getComputedStyle(n); const r = n.getBoundingClientRect();"
        " return [s.color, s.backgroundColor, s.borderColor, s.fontWeight, s.fontSize,"
        " Math.round(r.width), Math.round(r.height)].join(' '); })"
    )
    names = await scores.all_inner_texts()
    assert 1 == len(set(looks)), looks
    assert [str(score) for score in range(11)] == names
    assert 0 == await customer.page.locator("aura-chat .score input:checked").count()


async def test_a_survey_sent_without_a_choice_says_what_is_missing(house, customer):
    await customer.say("Was kostet Mobil M?")
    await customer.end()

    await customer.button("Absenden").click()

    await expect(customer.page.locator("aura-chat .survey .problem")).to_contain_text("0 bis 10")
    await expect(customer.page.get_by_role("radio").first).to_be_focused()
    assert "score" not in [stage for stage, _ in await stages(house)]


async def test_a_survey_can_be_declined(house, customer):
    await customer.say("Was kostet Mobil M?")
    await customer.end()

    await customer.button("Möchte ich nicht beantworten").click()

    await expect(customer.messages.last).to_contain_text("Danke für Ihre Rückmeldung.")
    assert ("declined", None) == (await stages(house))[-1]


async def test_a_reload_shows_the_open_survey_again_but_counts_it_once(house, customer):
    await customer.say("Was kostet Mobil M?")
    await customer.end()
    await expect(customer.page.get_by_role("radio")).to_have_count(11)

    await customer.page.reload()
    await expect(customer.page.get_by_role("radio")).to_have_count(11)
    await customer.page.get_by_role("radio").nth(3).check(force=True)
    await customer.button("Absenden").click()
    await expect(customer.page.get_by_label("wichtigste Grund")).to_be_visible()

    shown = [stage for stage, _ in await stages(house) if stage == "shown"]
    assert ["shown"] == shown


async def test_a_wrong_password_is_named_in_text_at_the_fields(house, agent_of):
    agent = await agent_of(house)

    await agent.log_in(password="falsches Passwort")

    await expect(agent.page.get_by_role("alert")).to_contain_text("Anmeldung war nicht möglich")
    field = agent.page.get_by_label("Passwort")
    await expect(field).to_be_focused()
    await expect(field).to_have_accessible_description(re.compile("nicht möglich"))
