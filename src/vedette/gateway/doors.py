"""What the gateway port answers itself: health, metrics and the model list."""

from collections.abc import Callable, Mapping

import msgspec

from vedette.dialects import ollama_listing
from vedette.gateway import answers
from vedette.gateway.handler import Door
from vedette.gateway.listing import ModelCard, ModelListing
from vedette.gateway.runtime import Runtime
from vedette.http1.headers import forwardable
from vedette.http1.server import Request, Response
from vedette.model.tenant import VirtualKey

_TEXT = (b"content-type", b"text/plain; version=0.0.4; charset=utf-8")


class Doors:
    """Requests that end here. All are GET (HEAD too)."""

    def __init__(
        self, *, runtime: Callable[[], Runtime], listing: ModelListing,
        metrics: Callable[[], bytes], health: Callable[[], Mapping[str, object]],
        key_of: Callable[[Request], VirtualKey | None],
    ) -> None:  # fmt: skip
        """`key_of` raises Unauthorized."""
        self._key_of = key_of
        self._runtime = runtime
        self._listing = listing
        self._metrics = metrics
        self._health = health

    def table(self) -> dict[str, Door]:
        """Path to handler."""
        models = {path: self.models for path in ("/v1/models", "/models", "/v1/models/")}
        return {
            "/": self.root,
            "/health/live": self.live,
            "/health/ready": self.ready,
            "/metrics": self.metrics,
            "/v1beta/models": self.gemini_models,
            "/api/tags": self.ollama_tags,
            "/api/ps": self.ollama_ps,
            "/api/version": self.ollama_version,
            "/api/show": self.ollama_show,
            **models,
        }

    async def root(self, request: Request, response: Response) -> None:
        """A sign on the door, for people and for clients that probe with HEAD."""
        _json(response, 200, {"name": "vedette", "api": "/v1"})

    async def live(self, request: Request, response: Response) -> None:
        _json(response, 200, {"status": "ok"})

    async def ready(self, request: Request, response: Response) -> None:
        """200 while calls are served, degraded or not; the body says how each part is."""
        _json(response, 200, self._health())

    async def metrics(self, request: Request, response: Response) -> None:
        self._key_of(request)
        response.send(200, [_TEXT], self._metrics())

    async def ollama_version(self, request: Request, response: Response) -> None:
        _send(response, ollama_listing.write_version())

    async def ollama_tags(self, request: Request, response: Response) -> None:
        """The models in the shape of Ollama's own list."""
        cards = await self._cards(request)
        _send(response, ollama_listing.write_tags(card.id for card in cards))

    async def ollama_ps(self, request: Request, response: Response) -> None:
        """Nothing is loaded here: providers keep that to themselves."""
        self._key_of(request)
        _json(response, 200, {"models": []})

    async def ollama_show(self, request: Request, response: Response) -> None:
        self._key_of(request)
        runtime = self._runtime()
        model = ollama_listing.read_show(await request.body.read(_SHOW_BYTES))
        runtime.directory.plan(model)
        _send(response, ollama_listing.write_show(model))

    async def gemini_models(self, request: Request, response: Response) -> None:
        """The models in the shape of Gemini's list."""
        _json(response, 200, _gemini_list(await self._cards(request)))

    async def _cards(self, request: Request) -> list[ModelCard]:
        key = self._key_of(request)
        runtime = self._runtime()
        headers = [] if runtime.gatekeeper.asks_for_key else forwardable(request.headers)
        own = [h for h in headers if not h[0].startswith(b"x-vedette-") and h[0] not in _NOT_SENT]
        cards = await self._listing.cards(runtime.directory, own)
        if key is None:
            return cards
        return [card for card in cards if runtime.gatekeeper.tenants.may_see(key, card.id)]

    async def models(self, request: Request, response: Response) -> None:
        cards = await self._cards(request)
        if request.header(b"anthropic-version") is not None:
            _json(response, 200, _anthropic_list(cards))
        elif any(name.startswith(b"x-goog-") for name, _ in request.headers):
            # Google's client asks here too; its key or its own headers show it.
            _json(response, 200, _gemini_list(cards))
        else:
            _json(response, 200, {"object": "list", "data": cards})


_SHOW_BYTES = 65_536
_NOT_SENT = frozenset({b"accept-encoding", b"cookie", b"origin"})


def _anthropic_list(cards: list[ModelCard]) -> dict[str, object]:
    data = [{"type": "model", "id": card.id, "display_name": card.id} for card in cards]
    first, last = (cards[0].id, cards[-1].id) if cards else (None, None)
    return {"data": data, "has_more": False, "first_id": first, "last_id": last}


def _gemini_list(cards: list[ModelCard]) -> dict[str, object]:
    methods = ["generateContent", "streamGenerateContent", "countTokens", "embedContent"]
    models = [
        {
            "name": f"models/{card.id}", "displayName": card.id,
            "supportedGenerationMethods": methods,
        }
        for card in cards
    ]  # fmt: skip
    return {"models": models}


def _send(response: Response, body: bytes) -> None:
    response.send(200, [answers.JSON], body)


def _json(response: Response, status: int, value: object) -> None:
    response.send(status, [answers.JSON], msgspec.json.encode(value))
