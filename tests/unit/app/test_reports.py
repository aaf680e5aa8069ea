"""What several workers say, taken together."""

from vedette.app.reports import read_reports
from vedette.metrics import Sample

TARGET = ("a", "m")


def test_without_workers_nothing_is_known() -> None:
    found = read_reports([])
    assert found.state(TARGET) == "unknown"
    assert found.expected_s(TARGET) is None
    assert (found.in_flight[TARGET], found.waiting["a"]) == (0, 0)


def test_counts_add_up_and_latencies_are_averaged() -> None:
    def worker(state: str, calls: float, seconds: float) -> list[Sample]:
        return [
            Sample("vedette_target_workers", (*TARGET, state), 1.0),
            Sample("vedette_target_in_flight", TARGET, calls),
            Sample("vedette_target_latency_seconds", (*TARGET, "stream"), seconds),
            Sample("vedette_provider_places", ("a",), 4.0),
            Sample("vedette_provider_calls_waiting", ("a",), calls),
            Sample("gen_ai_client_cost_usd", TARGET, 3.0),
        ]

    found = read_reports([worker("closed", 2, 0.1), worker("open", 3, 0.3)])
    assert found.state(TARGET) == "open"
    assert found.in_flight[TARGET] == 5
    assert (found.places["a"], found.waiting["a"]) == (8, 5)
    assert found.expected_s(TARGET) == 0.2
    assert found.expected_s(TARGET, stream=True) == 0.2
    assert found.expected_s(TARGET, stream=False) is None
