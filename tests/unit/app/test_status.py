from vedette.app.status import ProviderWatch
from vedette.model.exchange import Attempt, ExchangeRecord
from vedette.model.settings import ProviderSummary

CONFIGURED = (
    ProviderSummary(name="a", kind="openai", base_url="https://a.example/v1", has_key=True),
    ProviderSummary(name="sim", kind="sim", base_url="sim:", has_key=False),
)


def record(*attempts: Attempt, ttft_ms: float | None = None) -> ExchangeRecord:
    return ExchangeRecord(
        trace_id="1" * 32, span_id="2" * 16, request_id="r", start_ns=1, end_ns=2, method="POST",
        path="/", operation="chat", provider="a", attempts=attempts, ttft_ms=ttft_ms,
    )  # fmt: skip


def ok(duration_ms: float, start_ns: int = 1_000_000_000) -> Attempt:
    return Attempt("a", "m", start_ns, duration_ms, 200)


def test_a_provider_nobody_called_is_listed_all_the_same() -> None:
    first, second = ProviderWatch().statuses(CONFIGURED)
    assert (first.name, first.requests, first.latency_p50_ms) == ("a", 0, None)
    assert (first.simulated, second.simulated) == (False, True)


def test_attempts_errors_and_latencies_are_counted() -> None:
    watch = ProviderWatch()
    for duration_ms in range(1, 101):
        watch.note(record(ok(float(duration_ms)), ttft_ms=5.0))
    watch.note(record(Attempt("a", "m", 2_000_000_000, 9.0, 503, "http_503"), ok(50.0)))
    status = watch.statuses(CONFIGURED)[0]
    assert (status.requests, status.errors, status.last_error) == (102, 1, "http_503")
    assert status.last_error_time == "1970-01-01T00:00:02.000000Z"
    assert status.last_success_time == "1970-01-01T00:00:01.000000Z"
    assert status.latency_p50_ms == 50.0
    assert status.latency_p95_ms == 95.0
    assert status.ttft_p50_ms == 5.0


def test_a_provider_that_is_no_longer_configured_is_not_shown() -> None:
    watch = ProviderWatch()
    watch.note(record(Attempt("gone", "m", 1, 1.0, 200)))
    assert [status.name for status in watch.statuses(CONFIGURED)] == ["a", "sim"]
