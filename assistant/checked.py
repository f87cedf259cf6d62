"""Nothing unevidenced leaves: every sentence of a model is held against the passages it cites.

A sentence passes when it cites a passage, when every figure in it stands in what it cites, when
every claim (included, free, unlimited, available …) is made there too and with the same sign, when
every product it names is the passage's, and when most of its content words are found there.

What is compared is containment in the cited passage. Binding each figure to product and attribute
is the next step (``Fact`` has the fields for it); until then two figures of one passage could
be exchanged, which is why look-ups, which do bind, are asked before the model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.figures import figures, states
from knowledge_base import german
from knowledge_base.documents import Passage
from knowledge_base.split import sentences
from knowledge_base.tariffs import Tariffs

MARK = re.compile(r"\s*\[(\d{1,2})\]")
SUPPORT = 0.7
"""Share of a sentence's content words that must stand in what it cites."""

_CLAIMS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "free": r"kostenlos|kostenfrei|gratis|unentgeltlich|gebührenfrei|ohne (aufpreis|kosten)"
        r"|umsonst|entfällt",
        "unlimited": r"unbegrenzt|unlimitiert|unbeschränkt|flat(rate)?\b|ohne (limit|begrenzung)",
        "included": r"enthalten|inklusive|inbegriffen|gehör(t|en) zu|im preis|dabei",
        "available": r"verfügbar|buchbar|erhältlich|möglich|angeboten|bietet|gibt es",
        "always": r"\bjederzeit|\bimmer\b|sofort|garantiert",
    }.items()
}
_NEGATION = re.compile(
    r"\b(nicht|kein(e|en|em|er|es)?|nie|niemals|ohne|weder|ausgeschlossen|entfällt)\b",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"\b(bis zu|höchstens|maximal|ab|mindestens|zzgl|zuzüglich|nur|frühestens|spätestens"
    r"|in den ersten|im ersten|danach|außer|ausgenommen|solange|sofern|wenn|falls)\b",
    re.IGNORECASE,
)


def fault(sentence: str, cited: Sequence[Passage], tariffs: Tariffs | None) -> str | None:
    """Name what is wrong with a sentence, or None when its passages carry it."""
    if not cited:
        return "uncited"
    text = MARK.sub("", sentence)
    evidence = "\n".join("\n".join((p.title, *p.headings, p.text)) for p in cited)
    if not _products_agree(text, cited, evidence, tariffs):
        return "other_product"
    stated = figures(_without_names(evidence, tariffs)) | figures(evidence)
    if not all(states(stated, one) for one in figures(_without_names(text, tariffs))):
        return "figure"
    words = set(german.terms(text))
    if words and len(words & set(german.terms(evidence))) < SUPPORT * len(words):
        return "unsupported"
    return _claim_fault(text, cited, words)


def _claim_fault(text: str, cited: Sequence[Passage], words: set[str]) -> str | None:
    """Compare claims and negations with the sentences of the passage that speak of the same."""
    spoken = [part for passage in cited for part in sentences(passage.text)]
    overlap = [len(words & set(german.terms(part))) for part in spoken]
    top = max(overlap, default=0)
    nearest = [part for part, common in zip(spoken, overlap, strict=True) if common == top]
    near = " ".join(nearest)
    whole = " ".join(spoken)
    for name, pattern in _CLAIMS.items():
        if pattern.search(text) and not pattern.search(whole):
            return f"claim_{name}"
    if bool(_NEGATION.search(text)) != bool(_NEGATION.search(near)):
        # A negation elsewhere in the passage is of another matter.
        return "negation"
    lost = {found[0].lower() for found in _LIMITS.finditer(near)} - {
        found[0].lower() for found in _LIMITS.finditer(text)
    }
    if lost & {"bis zu", "ab", "nur", "zzgl", "zuzüglich", "in den ersten", "im ersten"}:
        return "qualifier"
    return None


def _products_agree(
    text: str, cited: Sequence[Passage], evidence: str, tariffs: Tariffs | None
) -> bool:
    if tariffs is None:
        return True
    own = {product for passage in cited for product in passage.products}
    own |= {tariff.id for tariff in tariffs.mentioned(evidence)}
    return all(tariff.id in own for tariff in tariffs.mentioned(text))


def _without_names(text: str, tariffs: Tariffs | None) -> str:
    """Leave out product names: the 250 of Glasfaser 250 is no figure."""
    if tariffs is None:
        return text
    for tariff in tariffs.tariffs.values():
        if any(char.isdigit() for char in tariff.name):
            text = re.sub(re.escape(tariff.name), " ", text, flags=re.IGNORECASE)
    return text
