from typing import Any

import pytest

from vedette.ingest.twins import COUNTED_BY, GATEWAY, THROUGH, Twins
from vedette.model.span import Payload, Span
from vedette.model.usage import Usage

START_NS = 1_700_000_000_000_000_000
USAGE = Usage(10, output_text=5)
S = 10**9


def call(id: int, scope: str, *, response: str = "", start: int = 0, took: int = S,
         **fields: Any) -> Span:  # fmt: skip
    attributes = {"otel.scope.name": scope, "gen_ai.response.id": response}
    given: dict[str, Any] = {
        "trace_id": "ab" * 16, "span_id": f"{id:016x}", "name": "chat", "kind": "llm",
        "start_ns": START_NS + start, "end_ns": START_NS + start + took, "usage": USAGE,
        "model": "m",
        "payload": Payload(attributes={name: text for name, text in attributes.items() if text}),
    }  # fmt: skip
    return Span(**(given | fields))


def counted(*batches: list[Span]) -> list[str]:
    """The ids of the calls that count."""
    twins = Twins()
    settled = [span for batch in batches for span in twins.settle(batch)]
    return [span.span_id[-1] for span in settled if span.kind == "llm"]


def parent(id: int) -> dict[str, Any]:
    return {"parent_span_id": f"{id:016x}"}


def test_the_same_answer_seen_by_two_counts_once() -> None:
    one, other = call(1, "a", response="r"), call(2, "b", response="r", trace_id="cd" * 16)
    assert counted([one, other]) == counted([one], [other]) == ["1"]


def test_a_twin_stays_with_what_it_saw_and_says_who_counts() -> None:
    twins = Twins()
    _, twin = twins.settle([call(1, "a", response="r"), call(2, "b", response="r")])
    assert (twin.kind, twin.usage) == ("chain", USAGE)
    assert twin.payload.attributes[COUNTED_BY] == f"{1:016x}"
    assert twin.payload.attributes["vedette.kind"] == "llm"
    assert twins.found == 1


def test_a_call_of_the_gateway_counts_and_that_of_its_client_does_not() -> None:
    twins = Twins()
    gateway = call(1, "", response="r", start=S // 10, took=S // 2, trace_id="cd" * 16)
    gateway.payload.attributes["vedette.request_id"] = "q1"
    twins.note(gateway)
    client, nameless = twins.settle([call(2, "client", response="r"), call(3, "", response="r")])
    assert nameless.kind == "chain"
    assert client.kind == "chain"
    assert client.payload.attributes[COUNTED_BY] == f"{1:016x}"


def test_spans_that_come_at_once_wait_for_the_gateway_where_it_is_used() -> None:
    twins = Twins()
    fresh = call(2, "client", response="r")
    now_ns = fresh.end_ns + S // 10
    assert not twins.is_hasty([fresh], now_ns)
    twins.note(call(1, "", start=-5 * S))
    assert twins.is_hasty([fresh], now_ns)
    assert not twins.is_hasty([fresh], fresh.end_ns + S)
    assert not twins.is_hasty([call(3, "client", kind="tool")], now_ns)
    assert not twins.is_hasty([call(4, "client", start=100 * S)], now_ns + 100 * S)


def test_a_call_through_the_gateway_waits_for_what_the_gateway_tells() -> None:
    twins = Twins()
    seen = {"gen_ai.response.id": "r", "otel.scope.name": "client"}
    span = call(1, "client", payload=Payload(attributes={**seen, THROUGH: True}))
    assert not twins.awaits([call(1, "client", response="r")], span.end_ns)
    assert twins.awaits([span], span.end_ns)
    assert not twins.awaits([span], span.end_ns + 9 * S), "it is no longer to come"
    twins.note(call(2, GATEWAY, response="r"))
    assert not twins.awaits([span], span.end_ns)


def test_one_source_with_one_id_for_ever_makes_many_calls() -> None:
    calls = [call(id, "a", response="same", start=id * 2 * S) for id in range(1, 5)]
    assert len(counted(calls)) == 4
    pairs = [
        call(2 * id + place, scope, response="same", start=id * S // 10)
        for id in range(4)
        for place, scope in enumerate(("a", "b"))
    ]
    assert len(counted(pairs)) == 4


def test_answers_at_different_times_are_different_calls() -> None:
    assert len(counted([call(1, "a", response="r"), call(2, "b", response="r", start=9 * S)])) == 2


def test_a_framework_around_a_client_does_not_count() -> None:
    outer = call(1, "framework", took=2 * S, usage=Usage(30, output_text=9))
    inner = call(2, "client", start=S // 2, **parent(1))
    second = call(3, "client", start=S, took=S // 2, **parent(1))
    assert counted([inner, second], [outer]) == ["2", "3"]
    assert counted([outer, inner, second]) == ["2", "3"]


def test_a_parent_that_counted_less_is_another_call() -> None:
    outer = call(1, "judge", took=2 * S, usage=Usage(1, output_text=1))
    assert len(counted([outer, call(2, "client", **parent(1))])) == 2


def test_siblings_with_the_same_figures_count_once() -> None:
    one = call(1, "a", **parent(9))
    assert counted([one, call(2, "b", start=S // 10, took=S // 2, **parent(9))]) == ["2"]
    assert len(counted([one, call(3, "b", **parent(9), usage=Usage(11, output_text=5))])) == 2
    assert len(counted([one, call(4, "b", **parent(9), model="other")])) == 2
    assert len(counted([one, call(5, "a", **parent(9))])) == 2


def test_who_knows_the_usage_counts() -> None:
    blind = call(1, "a", response="r", usage=Usage())
    knowing = call(2, "b", response="r")
    assert counted([blind, knowing]) == ["2"]
    assert counted([blind], [knowing]) == ["1", "2"]


def test_the_same_batch_again_is_settled_the_same_way() -> None:
    batch = [call(1, "a", response="r"), call(2, "b", response="r"), call(3, "c")]
    assert counted(batch, batch) == ["1", "3"] * 2


@pytest.mark.parametrize("kind", ["tool", "agent", "chain", "other"])
def test_other_kinds_are_left_alone(kind: Any) -> None:
    spans = [call(1, "a", response="r", kind=kind), call(2, "b", response="r", kind=kind)]
    assert Twins().settle(spans) == spans


def test_projects_do_not_see_each_other() -> None:
    one, other = (call(n, s, response="r", project_id=s) for n, s in ((1, "a"), (2, "b")))
    assert counted([one, other]) == ["1", "2"]


def test_what_is_remembered_is_bounded() -> None:
    twins = Twins(max_keys=10)
    twins.settle([call(id, "a", response=f"r{id}") for id in range(1, 100)])
    (again,) = twins.settle([call(200, "b", response="r1")])
    assert again.kind == "llm"
