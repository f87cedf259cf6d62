"""Does somebody ask for a firm? What holds for consumers is then no answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.messages import Fact
from knowledge_base.documents import Audience
from knowledge_base.tariffs import Tariffs

_FIRM = re.compile(
    r"(?<!andere )(?<!anderen )(?<!anderer )(?<!fremde )(?<!fremden )"
    r"\b(?:\w*firma|\w*firmen\w*|\w*unternehmen\w*|gmbh|gbr|handwerksbetrieb\w*|gewerb\w*|"
    r"gesch(?:ä|ae)fts?kund\w*|gesch(?:ä|ae)ftlich\w*|freiberufl\w*|selbst(?:st)?(?:ä|ae)ndig\w*|"
    r"b2b|business)\b",
    re.IGNORECASE,
)


def audience_of(text: str, tariffs: Tariffs | None) -> Audience:
    """Tell whom an answer must address: a business where a firm or its product is spoken of."""
    named = tariffs.mentioned(text) if tariffs is not None else ()
    if any(tariff.audience is Audience.BUSINESS for tariff in named) or _FIRM.search(text):
        return Audience.BUSINESS
    return Audience.EVERYONE


def addressed(facts: Iterable[Fact], audience: Audience, tariffs: Tariffs | None) -> bool:
    """Tell whether facts of tariffs may be said to an audience: consumers' terms to no business."""
    if audience is not Audience.BUSINESS or tariffs is None:
        return True
    products = {fact.product for fact in facts if fact.product}
    sold = [tariffs.tariffs[name] for name in products if name in tariffs.tariffs]
    private = [one for one in sold if one.audience is Audience.CONSUMER]
    return not private and not products & set(tariffs.zones)
