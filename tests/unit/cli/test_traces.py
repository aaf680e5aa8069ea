"""`vedette traces`, on a store that is open for writing at the same time."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from vedette.access.files import write_snapshot
from vedette.cli import run
from vedette.clock import SystemClock
from vedette.model.chat import Message, TextPart, ToolCallPart
from vedette.model.span import Payload, Span
from vedette.model.tenant import AccessSnapshot, Project
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite import SqliteSpanStore

SECOND = 1_000_000_000


def span(number: int, start_ns: int, *, model: str, text: str) -> Span:
    return Span(
        trace_id=f"{number:032x}", span_id=f"{number:016x}", name=f"chat {model}", kind="llm",
        start_ns=start_ns, end_ns=start_ns + 2 * SECOND, status="ok", provider="sim", model=model,
        usage=Usage(input_uncached=5, output_text=7), cost_nano_usd=1_250_000, cost_source="priced",
        ttft_ms=12.0, user_id="ada",
        payload=Payload(
            input=(Message("user", (TextPart(content="why?"),)),),
            output=(Message("assistant", (TextPart(content=text), ToolCallPart(name="look"))),),
        ),
    )  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Iterator[str]:
    """A configuration whose store holds three traces and one of another project, still open."""
    path = tmp_path / "f.yaml"
    path.write_text(json.dumps({"storage": {"path": str(tmp_path / "data")}}))
    clock = SystemClock()
    store = SqliteSpanStore(tmp_path / "data", clock)
    now = clock.now_ns()
    store.write_batch(
        [
            span(1, now - 300 * SECOND, model="one", text="first"),
            span(2, now - 200 * SECOND, model="two", text="second \x1b[2J\nline"),
            span(3, now - 100 * SECOND, model="=two", text="third"),
            replace(span(4, now - SECOND, model="theirs", text="fourth"), project_id="prj_1"),
        ]
    )
    yield str(path)
    store.close()


def traces(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code = run(["traces", *arguments])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return captured.out


def test_the_table_is_newest_first(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    heading, *rows = traces(capsys, "list", "--config", file).splitlines()
    assert heading.split()[:4] == ["TIME", "TRACE", "NAME", "MODEL"]
    assert [row.split()[2] for row in rows] == [f"{number:032x}" for number in (3, 2, 1)]
    assert rows[2].split()[3:] == ["chat", "one", "one", "ok", "5", "7", "0.001250", "2000", "12"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--model", "two"], [2]),
        (["--from", "now-150s"], [3]),
        (["--min-cost", "0.01"], []),
        (["--user", "ada", "--limit", "1"], [3]),
        (["--status", "error"], []),
    ],
)
def test_filters_are_those_of_the_api(
    file: str, capsys: pytest.CaptureFixture[str], options: list[str], expected: list[int]
) -> None:
    out = traces(capsys, "list", "--config", file, "--format", "json", *options)
    items = json.loads(out)["items"]
    assert [int(item["trace_id"], 16) for item in items] == expected


def test_a_cursor_goes_on_where_a_page_ended(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = traces(capsys, "list", "--config", file, "--format", "json", "--limit", "2")
    cursor = json.loads(out)["next_cursor"]
    out = traces(capsys, "list", "--config", file, "--format", "jsonl", "--cursor", cursor)
    assert [json.loads(line)["trace_id"] for line in out.splitlines()] == [f"{1:032x}"]


def test_csv_runs_no_formula(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = traces(capsys, "list", "--config", file, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["model"] for row in rows] == ["'=two", "two", "one"]
    assert rows[0]["cost_usd"] == "0.001250"


def test_a_trace_is_shown_as_a_conversation(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = traces(capsys, "show", f"{2:032x}", "--config", file)
    assert "user: why?" in out
    assert "assistant: second \\x1b[2J" in out
    assert '"name":"look"' in out
    assert "0.001250 USD" in out
    assert "\x1b" not in out


def test_a_trace_as_json_is_that_of_the_api(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    trace = json.loads(traces(capsys, "show", f"{1:032X}", "--config", file, "--format", "json"))
    assert trace["span_count"] == 1
    assert trace["spans"][0]["output"][0]["parts"][0] == {"type": "text", "content": "first"}


@pytest.mark.parametrize(
    ("trace_id", "message"),
    [("f" * 32, "There is no trace"), ("xyz", "need 32 hex digits")],
)
def test_a_trace_that_is_not_there_is_an_error(
    file: str, capsys: pytest.CaptureFixture[str], trace_id: str, message: str
) -> None:
    assert run(["traces", "show", trace_id, "--config", file]) == 1
    assert message in capsys.readouterr().err


def test_export_writes_every_span(
    file: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = traces(capsys, "export", "--config", file).splitlines()
    assert [json.loads(line)["model"] for line in lines] == ["=two", "two", "one"]
    target = tmp_path / "out.csv"
    options = ["--format", "csv", "--model", "one", "--output", str(target)]
    assert traces(capsys, "export", "--config", file, *options) == ""
    (row,) = csv.DictReader(io.StringIO(target.read_text()))
    assert (row["model"], row["output_tokens"]) == ("one", "7")
    assert not list(tmp_path.glob("*.part"))


def test_a_bad_filter_says_what_was_expected(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["traces", "list", "--config", file, "--status", "odd"]) == 1
    assert "'status'" in capsys.readouterr().err


def test_without_a_store_it_is_said_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(json.dumps({"storage": {"path": str(tmp_path / "none")}}))
    assert run(["traces", "list", "--config", str(path)]) == 1
    assert "Start `vedette serve`" in capsys.readouterr().err


def test_another_project_has_its_own_calls(
    file: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    projects = (Project(id="prj_1", name="search"),)
    write_snapshot(tmp_path / "data" / "access.keys", AccessSnapshot(projects=projects))
    theirs = f"{4:032x}"
    assert theirs not in traces(capsys, "list", "-c", file)
    assert theirs not in traces(capsys, "export", "-c", file, "--project", "default")
    for project in ("search", "prj_1"):
        listed = traces(capsys, "list", "-c", file, "--project", project, "--format", "json")
        assert [trace["trace_id"] for trace in json.loads(listed)["items"]] == [theirs]
        exported = traces(capsys, "export", "-c", file, "--project", project)
        assert len(exported.splitlines()) == 1
        assert "fourth" in traces(capsys, "show", theirs, "-c", file, "--project", project)
    assert run(["traces", "show", theirs, "-c", file]) == 1


def test_the_critical_path_of_a_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(json.dumps({"storage": {"path": str(tmp_path / "data")}}))
    root = span(1, SECOND, model="root", text="")
    early = replace(root, span_id="a" * 16, parent_span_id=root.span_id, end_ns=2 * SECOND)
    late = replace(root, span_id="b" * 16, parent_span_id=root.span_id, start_ns=2 * SECOND)
    beside = replace(late, span_id="c" * 16, end_ns=2 * SECOND + 1_000_000)
    store = SqliteSpanStore(tmp_path / "data", SystemClock())
    store.write_batch([root, early, late, beside])
    store.close()
    shown = ["traces", "show", root.trace_id, "--critical-path", "--format", "json"]
    assert run([*shown, "--config", str(path)]) == 0
    spans = json.loads(capsys.readouterr().out)["spans"]
    assert {one["span_id"] for one in spans} == {root.span_id, early.span_id, late.span_id}
