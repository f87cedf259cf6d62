"""From tariff data to replies: sentences and tables, each figure with the passage that states it.

Nothing here decides what was asked; `lookup` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from assistant.blocks import Block, Paragraph, Quotation, Table
from assistant.evidence import cite, fact_of, passage_for
from assistant.families import families, rows
from assistant.frames import Frames
from assistant.messages import Ask, Citation, Fact, Language, Reply
from knowledge_base.documents import Passage
from knowledge_base.snapshot import Snapshot
from knowledge_base.tariffs import AttributeKind, Country, RoamingZone, Tariff, TariffVersion

OPERATOR = "Talfunk"
_ROAMING = (
    "roaming_anruf_abgehend",
    "roaming_anruf_ankommend",
    "roaming_sms",
    "roaming_daten",
    "roaming_aufschlag",
)
_SAID_WITH = {"grundpreis": ("aktionspreis",)}
"""What belongs to an attribute: a price that is lower at first is not the price alone."""


@dataclass(slots=True)
class _Collected:
    """Sentences with their sources, collected in order."""

    blocks: list[Block]
    citations: list[Citation]
    facts: list[Fact]

    def source(self, passage: Passage) -> int:
        """Cite a passage; rows of the same page are one source with a longer excerpt."""
        new = cite(passage)
        for place, known in enumerate(self.citations):
            if (known.link, known.section) == (new.link, new.section):
                if new.excerpt not in known.excerpt:
                    longer = f"{known.excerpt} · {new.excerpt}"
                    self.citations[place] = replace(known, excerpt=longer)
                return place
        self.citations.append(new)
        return len(self.citations) - 1


@dataclass(frozen=True, slots=True)
class TariffAnswers:
    """Builds replies from versions and attributes; None wherever a proof is missing."""

    frames: Frames
    translations: Mapping[Language, Frames] = field(default_factory=dict)
    """The same frames in other languages than German."""

    def _frames(self, ask: Ask) -> Frames:
        return self.translations.get(ask.language, self.frames)

    def say(
        self,
        ask: Ask,
        snapshot: Snapshot,
        chosen: Sequence[tuple[TariffVersion, Sequence[AttributeKind]]],
        topic: tuple[str, ...],
    ) -> Reply | None:
        """Say attributes of products in sentences; None when one cannot be proven."""
        frames = self._frames(ask)
        answer = _Collected([], [], [])
        for version, kinds in chosen:
            for kind in _complete(kinds, version, snapshot):
                attribute = version.attributes[kind.id]
                sentence = frames.sentence(attribute, _spoken_name(version, snapshot))
                passage = _evidence(snapshot, version, kind, ask)
                if passage is None:
                    return None
                answer.blocks.append(Paragraph(text=sentence, cites=(answer.source(passage),)))
                answer.facts.append(fact_of(version, attribute, sentence, passage))
        return _reply(answer, snapshot, topic)

    def compare(
        self,
        ask: Ask,
        snapshot: Snapshot,
        products: Sequence[Tariff],
        versions: Sequence[TariffVersion],
        topic: tuple[str, ...],
    ) -> Reply | None:
        """Show the main attributes of one product or of several side by side."""
        assert snapshot.tariffs is not None
        frames = self._frames(ask)
        answer = _Collected([], [], [])
        shown: list[tuple[str, ...]] = []
        for alternatives in rows(products[0].kind):
            kinds = [_present(version, alternatives, snapshot) for version in versions]
            cells = []
            for version, kind in zip(versions, kinds, strict=True):
                passage = _evidence(snapshot, version, kind, ask) if kind else None
                if passage is None or kind is None:
                    break
                attribute = version.attributes[kind.id]
                answer.source(passage)
                cells.append(frames.wording.whole(attribute))
                answer.facts.append(fact_of(version, attribute, cells[-1], passage))
            else:
                labels = dict.fromkeys(frames.label(kind) for kind in kinds if kind)
                shown.append((" / ".join(labels), *cells))
        if not shown:
            return None
        header = (frames.table.attribute, *(version.name for version in versions))
        cites = tuple(range(len(answer.citations)))
        answer.blocks.append(Table(header=header, rows=tuple(shown), cites=cites))
        return _reply(answer, snapshot, topic)

    def across(self, ask: Ask, snapshot: Snapshot, kind: AttributeKind) -> Reply | None:
        """Show one attribute for all tariffs on sale that a question can mean."""
        assert snapshot.tariffs is not None
        versions = []
        for tariff in snapshot.tariffs.tariffs.values():
            version = tariff.version_for(ask.on, ask.contract_date)
            if tariff.kind not in families(ask.text) or version is None:
                continue
            if kind.id in version.attributes:
                versions.append(version)
        if len(versions) < 2:
            return None
        versions.sort(key=price_of)
        frames = self._frames(ask)
        answer = _Collected([], [], [])
        lines: list[tuple[str, str]] = []
        for version in versions:
            attribute = version.attributes[kind.id]
            passage = _evidence(snapshot, version, kind, ask)
            if passage is None:
                return None
            answer.source(passage)
            lines.append((version.name, frames.wording.whole(attribute)))
            answer.facts.append(fact_of(version, attribute, lines[-1][1], passage))
        cites = tuple(range(len(answer.citations)))
        if len({said for _, said in lines}) == 1:
            first = ", ".join(name for name, _ in lines[:-1])
            names = f"{first}{frames.table.last}{lines[-1][0]}"
            sentence = frames.sentence(versions[0].attributes[kind.id], names)
            answer.blocks.append(Paragraph(text=sentence, cites=cites))
        else:
            header = (frames.table.tariff, frames.label(kind))
            answer.blocks.append(Table(header=header, rows=tuple(lines), cites=cites))
        return _reply(answer, snapshot, ())

    def abroad(
        self,
        ask: Ask,
        snapshot: Snapshot,
        country: Country,
        zone: RoamingZone,
        topic: tuple[str, ...],
        use: frozenset[str] = frozenset(),
    ) -> Reply | None:
        """Say which zone a country belongs to and what use there costs, or only some uses."""
        version = zone.version_for(ask.on, ask.contract_date)
        if version is None:
            return None
        belongs = _zone_passage(snapshot, country.name, zone, ask.on)
        if belongs is None:
            return None
        frames = self._frames(ask)
        land = frames.place(country.name)
        answer = _Collected([], [], [])
        answer.blocks.append(
            Paragraph(
                text=frames.zone.format(land=land, zone=zone.name),
                cites=(answer.source(belongs),),
            )
        )
        assert snapshot.tariffs is not None
        lines: list[tuple[str, str]] = []
        places: list[int] = []
        held = [name for name in _ROAMING if name in version.attributes]
        for identifier in [name for name in held if name in use] or held:
            attribute = version.attributes[identifier]
            kind = snapshot.tariffs.kinds[identifier]
            passage = _evidence(snapshot, version, kind, ask)
            if passage is None:
                return None
            places.append(answer.source(passage))
            lines.append((frames.names[identifier], frames.wording.whole(attribute)))
            answer.facts.append(fact_of(version, attribute, lines[-1][1], passage))
        header = (frames.table.use.format(land=land), frames.table.price)
        cites = tuple(dict.fromkeys(places))
        answer.blocks.append(Table(header=header, rows=tuple(lines), cites=cites))
        return _reply(answer, snapshot, topic)

    def elsewhere(self, ask: Ask, snapshot: Snapshot, country: str) -> Reply | None:
        """Say what holds in a country that belongs to no zone."""
        assert snapshot.tariffs is not None
        rule = snapshot.tariffs.elsewhere
        stating = (one for one in snapshot.passages if one.text == rule)
        held = (one for one in stating if one.validity.holds(ask.on, ask.contract_date))
        passage = next(held, None)
        if passage is None:
            return None
        answer = _Collected([], [], [])
        frames, cites = self._frames(ask), (answer.source(passage),)
        text = frames.elsewhere.format(land=frames.place(country))
        if frames.translated:
            answer.blocks += [Paragraph(text=text)]
            answer.blocks += [Quotation(text=passage.text, cites=cites, lang="de")]
        else:
            answer.blocks.append(Paragraph(text=f"{text} {passage.text}", cites=cites))
        return _reply(answer, snapshot, ())


def _present(
    version: TariffVersion, alternatives: Sequence[str], snapshot: Snapshot
) -> AttributeKind | None:
    """Choose the one of several attributes that a tariff has."""
    assert snapshot.tariffs is not None
    found = (one for one in alternatives if one in version.attributes)
    identifier = next(found, None)
    return snapshot.tariffs.kinds[identifier] if identifier else None


def _complete(
    kinds: Sequence[AttributeKind], version: TariffVersion, snapshot: Snapshot
) -> list[AttributeKind]:
    """Add what must not be left unsaid beside an attribute."""
    assert snapshot.tariffs is not None
    said: dict[str, AttributeKind] = {}
    for kind in kinds:
        said[kind.id] = kind
        for name in _SAID_WITH.get(kind.id, ()):
            if name in version.attributes:
                said.setdefault(name, snapshot.tariffs.kinds[name])
    return list(said.values())


def _spoken_name(version: TariffVersion, snapshot: Snapshot) -> str:
    """Name a product in a sentence; what holds for every product is the operator's own."""
    assert snapshot.tariffs is not None
    general = any(fees.id == version.product for fees in snapshot.tariffs.general)
    return OPERATOR if general else version.name


