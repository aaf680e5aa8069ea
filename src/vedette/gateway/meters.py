"""What a worker counts. Names follow OpenTelemetry's GenAI and HTTP metrics."""

from collections.abc import Iterable

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
QUEUE = Family("vedette_records_waiting", "Records waiting for the core.", "gauge")
RECORDS = Family(
    "vedette_records", "Records by fate: sent, spilled, dropped.", "counter", ("fate",)
)

FAMILIES = (
    DURATION, FIRST_TOKEN, OVERHEAD, TOKENS, COST, HTTP, ATTEMPTS, STAGE_FAILURES, STAGE_SKIPS,
    RIM_REFUSALS, ACTIVE, CONNECTIONS, QUEUE, RECORDS,
)  # fmt: skip


class Meters:
    """The numbers of one worker."""

    def __init__(self) -> None:
        self.active = 0
        self._duration = Histogram(DURATION)
        self._first_token = Histogram(FIRST_TOKEN)
        self._overhead = Histogram(OVERHEAD)
        self._tokens = Counter(TOKENS)
        self._cost = Counter(COST)
        self._http = Counter(HTTP)
        self._attempts = Counter(ATTEMPTS)

    def observe(self, exchange: Exchange, seconds: float) -> None:
        """Count a finished exchange."""
        operation = exchange.endpoint.operation
        status = 499 if exchange.gone else exchange.status
        self._http.add((operation, str(status)))
        for attempt in exchange.attempts:
            self._attempts.add((attempt.provider, attempt.error or "ok"))
        target = exchange.target
        if target is None:
            return
        provider = target.upstream.name
        # The target's name, never the answer's: the set of configured names is bounded.
        model = target.model or exchange.requested_model
        error = exchange.error or ("" if status < 400 else f"http_{status}")
        self._duration.observe((operation, provider, model, error), seconds)
        if exchange.ttft_ms is not None:
            self._first_token.observe((operation, provider, model), exchange.ttft_ms / 1e3)
        if exchange.overhead_ms is not None:
            self._overhead.observe((operation,), exchange.overhead_ms / 1e3)
        usage = exchange.usage
        if usage is not None:
            self._tokens.add((provider, model, "input"), usage.input_total)
            self._tokens.add((provider, model, "output"), usage.output_total)
            if usage.cache_read:
                self._tokens.add((provider, model, "cache_read"), usage.cache_read)
        if exchange.cost_nano_usd:
            self._cost.add((provider, model), exchange.cost_nano_usd / 1e9)

    def samples(self) -> Iterable[Sample]:
        """Everything counted so far."""
        for family in (
            self._duration, self._first_token, self._overhead, self._tokens, self._cost,
            self._http, self._attempts,
        ):  # fmt: skip
            yield from family.samples()
        yield Sample(ACTIVE.name, (), float(self.active))
