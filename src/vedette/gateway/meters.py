"""What a worker counts. Names follow OpenTelemetry's GenAI and HTTP metrics."""

from collections.abc import Iterable, Mapping

from vedette.gateway.exchange import Exchange
from vedette.metrics import Counter, Family, Histogram, Sample

_SECONDS = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92)
_OVERHEAD = (0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25)
_CALL = ("operation", "provider", "model")

DURATION = Family(
    "gen_ai_client_operation_duration_seconds",
    "Time from the request to the last byte of the answer.",
    "histogram", (*_CALL, "error_type"), _SECONDS,
)  # fmt: skip
FIRST_TOKEN = Family(
    "gen_ai_client_operation_time_to_first_chunk_seconds",
    "Time from the request to the first output of a stream.",
    "histogram", _CALL, _SECONDS,
)  # fmt: skip
OVERHEAD = Family(
    "vedette_gateway_overhead_seconds",
    "The gateway's own share of the time.",
    "histogram", ("operation",), _OVERHEAD,
)  # fmt: skip
TOKENS = Family(
    "gen_ai_client_tokens", "Tokens by class.", "counter", ("provider", "model", "token_type")
)
COST = Family("gen_ai_client_cost_usd", "Cost at list price.", "counter", ("provider", "model"))
HTTP = Family(
    "http_server_requests", "Requests answered, by status.", "counter", ("operation", "status_code")
)
HTTP_DURATION = Family(
    "http_server_request_duration_seconds",
    "Time from the request to the last byte of the answer, by operation.",
    "histogram", ("operation",), _SECONDS,
)  # fmt: skip
ATTEMPTS = Family(
    "vedette_gateway_attempts", "Attempts at providers.", "counter", ("provider", "outcome")
)
STAGE_FAILURES = Family(
    "vedette_stage_failures", "Failures of a stage; the call went on.", "counter", ("stage",)
)
STAGE_SKIPS = Family(
    "vedette_stage_skips", "Calls that went past an open breaker.", "counter", ("stage",)
)
RIM_REFUSALS = Family(
    "http_server_refused", "Requests refused by the HTTP rim.", "counter", ("reason",)
)
ACTIVE = Family("http_server_active_requests", "Requests under way.", "gauge")
CONNECTIONS = Family("http_server_open_connections", "Open client connections.", "gauge")
WEBSOCKETS = Family(
    "vedette_websockets_open", "WebSockets between a client and a provider.", "gauge"
)
WEBSOCKETS_UNREAD = Family(
    "vedette_websockets_unread", "WebSockets whose frames could not be read to the end.", "counter"
)
QUEUE = Family("vedette_records_waiting", "Records waiting for the core.", "gauge")
RECORDS = Family(
    "vedette_records",
    "Records by fate: sent, spilled, bare (without bodies), dropped.",
    "counter",
    ("fate",),
)

GUARD = Family(
    "vedette_guard_calls", "Guarded calls by the harshest action.", "counter", ("action",)
)
GUARD_BYPASSES = Family(
    "vedette_guard_bypasses", "What a guard should have looked at and did not.", "counter",
    ("reason",),
)  # fmt: skip
GUARD_ALERTS = Family("vedette_guard_alerts", "Calls that raised an alert.", "counter", ("rule",))

CACHE = Family("vedette_cache_lookups", "Calls by what the cache had.", "counter", ("outcome",))
CACHE_SAVED = Family("vedette_cache_saved_usd", "Cost of calls that were not made.", "counter")
CACHE_SIZE = Family("vedette_cache_answers", "Answers kept.", "gauge")
CACHE_BYTES = Family("vedette_cache_bytes", "Size of the answers kept.", "gauge")

FAMILIES = (
    DURATION, FIRST_TOKEN, OVERHEAD, TOKENS, COST, HTTP, HTTP_DURATION, ATTEMPTS,
    STAGE_FAILURES, STAGE_SKIPS, RIM_REFUSALS, ACTIVE, CONNECTIONS, QUEUE, RECORDS,
    WEBSOCKETS, WEBSOCKETS_UNREAD, GUARD, GUARD_BYPASSES, GUARD_ALERTS,
    CACHE, CACHE_SAVED, CACHE_SIZE, CACHE_BYTES,
)  # fmt: skip


