"""The state of one exchange, from its head to its record."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from vedette.dialects.openai_head import RequestHead
from vedette.gateway.directory import Plan, Target
from vedette.gateway.identify import Caller
from vedette.gateway.routes import Endpoint
from vedette.http1.refusals import REASONS, STOPPED, refusal_message
from vedette.http1.server import Request, Response
from vedette.model.chat import ChatRequest
from vedette.model.exchange import Attempt as AttemptRecord
from vedette.model.tenant import VirtualKey
from vedette.model.usage import Usage

if TYPE_CHECKING:
    from vedette.gateway.afterwards import Late
    from vedette.gateway.hedging import Rivalry
    from vedette.gateway.limits import Lease
    from vedette.gateway.recovery import Recovery
    from vedette.gateway.translation import ChatTranslation, EmbeddingTranslation


class Capture:
    """The first bytes of an answer, for the record; counts all of them."""

    __slots__ = ("_blocks", "_parts", "limit", "size")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._parts: list[bytes] = []
        self._blocks = 0
        """How many of the parts are blocks of joined ones; they come first."""
        self.size = 0

    def add(self, data: bytes) -> None:
        if self.size < self.limit:
            parts = self._parts
            parts.append(data)
            if len(parts) - self._blocks >= _BLOCK:
                self._join()
        self.size += len(data)

    def _join(self) -> None:
        """Thousands of small objects that live for minutes leave memory full of holes."""
        parts = self._parts
        parts[self._blocks :] = [b"".join(parts[self._blocks :])]
        self._blocks += 1

    def body(self) -> bytes:
        """What was kept: at most the limit."""
        return b"".join(self._parts)[: self.limit]


_BLOCK = 16
_NOBODY = Caller("")
_NO_PLAN = Plan(targets=())


class Exchange:
    """One call. Facts are written as they become known and read when the record is made.

    `gone` is set once when the client leaves; whatever waits for something then gives up.
    """

    __slots__ = (
        "afterwards",
        "asked",
        "attempts",
        "attributes",
        "body",
        "cache",
        "caller",
        "capture",
        "capture_mode",
        "content_encoding",
        "content_type",
        "cost_nano_usd",
        "ended",
        "endpoint",
        "error",
        "error_message",
        "error_source",
        "finish_reason",
        "gone",
        "head",
        "is_fallback",
        "keeps_key",
        "key",
        "lease",
        "limit_lines",
        "on_gone",
        "overhead_ms",
        "plan",
        "price_version",
        "project_id",
        "recovery",
        "request",
        "request_bytes",
        "request_id",
        "requested_model",
        "response",
        "response_id",
        "response_model",
        "rivalry",
        "span_id",
        "started",
        "started_ns",
        "status",
        "stream",
        "strips_usage",
        "target",
        "tenant",
        "tier",
        "translation",
        "tries",
        "ttft_ms",
        "upstream_s",
        "usage",
        "wire",
    )

    head: RequestHead | None
    target: Target | None
    usage: Usage | None
    cost_nano_usd: int | None
    ttft_ms: float | None
    overhead_ms: float | None
    wire: str
    """Dialect of the provider that is asked; another than the client's with a translation."""
    translation: "ChatTranslation | EmbeddingTranslation | None"
    recovery: "Recovery | None"
    """What it takes to go on should the stream break, on routes that want it."""
    rivalry: "Rivalry | None"
    """Between two attempts at the same answer, while both are under way."""
    asked: ChatRequest | None
    """The request in neutral form, once somebody wanted to know (`conditions.asked`)."""
    attributes: dict[str, str] | None
    """What else the span should say."""
    is_fallback: bool
    """Whether another target answers than the one that was asked first."""
    cache: str
    """`off`, `miss` or `hit`."""
    keeps_key: bool
    """Whether the client's credential goes on to the provider."""
    key: int
    """Which of the provider's keys the current attempt uses."""
    lease: "Lease | None"
    """What the call holds of its limits."""
    limit_lines: bytes
    """Header lines that tell of its limits, and by which name its answer is kept."""
    tier: str
    """Service tier that the provider charges, where it is not the usual one."""
    afterwards: "Late | None"
    """What is still said when the client has its answer; the record waits for it."""
    ended: float
    """When the client had its answer, where that is not when the record is made; else 0."""
    tries: int
    """Attempts begun; one more than `attempts` while one is under way."""
    on_gone: Callable[[], None] | None

    def __init__(self, request: Request, response: Response, endpoint: Endpoint) -> None:
        self.request = request
        self.response = response
        self.endpoint = endpoint
        self.wire = endpoint.dialect
        self.request_id = self.span_id = self.requested_model = self.tier = ""
        self.started = self.upstream_s = self.ended = 0.0
        self.started_ns = self.request_bytes = self.tries = self.status = self.key = 0
        self.caller = _NOBODY
        self.stream = self.strips_usage = self.is_fallback = self.keeps_key = self.gone = False
        self.body = self.content_type = self.content_encoding = b""
        self.plan = _NO_PLAN
        self.capture_mode = "full"
        self.project_id = "default"
        self.cache = "off"
        self.capture = Capture(0)
        self.attempts: list[AttemptRecord] = []
        self.error = self.error_message = self.error_source = ""
        self.finish_reason = self.response_model = self.response_id = self.price_version = ""
        self.head = self.target = self.usage = self.cost_nano_usd = None
        self.ttft_ms = self.overhead_ms = None
        self.tenant: VirtualKey | None = None
        self.translation = self.asked = self.attributes = self.on_gone = None
        self.recovery = self.rivalry = self.lease = self.afterwards = None
        self.limit_lines = b""

    @property
    def translates(self) -> bool:
        """Whether client and provider of the current attempt speak different dialects."""
        return self.wire != self.endpoint.dialect

    def belongs_to(self, key: VirtualKey) -> None:
        """Whose call it is, and what the span says of that."""
        self.tenant = key
        self.note("vedette.key_id", key.id)
        if key.replaces:
            self.note("vedette.key_account", key.account_id)
        self.note("vedette.organization_id", key.organization_id)

    def note(self, name: str, value: str) -> None:
        """Have the span say so."""
        if self.attributes is None:
            self.attributes = {}
        self.attributes[name] = value

    def client_lost(self) -> None:
        """The client closed its side: stop whatever is under way."""
        if self.gone:
            return
        self.gone = True
        if self.on_gone is not None:
            self.on_gone()
        if self.rivalry is not None:
            self.rivalry.client_lost(self)

    def cut_short(self, refused: int) -> None:
        """The rim ended it, for one of its `REASONS`: the client has not left."""
        self.gone = False
        if not self.response.started:
            self.status = 503 if refused == STOPPED else refused
        self.fail(REASONS[refused], refusal_message(refused), source="gateway")

    def twin(self) -> "Exchange":
        """The same call for a rival attempt: what is known so far, and facts of its own from here
        on. The list of attempts is one for both."""
        twin = Exchange.__new__(Exchange)
        for name in self.__slots__:
            setattr(twin, name, getattr(self, name))
        twin.on_gone = None
        twin.capture = Capture(self.capture.limit)
        return twin

    def adopt(self, twin: "Exchange") -> None:
        """Take over the facts of the twin, whose attempt answered the client."""
        for name in self.__slots__:
            if name not in _OWN:
                setattr(self, name, getattr(twin, name))

    async def pause(self, seconds: float, *, until: list[Callable[[], None]] | None = None) -> None:
        """Wait; returns early when the client leaves or somebody calls what is put in `until`."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def wake() -> None:
            if not woken.done():
                woken.set_result(None)

        self.on_gone = wake
        if until is not None:
            until.append(wake)
        try:
            async with asyncio.timeout(seconds):
                await woken
        except TimeoutError:
            pass
        finally:
            self.on_gone = None
            if until is not None:
                until.remove(wake)

    def fail(self, code: str, message: str, *, source: str) -> None:
        """Note why the answer is no success. The first reason stays."""
        if not self.error:
            self.error, self.error_message, self.error_source = code, message, source


_OWN = frozenset({"on_gone", "rivalry"})
"""What a twin does not bring home."""
_NOBODY = Caller("")
_NO_PLAN = Plan(targets=())
