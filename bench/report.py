"""From figures to the tables in docs/benchmarks.md and the files in bench/results."""

import json
import os
import platform
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bench.gateway import Cells
from bench.tools import HERE, RESULTS

PAGE: Final = HERE.parent / "docs" / "benchmarks.md"
TITLES: Final = {
    "direct": "direct to the mock",
    "nginx": "nginx (proxies only)",
    "relay": "bytes both ways on uvloop",
    "vedette": "**Vedette**",
    "guarded": "**Vedette, guard on**",
    "ferrogw": "ferrogw (Go)",
    "litellm": "LiteLLM proxy",
    "portkey": "Portkey gateway",
}
_NOTHING: Final = "-"

Values = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, and its text from a row's medians and the floor's."""

    title: str
    text: Callable[[Values, Values], str]


def _plain(name: str, digits: int = 1) -> Callable[[Values, Values], str]:
    return lambda row, floor: f"{row[name]:,.{digits}f}" if name in row else _NOTHING


def _added_ms(name: str) -> Callable[[Values, Values], str]:
    def text(row: Values, floor: Values) -> str:
        if name not in row or name not in floor:
            return _NOTHING
        added = (row[name] - floor[name]) / 1000
        return f"{added:+.2f}" if row is not floor else f"({row[name] / 1000:.2f})"

    return text


def _of_data_plane(name: str) -> Callable[[Values, Values], str]:
    """The share of the process that clients talk to; where there is but one, all."""

    def text(row: Values, floor: Values) -> str:
        value = _data_plane(row, name)
        return _NOTHING if value is None else f"{value:,.1f}"

    return text


def _data_plane(row: Values, name: str) -> float | None:
    return row.get(f"{name}_worker", row.get(name))


def _per_core(row: Values, floor: Values) -> str:
    cost = _data_plane(row, "request_cpu_us")
    return f"{1e6 / cost:,.0f}" if cost else _NOTHING


def _streams(count: int) -> Callable[[Values, Values], str]:
    def text(row: Values, floor: Values) -> str:
        name = f"streams_{count}"
        if f"{name}_ok" not in row:
            return "not run"
        return f"{row[f'{name}_ok']:,.0f} / {row[f'{name}_failed']:,.0f}"

    return text


COST: Final = (
    Column("CPU us per request", _of_data_plane("request_cpu_us")),
    Column("with what stands behind", _plain("request_cpu_us")),
    Column("requests a core could carry", _per_core),
    Column("CPU us per request at 200/s", _of_data_plane("calm_cpu_us")),
    Column("CPU us per chunk", _of_data_plane("chunk_cpu_us")),
    Column("CPU us per chunk, bursts", _of_data_plane("burst_cpu_us")),
    Column("MB idle", _plain("rss_idle_mb", 0)),
    Column("MB after load", _plain("rss_after_mb", 0)),
    Column("s to first answer", _plain("start_s", 2)),
)
LATENCY: Final = (
    Column("added latency p50 ms", _added_ms("latency_p50_us")),
    Column("p99 ms", _added_ms("latency_p99_us")),
    Column("added time to first token p50 ms", _added_ms("ttft_p50_us")),
    Column("p99 ms", _added_ms("ttft_p99_us")),
    Column("added delay of a chunk p50 ms", _added_ms("chunk_delay_p50_us")),
    Column("p99 ms", _added_ms("chunk_delay_p99_us")),
)
STREAMS: Final = (
    Column("1,000 streams: complete / failed", _streams(1000)),
    Column("CPU us per chunk", _of_data_plane("streams_1000_cpu_us")),
    Column("2,000 streams: complete / failed", _streams(2000)),
    Column("CPU us per chunk", _of_data_plane("streams_2000_cpu_us")),
    Column("chunk delay p99 ms", lambda row, floor: _ms(row, "streams_2000_delay_p99_us")),
    Column("peak MB", _plain("streams_2000_rss_peak_mb", 0)),
    Column("kB per stream", _plain("streams_2000_kb_per_stream", 0)),
)
PARTS: Final = (
    ("CPU us per request", "request_cpu_us", 1),
    ("CPU us per request at 200/s", "calm_cpu_us", 0),
    ("CPU us per chunk", "chunk_cpu_us", 1),
    ("CPU us per chunk, bursts", "burst_cpu_us", 1),
    ("CPU us per chunk, 2,000 streams", "streams_2000_cpu_us", 1),
    ("s from its start to the gateway's first answer", "start_s", 2),
    ("MB idle", "rss_idle_mb", 0),
    ("MB after load", "rss_after_mb", 0),
    ("MB at the end of the soak", "soak_rss_mb", 0),
    ("MB per hour in the soak", "soak_slope_mb_per_h", 1),
)


def _ms(row: Values, name: str) -> str:
    return f"{row[name] / 1000:,.1f}" if name in row else _NOTHING


def save(name: str, content: object) -> Path:
    """Write one result file; the last run of each bench stays."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(content, indent=1) + "\n")
    return path


