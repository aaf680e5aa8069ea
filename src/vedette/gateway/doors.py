"""What the gateway port answers itself: health, metrics and the model list."""

from collections.abc import Callable, Mapping

import msgspec

from vedette.gateway import answers
from vedette.gateway.handler import Door, Runtime
from vedette.gateway.listing import ModelCard, ModelListing
from vedette.http1.headers import forwardable
from vedette.http1.server import Request, Response

_TEXT = (b"content-type", b"text/plain; version=0.0.4; charset=utf-8")


class Doors:
    """Requests that end here. All are GET (HEAD too)."""

    def __init__(
        self, *, runtime: Callable[[], Runtime], listing: ModelListing,
        metrics: Callable[[], bytes], health: Callable[[], Mapping[str, object]],
    ) -> None:  # fmt: skip
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
        self._runtime().gatekeeper.check_key(request)
        response.send(200, [_TEXT], self._metrics())

    async def models(self, request: Request, response: Response) -> None:
        runtime = self._runtime()
        runtime.gatekeeper.check_key(request)
        headers = [] if runtime.gatekeeper.asks_for_key else forwardable(request.headers)
        own = [h for h in headers if not h[0].startswith(b"x-vedette-") and h[0] not in _NOT_SENT]
        cards = await self._listing.cards(runtime.directory, own)
        if request.header(b"anthropic-version") is not None:
            _json(response, 200, _anthropic_list(cards))
        else:
            _json(response, 200, {"object": "list", "data": cards})


_NOT_SENT = frozenset({b"accept-encoding", b"cookie", b"origin"})


def _anthropic_list(cards: list[ModelCard]) -> dict[str, object]:
    data = [{"type": "model", "id": card.id, "display_name": card.id} for card in cards]
    first, last = (cards[0].id, cards[-1].id) if cards else (None, None)
    return {"data": data, "has_more": False, "first_id": first, "last_id": last}


def _json(response: Response, status: int, value: object) -> None:
    response.send(status, [answers.JSON], msgspec.json.encode(value))
