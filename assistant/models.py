"""Language models through LangChain: any OpenAI-compatible server. There may be none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from assistant.written import ModelError

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

DEFAULT_MODEL = "gpt-4o-mini"
MOST_TOKENS = 400


class OpenAIModel:
    """A chat model behind an OpenAI-compatible interface; imported on first use."""

    def __init__(
        self, name: str = DEFAULT_MODEL, *, api_key: str, base_url: str | None, silence: float = 8.0
    ) -> None:
        """Remember how to reach it; `silence` is how many seconds it may send nothing."""
        self.name = name
        self._api_key = api_key
        self._base_url = base_url
        self._silence = silence
        self._client: ChatOpenAI | None = None

    async def stream(self, system: str, question: str) -> AsyncIterator[str]:
        """Stream the answer.

        Raises:
            ModelError: It cannot be reached, answers with an error, or breaks off.
        """
        client = self._chat()
        try:
            async for chunk in client.astream([("system", system), ("human", question)]):
                text = chunk.text
                if text:
                    yield str(text)
        except Exception as error:
            # The client library raises errors of several packages; here they become ours.
            raise ModelError(f"the model {self.name!r} failed: {error}") from error

    async def aclose(self) -> None:
        """Close the connections; an answer that still hangs is given up."""
        if self._client is not None:
            await self._client.root_async_client.close()
            self._client = None

    def _chat(self) -> ChatOpenAI:
        if self._client is None:
            from langchain_openai import ChatOpenAI
            from pydantic import SecretStr

            self._client = ChatOpenAI(
                model=self.name,
                api_key=SecretStr(self._api_key),
                base_url=self._base_url,
                temperature=0,
                max_completion_tokens=MOST_TOKENS,
                timeout=self._silence,
                max_retries=0,
            )
        return self._client
