from vedette.gateway.attempt import Failure
from vedette.gateway.directory import Plan
from vedette.gateway.retry import Schedule, retry_after


def plan(targets: int, retries: int) -> Plan:
    return Plan(targets=(None,) * targets, retries=retries)  # type: ignore[arg-type]


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
    schedule = Schedule(plan(2, 2))
    assert walk(schedule, [Failure(code="http_503", status=503)] * 9) == [
        (0, 0.0), (1, 0.0), (0, 0.125),
    ]  # fmt: skip
    assert schedule.next(0.0) is None


def test_targets_are_all_tried_without_any_retries() -> None:
    assert walk(Schedule(plan(3, 0)), [Failure(code="connect_refused")] * 9) == [
        (0, 0.0), (1, 0.0), (2, 0.0),
    ]  # fmt: skip


def test_a_silent_target_is_not_asked_twice() -> None:
    assert walk(Schedule(plan(1, 3)), [Failure(code="first_byte_timeout")] * 9) == [(0, 0.0)]


def test_a_clients_mistake_ends_the_search_and_is_the_answer() -> None:
    schedule = Schedule(plan(2, 2))
    mistake = Failure(code="http_400", status=400)
    assert len(walk(schedule, [Failure(code="http_503", status=503), mistake])) == 2
    assert schedule.first is mistake


def test_the_first_failure_is_kept_for_the_client() -> None:
    schedule = Schedule(plan(2, 0))
    first = Failure(code="http_500", status=500)
    walk(schedule, [first, Failure(code="http_502", status=502)])
    assert schedule.first is first


def test_waits_as_long_as_the_provider_asks() -> None:
    asked = Failure(code="http_429", status=429, headers=[(b"retry-after", b"3")])
    assert walk(Schedule(plan(1, 1)), [asked, asked]) == [(0, 0.0), (0, 3.0)]


def test_a_long_retry_after_is_not_waited_for() -> None:
    asked = Failure(code="http_429", status=429, headers=[(b"retry-after", b"3600")])
    assert walk(Schedule(plan(1, 2)), [asked] * 3) == [(0, 0.0)]


def test_an_empty_quota_is_not_waited_for() -> None:
    empty = Failure(code="http_429", status=429, body=b'{"error":{"code":"insufficient_quota"}}')
    assert walk(Schedule(plan(1, 2)), [empty] * 3) == [(0, 0.0)]


def test_a_provider_that_says_not_to_retry_is_obeyed() -> None:
    told = Failure(code="http_500", status=500, headers=[(b"x-should-retry", b"false")])
    assert walk(Schedule(plan(1, 2)), [told] * 3) == [(0, 0.0)]


def test_retry_after_is_read_in_all_its_forms() -> None:
    assert retry_after([(b"retry-after", b"7")], 0.0) == 7.0
    assert retry_after([(b"retry-after-ms", b"1500"), (b"retry-after", b"9")], 0.0) == 1.5
    assert retry_after([(b"x-ms-retry-after-ms", b"250")], 0.0) == 0.25
    date = b"Thu, 01 Jan 1970 00:01:00 GMT"
    assert retry_after([(b"retry-after", date)], 20.0) == 40.0
    assert retry_after([(b"retry-after", b"soon")], 0.0) is None
    assert retry_after([(b"retry-after", b"-5")], 0.0) is None
    assert retry_after([], 0.0) is None
