from __future__ import annotations

from evals.wordings import Wording, mistyped

QUESTION = "Wie lange dauert die Mitnahme meiner Rufnummer zu Talfunk?"


def test_every_second_longer_word_has_one_slip_and_the_others_none() -> None:
    typed = mistyped(QUESTION, "q1").rstrip("?").split()

    whole = QUESTION.rstrip("?").split()
    longer = [place for place, word in enumerate(whole) if len(word) >= 4]
    hit = [place for place in range(len(whole)) if whole[place] != typed[place]]
    assert longer[1::2] == hit
    assert all(abs(len(whole[place]) - len(typed[place])) <= 1 for place in hit)
    assert all(whole[place][0] == typed[place][0] for place in hit)


def test_the_same_question_is_mistyped_the_same_way_every_time() -> None:
    assert mistyped(QUESTION, "q1") == mistyped(QUESTION, "q1")
    assert mistyped(QUESTION, "q1") != mistyped(QUESTION, "q2")


def test_a_question_without_an_english_wording_is_not_put_in_english() -> None:
    assert Wording.ENGLISH.of({"id": "q1", "text": QUESTION}) is None
    assert "Why?" == Wording.ENGLISH.of({"id": "q1", "text": QUESTION, "text_en": "Why?"})
