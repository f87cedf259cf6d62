"""What customers really type is understood, and general questions are left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from assistant.knowledge import Knowledge
from assistant.messages import Ask, ConversationState, Message
from assistant.own.meaning import ranked, weigh
from knowledge_base.embeddings import BuiltInEmbedder
from knowledge_base.index import ingest
from knowledge_base.search import Search
from knowledge_base.snapshot import Snapshots
from knowledge_base.sources import CONTENT

QUESTIONS = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text("utf-8"))
GENERAL = "allgemein"


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """Learn from the questions about own data and from those about attributes of tariffs."""
    content, home = tmp_path_factory.mktemp("content"), tmp_path_factory.mktemp("home")
    shutil.copytree(CONTENT / "tarife", content / "tarife")
    (content / "fragen").mkdir()
    for path in (CONTENT / "fragen").glob("*.yaml"):
        if "documents:" not in path.read_text("utf-8"):
            shutil.copy(path, content / "fragen")
    embedder = BuiltInEmbedder()
    ingest([content], home, embedder, strict=False)
    snapshots = Snapshots(home)
    return Knowledge(Search(snapshots, embedder), snapshots)


async def test_nine_of_ten_questions_find_their_subject(knowledge, content, say):
    found = {}
    for text, subject in QUESTIONS:
        message: Message = say(text)
        ask = Ask(message=message, text=text, state=ConversationState(), on=message.sent_at.date())
        weighed = await weigh(ask, content, knowledge, knowledge.current)
        entries = ranked(weighed, content)
        found[text] = (content.of_subject.get(subject), [one.id for one in entries])

    own = [pair for pair in found.values() if pair[0] is not None]
    general = [pair for pair in found.values() if pair[0] is None]
    assert len(own) > 90
    assert len(general) > 35
    assert sum([wanted] == got for wanted, got in own) >= 0.9 * len(own)
    # The whole index, which knows what the help pages answer, leaves all of them alone.
    assert sum(bool(got) for _, got in general) <= 0.1 * len(general)
