"""`GET /v1/models`: the names that work here.

With one real provider a client sees that provider's own names, as it would without us. With
several, names are `provider/model`. Routes always stand first. A provider that does not answer is
left out; what was fetched is kept for a minute.
"""

import asyncio
from typing import Any

import msgspec

from vedette.clock import Clock
from vedette.dialects.reading import as_list, as_mapping, as_text
from vedette.gateway.directory import Directory, Upstream
from vedette.gateway.fetching import Fetcher
from vedette.http1.headers import request_head

KEEP_S = 60.0
_ANSWER_S = 3.0
_LIST_BYTES = 4_194_304

Headers = list[tuple[bytes, bytes]]


class ModelCard(msgspec.Struct, frozen=True):
    """One entry, in OpenAI's shape."""

    id: str
    owned_by: str
    created: int = 0
    object: str = "model"


class _Listed(msgspec.Struct):
    id: str
    created: int | None = 0


class _List(msgspec.Struct):
    data: list[_Listed] = []
    models: Any = None
    """Google's own list, to which a client's headers may lead."""

    def cards(self, owner: str) -> tuple[ModelCard, ...]:
        if self.data:
            return tuple(ModelCard(m.id, owner, m.created or 0) for m in self.data)
        names = (as_text(as_mapping(model).get("name")) for model in as_list(self.models))
        return tuple(ModelCard(name.removeprefix("models/"), owner) for name in names if name)


class ModelListing:
    """Asks providers for their models, all at once, with one short deadline."""

    def __init__(self, clock: Clock, fetcher: Fetcher) -> None:
        self._clock = clock
        self._fetcher = fetcher
        self._kept: dict[tuple[str, bytes], tuple[float, tuple[ModelCard, ...]]] = {}

    async def cards(self, directory: Directory, client_headers: Headers) -> list[ModelCard]:
        """Routes, then every provider's models. `client_headers` carry a forwarded credential."""
        upstreams = list(directory.upstreams.values())
        real = [upstream for upstream in upstreams if upstream.settings.kind != "sim"]
        lists = await asyncio.gather(*(self._models(u, client_headers) for u in upstreams))
        cards = [ModelCard(name, "vedette") for name in directory.routes]
        for upstream, models in zip(upstreams, lists, strict=True):
            bare = len(real) == 1 and upstream is real[0]
            for card in models:
                name = card.id if bare else f"{upstream.name}/{card.id}"
                cards.append(ModelCard(name, upstream.name, card.created))
        return list({card.id: card for card in cards}.values())

    async def _models(self, upstream: Upstream, headers: Headers) -> tuple[ModelCard, ...]:
        credential = b"" if upstream.settings.api_key else _credential(headers)
        key = (upstream.name, credential)
        kept = self._kept.get(key)
        now = self._clock.monotonic()
        if kept is not None and kept[0] > now:
            return kept[1]
        body = await self._fetch(upstream, headers)
        try:
            listed = msgspec.json.decode(body, type=_List) if body else _List()
        except (msgspec.DecodeError, UnicodeDecodeError):
            listed = _List()
        cards = listed.cards(upstream.name)
        if cards and len(self._kept) < 256:
            self._kept[key] = (now + KEEP_S, cards)
        return cards

    async def _fetch(self, upstream: Upstream, headers: Headers) -> bytes:
        call = upstream.provider.prepare(method="GET", path="/models", query="", headers=headers)
        head = request_head(call.method, call.target, call.headers)
        answer = await self._fetcher.fetch(
            upstream.pool, head, seconds=_ANSWER_S, limit=_LIST_BYTES
        )
        return answer.body if answer.status == 200 else b""


def _credential(headers: Headers) -> bytes:
    return next((value for name, value in headers if name in _CREDENTIALS), b"")


_CREDENTIALS = frozenset({b"authorization", b"x-api-key", b"api-key", b"x-goog-api-key"})
