import pytest

from assistant.insights.neutrality import find_leanings


@pytest.mark.parametrize(
    "text",
    [
        "Wie wahrscheinlich ist es, dass Sie Talfunk einer Freundin weiterempfehlen?",
        "Vielen Dank für Ihre Nachricht. Auf Wiedersehen.",
        "Bitte wählen Sie eine ganze Zahl von 0 bis 10.",
        "Ihr Router steht im Rotorraum.",
    ],
)
def test_neutral_sentences_pass(text):
    assert find_leanings(text) == ()


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("Waren Sie mit unserem tollen Dienst zufrieden?", "praise"),
        ("Das freut uns sehr.", "praise"),
        ("Das war großartig.", "praise"),
        ("Leider konnte ich nicht helfen.", "apology"),
        ("Bitte geben Sie uns eine gute Note.", "begging"),
        ("Über eine 10 würden wir jubeln.", "begging"),
        ("Sie helfen uns sehr, wenn Sie die höchste Zahl wählen.", "begging"),
        ("Unter allen Antworten verlosen wir ein Gerät.", "incentive"),
        ("Davon hängt mein Bonus ab.", "incentive"),
        ("Promotoren geben 9 oder 10 an.", "class of answers"),
        ("Der grüne Bereich ist rechts.", "colour"),
        ("Wie viele Sterne geben Sie?", "colour"),
        ("Wie findest du Talfunk?", "informal address"),
        ("Danke!", "exclamation mark"),
        ("Danke 😊", "symbol"),
        ("Danke ★", "symbol"),
    ],
)
def test_each_way_of_leaning_is_named(text, leaning):
    assert any(found.startswith(leaning) for found in find_leanings(text))