def _reply(answer: _Collected, snapshot: Snapshot, topic: tuple[str, ...]) -> Reply:
    return Reply(
        blocks=tuple(answer.blocks),
        citations=tuple(answer.citations),
        facts=tuple(answer.facts),
        topic=topic,
        confidence=1.0,
        index_generation=snapshot.number,
    )


def price_of(version: TariffVersion) -> tuple[bool, Decimal]:
    """Return what puts tariffs in order: mobile ones first, then by their price."""
    attributes = version.attributes
    price = attributes.get("grundpreis") or attributes.get("paketpreis")
    fixed = "upload_min" in attributes
    return fixed, price.value if price is not None and price.value is not None else Decimal(0)


def _evidence(
    snapshot: Snapshot, version: TariffVersion, kind: AttributeKind, ask: Ask
) -> Passage | None:
    zones = snapshot.tariffs.zones if snapshot.tariffs is not None else {}
    if version.product in zones:
        zone = zones[version.product]
        candidates = [p for p in snapshot.passages if p.anchor == zone.id and not p.table]
    else:
        candidates = [
            p
            for p in snapshot.passages
            if p.products == (version.product,) or (not p.products and p.kind == "tarif")
        ]
    return passage_for(
        version.attributes[kind.id], kind.label, candidates, ask.on, ask.contract_date
    )


def _zone_passage(snapshot: Snapshot, country: str, zone: RoamingZone, on: date) -> Passage | None:
    return next(
        (
            passage
            for passage in snapshot.passages
            if passage.kind == "roaming"
            and passage.text.startswith(f"{country} ")
            and zone.name in passage.text
            and passage.validity.holds(on)
        ),
        None,
    )
