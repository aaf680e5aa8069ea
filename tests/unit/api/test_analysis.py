"""What the API makes of a trace."""

from tests.support.console import NOW_NS, Console, make_span
from vedette.model.span import Span

TRACE, OTHER = "1" * 32, "2" * 32
S = 10**9


def span(trace_id: str, number: int, parent: int, name: str, *, s: tuple[int, int]) -> Span:
    return make_span(
        number, trace_id=trace_id, span_id=f"{number:016x}", name=name, kind="agent",
        parent_span_id=f"{parent:016x}" if parent else "", start_ns=NOW_NS + s[0] * S,
        end_ns=NOW_NS + s[1] * S,
    )  # fmt: skip


def write(console: Console) -> None:
    console.services.store.write_batch([
        span(TRACE, 1, 0, "boss", s=(0, 10)), span(TRACE, 2, 1, "plan", s=(0, 4)),
        span(TRACE, 3, 1, "write", s=(4, 9)), span(TRACE, 4, 1, "beside", s=(5, 6)),
        span(OTHER, 5, 0, "boss", s=(0, 10)), span(OTHER, 6, 5, "plan", s=(0, 4)),
    ])  # fmt: skip


def test_the_critical_path(console: Console) -> None:
    write(console)
    found = console.get(f"/api/v1/traces/{TRACE}/critical-path")
    assert [one["name"] for one in found["items"]] == ["boss", "plan", "write"]
    assert found["items"][1]["duration_ms"] == 4000.0
    assert found["spans_truncated"] is False


def test_the_graph(console: Console) -> None:
    write(console)
    found = console.get(f"/api/v1/traces/{TRACE}/graph")
    assert [(one["name"], one["layer"]) for one in found["nodes"]] == [
        ("boss", 0), ("plan", 1), ("write", 2), ("beside", 1),
    ]  # fmt: skip
    assert {one["name"] for one in found["nodes"] if one["is_parallel"]} == {"write", "beside"}
    handover = next(one for one in found["edges"] if one["type"] == "handover")
    assert (handover["from"], handover["to"]) == ("agent plan", "agent write")
    plain = console.get(f"/api/v1/traces/{TRACE}/graph", simplified="false")
    assert plain["nodes"][0]["id"] == f"{1:016x}"


def test_two_traces_side_by_side(console: Console) -> None:
    write(console)
    found = console.get(f"/api/v1/traces/{TRACE}/compare/{OTHER}")
    assert [
        (row["depth"], (row["left"] or {}).get("name"), (row["right"] or {}).get("name"))
        for row in found["items"]
    ] == [(0, "boss", "boss"), (1, "plan", "plan"), (1, "write", None), (1, "beside", None)]
    assert found["rows_left"] == 0


def test_traces_that_are_not_there(console: Console) -> None:
    write(console)
    for path in ("critical-path", "graph", f"compare/{TRACE}"):
        assert console.problem(f"/api/v1/traces/{'3' * 32}/{path}", 404)["code"] == "not_found"
        console.problem(f"/api/v1/traces/nonsense/{path}", 400)
    console.problem(f"/api/v1/traces/{TRACE}/compare/{'3' * 32}", 404)
    console.problem(f"/api/v1/traces/{TRACE}/critical-path", 404, project="other")
