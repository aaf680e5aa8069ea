from tests.support.calls import exchange
from vedette.gateway.exchange import Exchange
from vedette.gateway.meters import FAMILIES, Meters
from vedette.model.exchange import Attempt
from vedette.model.usage import Usage


def finished(**facts: object) -> Exchange:
    one = exchange()
    for name, value in {"status": 200, **facts}.items():
        setattr(one, name, value)
    return one


def values(meters: Meters, family: str) -> dict[tuple[str, ...], float]:
    return {s.labels: s.value for s in meters.samples() if s.family == family}


def test_tokens_cost_and_times_are_summed() -> None:
    meters = Meters()
    usage = Usage(input_uncached=5, cache_read=2, output_text=3)
    for _ in range(2):
        meters.observe(finished(usage=usage, cost_nano_usd=1_500, ttft_ms=250.0), 2.0)
    kinds = {labels[2]: value for labels, value in values(meters, "gen_ai_client_tokens").items()}
    assert kinds == {"input": 14, "output": 6, "cache_read": 4}
    assert sum(values(meters, "gen_ai_client_cost_usd").values()) == 3e-6
    assert sum(values(meters, "gen_ai_client_operation_duration_seconds").values()) == 4.0
    name = "gen_ai_client_operation_time_to_first_chunk_seconds"
    assert sum(values(meters, name).values()) == 0.5


def test_a_client_that_left_counts_as_499() -> None:
    meters = Meters()
    meters.observe(finished(gone=True), 0.1)
    assert values(meters, "http_server_requests") == {("chat", "499"): 1}


def test_attempts_are_counted_by_outcome() -> None:
    meters = Meters()
    tried = [Attempt("a", "m", 1, 1.0, 503, "http_503"), Attempt("b", "m", 1, 1.0, 200, "")]
    meters.observe(finished(attempts=tried), 0.1)
    assert values(meters, "vedette_gateway_attempts") == {("a", "http_503"): 1, ("b", "ok"): 1}


def test_names_from_requests_do_not_grow_without_bound() -> None:
    meters = Meters()
    for number in range(3000):
        meters.observe(finished(error=f"code{number}"), 0.1)
    assert len(list(meters.duration.samples())) < 600
    assert sum(values(meters, "http_server_requests").values()) == 3000


def test_every_sample_belongs_to_a_family() -> None:
    meters = Meters()
    meters.observe(finished(usage=Usage(), cost_nano_usd=1, ttft_ms=1.0, overhead_ms=1.0), 0.1)
    known = {family.name: len(family.labels) for family in FAMILIES}
    for sample in meters.samples():
        assert known[sample.family] == len(sample.labels)


def test_http_durations_add_up_what_models_took() -> None:
    meters = Meters()
    for number, seconds in enumerate((0.05, 1.0, 100.0)):
        meters.observe(finished(error=f"code{number}"), seconds)
    rows = [s for s in meters.samples() if s.family == "http_server_request_duration_seconds"]
    (row,) = rows
    assert row.labels == ("chat",)
    assert row.value == 101.05
    assert sum(row.counts) == 3
    assert row.counts[-1] == 1
