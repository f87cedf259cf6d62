"""Service fees hold for every product by the day of its contract: no document may say otherwise.

A price list can be sold for longer than a version of the fees; then it would state the fees of its
first contracts to the last ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_base.figures import figures_of
from knowledge_base.findings import Content, Finding
from knowledge_base.loaders import Reading
from knowledge_base.periods import overlap
from knowledge_base.products import TariffVersion
from knowledge_base.tariffs import Tariffs
from knowledge_base.wording import wording

_KINDS = ("preisliste", "agb")
_SENTENCE = re.compile(r"(?<=[.;])\s")


def fees(content: Content) -> Iterator[Finding]:
    """Find fees in price lists and terms that are others in the fee list of the same contracts."""
    for path, reading in content.readings.items():
        if reading.metadata.kind not in _KINDS:
            continue
        for version in _in_force(reading, content.tariffs):
            for message in _wrong(reading, version, content.tariffs):
                yield Finding(
                    file=content.name(path),
                    line=None,
                    message=message,
                    remedy="let the document end where the version of the fees ends, "
                    "or change the fee",
                )


def _in_force(reading: Reading, tariffs: Tariffs) -> Iterator[TariffVersion]:
    """Give the versions of the fees that hold for a contract of the document on some day."""
    about = reading.metadata
    for general in tariffs.general:
        if about.audience is not general.audience:
            continue
        for version in general.versions:
            if overlap(about.validity, version.validity):
                yield version


def _wrong(reading: Reading, version: TariffVersion, tariffs: Tariffs) -> Iterator[str]:
    labels = {tariffs.kinds[one].label: one for one in version.attributes}
    of = f"{version.name} {version.version} of its contracts"
    for block in reading.blocks:
        text = " ".join(block.text.split())
        row, _, cells = text.partition(": ")
        if block.table:
            if row in labels:
                right = wording(version.attributes[labels[row]])
                if _prices(cells) != _prices(right):
                    yield f"says {cells!r} for {row}, but {of} say {' '.join(right.split())!r}"
            continue
        for sentence in _SENTENCE.split(text):
            named = [version.attributes.get(one) for one in tariffs.asked(sentence)]
            known = [wording(one) for one in named if one is not None and one.value is not None]
            # A sentence may state other amounts as well, but only beside a fee that is free.
            for price in sorted(_prices(sentence) - _prices(" ".join(known))) if known else ():
                yield f"says {price} in {sentence!r}, but {of} say {' or '.join(known)!r}"


def _prices(text: str) -> set[str]:
    return {figure for figure in figures_of(text) if figure.endswith("€")}