class _Row:
    """The samples that calls with the same labels move, found with one look-up."""

    __slots__ = ("cost", "duration", "first_token", "http", "overhead", "tokens")

    def __init__(self, meters: "Meters", key: tuple[str, str, str, str, int]) -> None:
        operation, provider, model, error, status = key
        call = (operation, provider, model)
        self.duration = meters.duration.sample((*call, error))
        self.first_token = meters.first_token.sample(call)
        self.overhead = meters.overhead.sample((operation,))
        self.http = meters.http.sample((operation, str(status)))
        self.cost = meters.cost.sample((provider, model))
        self.tokens = [
            meters.tokens.sample((provider, model, kind))
            for kind in ("input", "output", "cache_read")
        ]


class Meters:
    """The numbers of one worker."""

    def __init__(self) -> None:
        self.duration = Histogram(DURATION)
        self.first_token = Histogram(FIRST_TOKEN)
        self.overhead = Histogram(OVERHEAD)
        self.tokens = Counter(TOKENS)
        self.cost = Counter(COST)
        self.http = Counter(HTTP)
        self.attempts = Counter(ATTEMPTS)
        self.guard = Counter(GUARD)
        self.bypasses = Counter(GUARD_BYPASSES)
        self.alerts = Counter(GUARD_ALERTS)
        self._rows: dict[tuple[str, str, str, str, int], _Row] = {}

    def observe(self, exchange: Exchange, seconds: float) -> None:
        """Count a finished exchange."""
        operation = exchange.endpoint.operation
        status = 499 if exchange.gone else exchange.status
        for attempt in exchange.attempts:
            self.attempts.sample((attempt.provider, attempt.error or "ok")).value += 1
        if exchange.attributes is not None and _GUARDED in exchange.attributes:
            self._count_guard(exchange.attributes)
        target = exchange.target
        # The target's name, never the answer's: the set of configured names is bounded.
        model = (target.model or exchange.requested_model) if target is not None else ""
        provider = target.upstream.name if target is not None else ""
        error = exchange.error or ("" if status < 400 else f"http_{status}")
        row = self._row((operation, provider, model, error, status))
        row.http.value += 1
        self.duration.put(row.duration, seconds)
        if exchange.ttft_ms is not None:
            self.first_token.put(row.first_token, exchange.ttft_ms / 1e3)
        if exchange.overhead_ms is not None:
            self.overhead.put(row.overhead, exchange.overhead_ms / 1e3)
        usage = exchange.usage
        if usage is not None:
            tokens_in, tokens_out, cached = row.tokens
            tokens_in.value += usage.input_total
            tokens_out.value += usage.output_total
            cached.value += usage.cache_read_total
        if exchange.cost_nano_usd:
            row.cost.value += exchange.cost_nano_usd / 1e9

    def _count_guard(self, told: Mapping[str, str]) -> None:
        """What `gateway.watching` says of a call; its words are those of configured policies."""
        self.guard.sample((told[_GUARDED],)).value += 1
        if _BYPASSED in told:
            _count_each(self.bypasses, told[_BYPASSED])
        if _ALERTS in told:
            _count_each(self.alerts, told[_ALERTS])

    def samples(self) -> Iterable[Sample]:
        """Everything counted so far."""
        for family in (
            self.duration, self.first_token, self.overhead, self.tokens, self.cost, self.http,
            self.attempts, self.guard, self.bypasses, self.alerts,
        ):  # fmt: skip
            yield from family.samples()
        yield from self._http_durations()

    def _http_durations(self) -> Iterable[Sample]:
        """The same durations by operation alone: summed when asked for, not on each call."""
        sums: dict[str, Sample] = {}
        for row in self.duration.samples():
            operation = row.labels[0]
            total = sums.get(operation)
            if total is None:
                empty = [0] * len(row.counts)
                total = sums[operation] = Sample(HTTP_DURATION.name, (operation,), 0.0, empty)
            total.value += row.value
            total.counts = [a + b for a, b in zip(total.counts, row.counts, strict=True)]
        return sums.values()

    def _row(self, key: tuple[str, str, str, str, int]) -> _Row:
        row = self._rows.get(key)
        if row is None:
            row = _Row(self, key)
            if len(self._rows) < _ROWS:
                self._rows[key] = row
        return row


def _count_each(counter: Counter, said: str) -> None:
    for one in said.split(", ") if said else ():
        counter.sample((one.partition(" x")[0],)).value += 1


_GUARDED = "vedette.guard.action"
_BYPASSED, _ALERTS = "vedette.guard.bypassed", "vedette.guard.alerts"
_ROWS = 1000
