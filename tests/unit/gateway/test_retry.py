import pytest

from vedette.errors import BadRequest
from vedette.gateway.attempt import Failure
from vedette.gateway.retry import RetryBudget, Schedule, refusal


def walk(schedule: Schedule, failures: list[Failure]) -> list[tuple[int, float]]:
    steps = []
    for failure in failures:
        step = schedule.next(0.0)
        if step is None:
            break
        steps.append((step.target, step.wait_s))
        if not schedule.failed(step.target, failure, 0.0):
            break
    return steps


def test_every_target_is_tried_at_once_before_any_is_tried_again() -> None:
    schedule = Schedule(range(2), 3)
    assert walk(schedule, [Failure(code="http_503", status=503)] * 9) == [
        (0, 0.0), (1, 0.0), (0, 0.125),
    ]  # fmt: skip
    assert schedule.next(0.0) is None


def test_targets_are_all_tried_without_any_retries() -> None:
    assert walk(Schedule(range(3), 1), [Failure(code="connect_refused")] * 9) == [
        (0, 0.0), (1, 0.0), (2, 0.0),
    ]  # fmt: skip


def test_a_silent_target_is_not_asked_twice() -> None:
    assert walk(Schedule(range(1), 4), [Failure(code="first_byte_timeout")] * 9) == [(0, 0.0)]


def test_a_clients_mistake_ends_the_search_and_is_the_answer() -> None:
    schedule = Schedule(range(2), 3)
    mistake = Failure(code="http_400", status=400)
    assert len(walk(schedule, [Failure(code="http_503", status=503), mistake])) == 2
    assert schedule.first is mistake


def test_the_first_failure_is_kept_for_the_client() -> None:
    schedule = Schedule(range(2), 1)
    first = Failure(code="http_500", status=500)
    walk(schedule, [first, Failure(code="http_502", status=502)])
    assert schedule.first is first


def test_waits_as_long_as_the_provider_asks() -> None:
    asked = Failure(code="http_429", status=429, headers=[(b"retry-after", b"3")])
    assert walk(Schedule(range(1), 2), [asked, asked]) == [(0, 0.0), (0, 3.0)]


def test_a_long_retry_after_is_not_waited_for() -> None:
    asked = Failure(code="http_429", status=429, headers=[(b"retry-after", b"3600")])
    assert walk(Schedule(range(1), 3), [asked] * 3) == [(0, 0.0)]


def test_an_empty_quota_is_not_waited_for() -> None:
    empty = Failure(code="http_429", status=429, body=b'{"error":{"code":"insufficient_quota"}}')
    assert walk(Schedule(range(1), 3), [empty] * 3) == [(0, 0.0)]


def test_a_provider_that_says_not_to_retry_is_obeyed() -> None:
    told = Failure(code="http_500", status=500, headers=[(b"x-should-retry", b"false")])
    assert walk(Schedule(range(1), 3), [told] * 3) == [(0, 0.0)]


def test_a_refusal_of_the_request_ends_the_search() -> None:
    long = Failure(
        code="http_400", status=400, body=b'{"error":{"code":"context_length_exceeded"}}'
    )
    assert walk(Schedule(range(2), 1), [long] * 9) == [(0, 0.0)]


def test_unless_the_route_sends_long_requests_on() -> None:
    long = Failure(
        code="http_400", status=400, body=b'{"error":{"code":"context_length_exceeded"}}'
    )
    skips = frozenset({"context_window"})
    assert walk(Schedule(range(2), 5, skips=skips), [long] * 9) == [(0, 0.0), (1, 0.0)]
    filtered = Failure(code="http_400", status=400, body=b'{"error":{"code":"content_filter"}}')
    assert walk(Schedule(range(2), 5, skips=skips), [filtered] * 9) == [(0, 0.0)]


def test_a_target_that_cannot_express_the_request_is_passed_over() -> None:
    unable = Failure(code="unsupported_parameter", error=BadRequest("'n' has no place."))
    down = Failure(code="http_503", status=503)
    schedule = Schedule(range(2), 2)
    assert walk(schedule, [unable, down]) == [(0, 0.0), (1, 0.0)]
    assert schedule.first is down, "what a provider said is told, not what was not even asked"


def test_a_budget_bounds_the_retries_of_a_route() -> None:
    budget = RetryBudget()
    spent = sum(budget.spend(100.0) for _ in range(1000))
    assert 10 <= spent <= 100
    assert not budget.spend(100.0)
    for _ in range(11):
        budget.earn()
    assert [budget.spend(100.0) for _ in range(3)] == [True, True, False]
    assert budget.spend(101.0), "quiet routes may retry"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"error":{"message":"prompt is too long: 210000 tokens > 200000"}}', "context_window"),
        (b'{"error":{"code":"content_filter"}}', "content_filter"),
        (b'{"error":{"message":"bad temperature"}}', ""),
    ],
)
def test_refusals_are_told_apart(body: bytes, reason: str) -> None:
    assert refusal(body) == reason
