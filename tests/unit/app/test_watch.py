"""How calls went, off the records."""

from vedette.app.watch import KEPT_STEPS, MOST_TARGETS, STEP_S, ProviderWatch, quantile
from vedette.model.exchange import Attempt, ExchangeRecord

SECOND = 10**9


def record(*attempts: Attempt, ttft_ms: float | None = None, model: str = "m") -> ExchangeRecord:
    start_ns = attempts[0].start_ns if attempts else 1
    return ExchangeRecord(
        trace_id="1" * 32, span_id="2" * 16, request_id="r", start_ns=start_ns, end_ns=start_ns + 1,
        method="POST", path="/", operation="chat", provider="a", model=model, attempts=attempts,
        ttft_ms=ttft_ms,
    )  # fmt: skip


def ok(duration_ms: float, start_ns: int = SECOND, model: str = "m") -> Attempt:
    return Attempt("a", model, start_ns, duration_ms, 200)


def refused(start_ns: int = 2 * SECOND, error: str = "http_503") -> Attempt:
    return Attempt("a", "m", start_ns, 9.0, 503, error)


def test_a_provider_nobody_called_has_zeros() -> None:
    figures, outcomes = ProviderWatch().provider("a")
    assert (figures.requests, figures.latency_p50_ms, outcomes) == (0, None, ())


def test_attempts_errors_and_latencies_are_counted() -> None:
    watch = ProviderWatch()
    for duration_ms in range(1, 101):
        watch.note(record(ok(float(duration_ms)), ttft_ms=5.0))
    watch.note(record(refused(), ok(50.0)))
    figures, outcomes = watch.provider("a")
    assert (figures.requests, figures.errors, figures.last_error) == (102, 1, "http_503")
    assert figures.last_error_time == "1970-01-01T00:00:02.000000Z"
    assert figures.last_success_time == "1970-01-01T00:00:01.000000Z"
    assert (figures.latency_p50_ms, figures.latency_p95_ms) == (50.0, 95.0)
    assert figures.ttft_p50_ms == 5.0
    assert [(one.outcome, one.attempts) for one in outcomes] == [("ok", 101), ("http_503", 1)]


def test_what_was_broken_off_is_no_error_of_the_provider() -> None:
    watch = ProviderWatch()
    errors = (
        "client_gone", "slower_than_another", "shutting_down", "request_timeout", "guard_blocked",
    )  # fmt: skip
    for error in errors:
        watch.note(record(refused(error=error)))
    figures, outcomes = watch.provider("a")
    assert (figures.requests, figures.errors, figures.last_error) == (5, 0, None)
    assert figures.latency_p50_ms is None
    assert len(outcomes) == 5
    assert watch.history("a", 3 * SECOND)[0].errors == 0


def test_targets_are_counted_apart() -> None:
    watch = ProviderWatch()
    watch.note(record(ok(10.0, model="m")))
    watch.note(record(ok(30.0, model="other"), model="other", ttft_ms=7.0))
    assert watch.target(("a", "m")).latency_p50_ms == 10.0
    assert watch.target(("a", "other")).ttft_p50_ms == 7.0
    assert watch.target(("a", "m")).ttft_p50_ms is None
    assert watch.targets() == [("a", "m"), ("a", "other")]


def test_the_history_has_a_point_for_each_step_with_attempts() -> None:
    watch = ProviderWatch()
    watch.note(record(ok(10.0, 0), ttft_ms=3.0))
    watch.note(record(refused(29 * SECOND), ok(20.0, 29 * SECOND)))
    watch.note(record(ok(40.0, 3 * STEP_S * SECOND)))
    first, second = watch.history("a", 100 * SECOND)
    assert first.time == "1970-01-01T00:00:00.000000Z"
    assert (first.attempts, first.errors, first.ttft_p50_ms) == (3, 1, 3.0)
    assert (second.time, second.latency_p50_ms) == ("1970-01-01T00:01:30.000000Z", 40.0)


def test_the_history_ends_after_an_hour() -> None:
    watch = ProviderWatch()
    for step in range(KEPT_STEPS + 30):
        watch.note(record(ok(1.0, step * STEP_S * SECOND)))
    last_ns = (KEPT_STEPS + 29) * STEP_S * SECOND
    assert len(watch.history("a", last_ns)) == KEPT_STEPS
    assert watch.history("a", last_ns + 3600 * SECOND) == ()


def test_names_from_requests_cannot_make_it_grow() -> None:
    watch = ProviderWatch()
    for number in range(MOST_TARGETS + 10):
        watch.note(record(ok(1.0, model=f"m{number}"), model=f"m{number}"))
    assert len(watch.targets()) == MOST_TARGETS
    assert ("a", "m0") not in watch.targets()
    for number in range(100):
        watch.note(record(refused(error=f"e{number}")))
    _, outcomes = watch.provider("a")
    assert len(outcomes) < 70
    assert sum(one.attempts for one in outcomes) == MOST_TARGETS + 110


def test_a_quantile_is_a_value_that_was_there() -> None:
    assert quantile([], 0.5) is None
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile([1.0], 0.95) == 1.0
