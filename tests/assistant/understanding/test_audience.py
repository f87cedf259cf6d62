from __future__ import annotations

import pytest

from assistant.messages import Evidence, EvidenceKind, Fact
from assistant.understanding.audience import addressed, audience_of
from knowledge_base.documents import Audience
from knowledge_base.sources import CONTENT
from knowledge_base.tariffs import Tariffs


@pytest.fixture(scope="module")
def tariffs() -> Tariffs:
    return Tariffs.load(CONTENT / "tarife")


def of(product: str) -> Fact:
    evidence = Evidence(kind=EvidenceKind.PASSAGE, reference="p1")
    return Fact(product=product, attribute="grundpreis", evidence=evidence)


@pytest.mark.parametrize(
    ("question", "audience"),
    [
        ("Zahlungsziel für unsere Firma?", Audience.BUSINESS),
        ("Kann ich als GmbH widerrufen?", Audience.BUSINESS),
        ("Wie lange läuft SD-WAN Plus?", Audience.BUSINESS),
        ("bin selbstaendig, welche Entstörzeit?", Audience.BUSINESS),
        ("Ich wechsle zu einer anderen Firma, was muss ich tun?", Audience.EVERYONE),
        ("Was kostet Mobil M?", Audience.EVERYONE),
    ],
)
def test_a_firm_is_heard_but_not_the_firm_of_another(
    question: str, audience: Audience, tariffs: Tariffs
) -> None:
    assert audience is audience_of(question, tariffs)


def test_no_firm_is_told_what_holds_for_consumers(tariffs: Tariffs) -> None:
    assert not addressed([of("mobil_m")], Audience.BUSINESS, tariffs)
    assert not addressed([of("welt_1")], Audience.BUSINESS, tariffs)
    assert addressed([of("business_mobil_m")], Audience.BUSINESS, tariffs)
    assert addressed([of("mobil_m")], Audience.EVERYONE, tariffs)
