"""German or English? Small words tell; names of products, figures and single words tell nothing."""

from __future__ import annotations

import re

from assistant.messages import Language

_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_ENGLISH = frozenset(
    """
    the a my your our their this that these those which what's how's i'm i'd i've i'll don't
    doesn't can't isn't won't didn't haven't you're it's there's where's
    i you he she we they it me us them who what when where why how whose
    is are am does do did was were has have had can could would should may might must will shall
    and or but if because of to for from with without by at on in into about after before until
    during between than as not no yes please any some much many more most there here only still
    just also too get got need want know tell show give keep make take use using change pay cost
    costs cheaper cheapest lost forgot broken slow entered include includes included
    price prices fee fees charge charges monthly cancel cancellation contract bill bills invoice
    compare difference help thanks thank speed allowance period notice minimum term number phone
    calls abroad setup replacement upload download data mobile landline customer
    service password balance top
    """.split()
)
_GERMAN = frozenset(
    """
    der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner
    mein meine meinen meinem meiner meines dein ihr ihre ihren euer eure unser unsere
    ich du wir euch sie mich mir dich dir uns ihnen man wer wie wo was wann warum wieso weshalb
    welche welcher welches welchen wieviel woher wohin
    ist sind bin bist seid hat habe haben hab hast kann kannst könnt können muss müssen soll will
    möchte wird werden wurde gibt gibts geht kostet kosten läuft
    und oder aber wenn weil dass ob als auch noch nur nicht nichts schon mal bitte danke denn doch
    in im am an auf aus bei beim mit nach von vom zu zum zur über unter für ohne gegen bis seit
    je viel viele mehr es so da dann hier jetzt heute ja nein
    hallo moin guten kündigen kündigung rechnung vertrag preis nummer hilfe
    """.split()
)
_BOTH = _ENGLISH & _GERMAN
_WEAK = frozenset(
    "is on in me at to as no so do i a he calls top upload mobile service us notice cost help speed"
    " use minimum data download mobile top landline password".split()
)
"""English words that stand in German messages, too: "Internet is weg", "no data", "Top Service"."""
_UMLAUT = re.compile(r"[äöüß]", re.IGNORECASE)


def recognised(text: str) -> Language | None:
    """Tell a text's language; None where too little of it tells."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    english = [word for word in words if word in _ENGLISH and word not in _BOTH]
    german = sum(word in _GERMAN and word not in _BOTH for word in words)
    german += sum(_UMLAUT.search(word) is not None for word in words)
    strong = sum(word not in _WEAK for word in english)
    if strong and strong + len(english) > 2 * german:
        return "en"
    return "de" if german and german >= strong else None