def gateway_result(cells: Mapping[str, Cells], conditions: Mapping[str, object]) -> object:
    """Everything measured, to be kept."""
    return {
        "machine": machine(),
        "conditions": dict(conditions),
        "candidates": {
            name: {
                "version": one.version,
                "skipped": one.skipped,
                "medians": one.medians(),
                "values": one.values,
                "problems": one.problems,
            }
            for name, one in cells.items()
        },
    }


def gateway_tables(cells: Mapping[str, Cells], conditions: str) -> str:
    """The tables as Markdown."""
    medians = {name: one.medians() for name, one in cells.items() if not one.skipped}
    floor = medians.get("direct", {})
    parts = [
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine()}: {conditions}.",
        "### CPU, memory, start",
        _table(cells, medians, floor, COST),
        _ratio(medians),
        "### Added latency",
        "Over the same requests sent to the mock directly (its own figures in brackets).",
        _table(cells, medians, floor, LATENCY),
        "### Streams held at once",
        "100 chunks each, one every 50 ms. kB per stream is what the gateway process has grown by "
        "while all are open; of Vedette's, about 20 kB are the answer so far, kept for the record. "
        "Later the peak holds records that wait to be stored.",
        _table(cells, medians, floor, STREAMS),
    ]
    if "vedette" in medians:
        parts += ["### Vedette by process", _parts_table(medians["vedette"])]
    return "\n\n".join([*parts, *_notes(cells)])


def store_table(results: Mapping[int, Path]) -> str:
    """One row for each figure of bench/store.py, one column for each size of the store."""
    figures = {
        size: {one["name"]: one for one in json.loads(path.read_text())}
        for size, path in results.items()
    }
    names = list(dict.fromkeys(name for one in figures.values() for name in one))
    rows = []
    for name in names:
        known = [one[name] for one in figures.values() if name in one]
        cells = [f"{one[name]['value']:,.2f}" if name in one else "-" for one in figures.values()]
        rows.append([name, known[0]["unit"], *cells, _goal(known[0])])
    titles = ["", "unit", *(f"{size:,} spans" for size in figures), "target"]
    return f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine()}.\n\n" + markdown(titles, rows)


def _goal(figure: Mapping[str, object]) -> str:
    if figure["target"] is None:
        return ""
    return f"{'at least' if figure['at_least'] else 'at most'} {figure['target']}"


def write_section(name: str, text: str, page: Path = PAGE) -> None:
    """Replace what stands between the markers `name` of the page."""
    begin, end = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    old = page.read_text()
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(old):
        raise ValueError(f"{page.name} has no markers {begin!r}")
    page.write_text(pattern.sub(lambda _: f"{begin}\n{text}\n{end}", old))


def machine() -> str:
    """The machine in a few words."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = re.sub(r"\s+", " ", line.partition(":")[2]).strip()
            break
    python = platform.python_version()
    return f"{model}, {os.cpu_count()} cores, Linux {platform.release()}, Python {python}"


def markdown(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column is text, the others are figures."""
    lines = ["| " + " | ".join(titles) + " |", "|---|" + "---:|" * (len(titles) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def _table(
    cells: Mapping[str, Cells],
    medians: Mapping[str, Values],
    floor: Values,
    columns: Sequence[Column],
) -> str:
    rows = [
        [
            f"{TITLES.get(name, name)} {cells[name].version}".replace("mock mock", "mock"),
            *(column.text(row, floor) for column in columns),
        ]
        for name, row in medians.items()
    ]
    return markdown(["", *(column.title for column in columns)], rows)


def _ratio(medians: Mapping[str, Values]) -> str:
    ours, nginx = medians.get("vedette", {}), medians.get("nginx", {})
    if not ours.get("request_cpu_us") or not nginx.get("request_cpu_us"):
        return ""
    worker, everything, chunk = (
        ours.get(name, 0.0) / nginx[name.removesuffix("_worker")]
        for name in ("request_cpu_us_worker", "request_cpu_us", "chunk_cpu_us_worker")
    )
    said = (
        f"Vedette's gateway process costs {worker:.1f} times nginx per request and {chunk:.1f} "
        f"times per chunk; with the core that stores the records {everything:.1f} times per "
        "request."
    )
    guarded = medians.get("guarded", {}).get("request_cpu_us_worker")
    if guarded:
        said += f" With the guard on a request costs {guarded / nginx['request_cpu_us']:.1f} times."
    return said


def _parts_table(row: Values) -> str:
    rows = [
        [title, *(_plain(f"{name}_{part}", digits)(row, row) for part in ("worker", "core"))]
        for title, name, digits in PARTS
    ]
    return markdown(["", "gateway worker", "core"], rows)


def _notes(cells: Mapping[str, Cells]) -> list[str]:
    notes = [f"- {name} was left out: {one.skipped}" for name, one in cells.items() if one.skipped]
    for name, one in cells.items():
        notes += [f"- {name}: {problem}" for problem in dict.fromkeys(one.problems)]
    return ["Notes:\n\n" + "\n".join(notes)] if notes else []
