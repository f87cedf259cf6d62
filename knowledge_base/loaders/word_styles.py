"""What Word shows but does not write into the text: the level of a heading, automatic numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge_base.loaders.reading import clean

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|überschrift) ?(?P<level>[1-9])|title|titel", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|verzeichnis) \d|(?:toc|inhaltsverzeichnis)\w*", re.IGNORECASE)
_BODY_TEXT = 9
"""The outline level that is none."""
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def value(element: Element, path: str) -> str | None:
    """Read the value of a setting below an element: ``pPr/numPr/ilvl``."""
    found = element.find("/".join(W + name for name in path.split("/")))
    return None if found is None else found.get(f"{W}val")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """What a paragraph says itself; the rest it has from the style it is based on."""

    id: str | None
    name: str
    base: str | None
    outline: str | None
    numbering: str | None
    depth: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    start: int
    format: str
    text: str
    style: str | None


@dataclass(slots=True, kw_only=True)
class Styles:
    """The styles and lists of one document; numbers are counted in the order they are asked."""

    _styles: Mapping[str, _Style]
    _lists: Mapping[str, tuple[str, Mapping[int, _Level]]]
    """Of each numbering: the list whose numbers it goes on counting, and how that counts."""
    _restarts: dict[tuple[str, int], int]
    """Where a numbering begins the list anew, until it has."""
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Styles:
        """Read the styles and lists of a document."""
        styles = [_style(one) for one in document.styles.element.iter(f"{W}style")]
        lists: dict[str, tuple[str, Mapping[int, _Level]]] = {}
        restarts: dict[tuple[str, int], int] = {}
        for part in document.part.rels.values():
            if part.reltype.endswith("/numbering"):
                root: Element = part.target_part.element
                abstract = {
                    one.get(f"{W}abstractNumId"): one for one in root.iter(f"{W}abstractNum")
                }
                for one in root.iter(f"{W}num"):
                    name, counted = one.get(f"{W}numId", ""), value(one, "abstractNumId") or ""
                    found = abstract.get(counted)
                    lists[name] = (counted, {} if found is None else _levels(found))
                    for change in one.iter(f"{W}lvlOverride"):
                        start = value(change, "startOverride")
                        if start is not None:
                            restarts[name, int(change.get(f"{W}ilvl", "0"))] = int(start)
        return cls(
            _styles={style.id: style for style in styles if style.id},
            _lists=lists,
            _restarts=restarts,
        )

    def level(self, paragraph: Element) -> int | None:
        """Tell the level of a heading: 0 for the title, ``None`` for other text."""
        for style in self._chain(paragraph):
            named = _HEADING.fullmatch(style.name)
            if named:
                return int(named["level"] or 0)
            if style.outline is not None:
                outline = int(style.outline)
                return outline + 1 if outline < _BODY_TEXT else None
        return None

    def lists_contents(self, paragraph: Element) -> bool:
        """Tell whether the paragraph is a line of a table of contents."""
        return any(_CONTENTS.fullmatch(style.name) for style in self._chain(paragraph))

    def number(self, paragraph: Element) -> str:
        """Count the automatic number of a paragraph, ``4.2``; a bullet is none."""
        chain = list(self._chain(paragraph))
        name = next((one.numbering for one in chain if one.numbering is not None), None)
        if name is None or name not in self._lists:
            return ""
        counted, levels = self._lists[name]
        said = next((one.depth for one in chain if one.depth is not None), None)
        ids = {one.id for one in chain if one.id}
        of_style = next((at for at, level in levels.items() if level.style in ids), 0)
        depth = of_style if said is None else int(said)
        return self._next(name, counted, levels, depth) if depth in levels else ""

    def _next(self, name: str, counted: str, levels: Mapping[int, _Level], depth: int) -> str:
        restart = self._restarts.pop((name, depth), None)
        before = self._counts.get((counted, depth), levels[depth].start - 1)
        self._counts[counted, depth] = before + 1 if restart is None else restart
        for deeper in (at for at in levels if at > depth):
            self._counts.pop((counted, deeper), None)
        if levels[depth].format in {"bullet", "none"}:
            return ""

        def said(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            level = levels.get(at, levels[depth])
            return _counted(self._counts.get((counted, at), level.start), level.format)

        return clean(re.sub(r"%([1-9])", said, levels[depth].text))

    def _chain(self, paragraph: Element) -> Iterator[_Style]:
        """Yield what the paragraph says itself, then its style and those that is based on."""
        own = _style(paragraph)
        yield own
        following, seen = value(paragraph, "pPr/pStyle") or "", set[str]()
        while following in self._styles and following not in seen:
            seen.add(following)
            style = self._styles[following]
            yield style
            following = style.base or ""


def _style(element: Element) -> _Style:
    return _Style(
        id=element.get(f"{W}styleId"),
        name=value(element, "name") or "",
        base=value(element, "basedOn"),
        outline=value(element, "pPr/outlineLvl"),
        numbering=value(element, "pPr/numPr/numId"),
        depth=value(element, "pPr/numPr/ilvl"),
    )


def _levels(abstract: Element) -> dict[int, _Level]:
    return {
        int(one.get(f"{W}ilvl", "0")): _Level(
            start=int(value(one, "start") or "1"),
            format=value(one, "numFmt") or "decimal",
            text=value(one, "lvlText") or "",
            style=value(one, "pStyle"),
        )
        for one in abstract.iter(f"{W}lvl")
    }


def _counted(count: int, form: str) -> str:
    if form.endswith("Letter") and count > 0:
        text = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
    elif form.endswith("Roman"):
        text, rest = "", count
        for worth, letters in _ROMAN:
            text += letters * (rest // worth)
            rest %= worth
    else:
        text = str(count)
    return text.upper() if form.startswith("upper") else text
