from __future__ import annotations

import pytest

from assistant.asks import join, split
from assistant.blocks import Paragraph
from assistant.messages import Choice, Citation, Handoff, Reply


def reply(text: str, **changes: object) -> Reply:
    cites = (0,) if changes.get("citations") else ()
    return Reply(blocks=(Paragraph(text=text, cites=cites),), **changes)  # type: ignore[arg-type]


def citation(name: str) -> Citation:
    from datetime import date

    return Citation(
        document=name,
        title=name,
        version="1",
        as_of=date(2026, 1, 1),
        section="",
        page=None,
        excerpt="",
        link="",
        passage=name,
    )


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        (
            "Was kostet Mobil M? Wie lange läuft der Vertrag?",
            ("Was kostet Mobil M?", "Wie lange läuft der Vertrag?"),
        ),
        (
            "Mein Internet ist langsam. Was kann ich tun?",
            ("Mein Internet ist langsam. Was kann ich tun?",),
        ),
        ("Kann ich kündigen? Warum nicht?", ("Kann ich kündigen? Warum nicht?",)),
        ("hallo", ("hallo",)),
        ("", ("",)),
    ],
)
def test_only_questions_that_stand_on_their_own_are_split(text: str, asks: tuple[str]) -> None:
    assert asks == split(text)


def test_a_message_of_many_questions_is_left_whole() -> None:
    text = " ".join(f"Was kostet der Tarif Nummer {n}?" for n in range(9))

    assert (text,) == split(text)


def test_a_hand_over_is_exclusive() -> None:
    person = reply("Ein Mensch kommt.", handoff=Handoff(reason="w", label="W", summary=""))

    assert person == join([reply("24,99 €"), person])


def test_joined_answers_keep_their_order_and_their_sources() -> None:
    joined = join(
        [reply("eins", citations=(citation("a"),)), reply("zwei", citations=(citation("b"),))]
    )

    assert joined.text == "eins\n\nzwei"
    assert [block.cites for block in joined.blocks if isinstance(block, Paragraph)] == [(0,), (1,)]
    assert [source.document for source in joined.citations] == ["a", "b"]


def test_what_is_not_known_is_said_once_behind_what_is() -> None:
    unknown = reply("Weiß ich nicht.", answered=False, choices=(Choice(id="x", title="X"),))

    joined = join([unknown, reply("eins"), unknown])

    assert joined.text == "eins\n\nWeiß ich nicht."
    assert not joined.answered
