"""Detection delay and false alarms of drift detection: `python -m bench.drift`.

Real answers of two versions of a model (LLMDrift, arXiv 2307.09009) are replayed as a stream: a
baseline and a quiet stretch of the old version in random order, then the new one. Counted are the
calls from the switch to the alarm (1 is the first changed call), replays in which no alarm came,
and alarms before the switch; all calls are taken as fingerprints, no text is looked at afterwards.
Beside it stands what is usual: a two-sample Kolmogorov-Smirnov test of the last 25 calls against
the baseline, every 5 calls, alarm at p < 0.001. Quiet streams are drawn with replacement from the
answers of one version. The tables go to docs/drift.md.
"""

import argparse
import gzip
import json
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from bench import report
from vedette.drift.backtest import BacktestRow, observe
from vedette.drift.monitor import Monitor, MonitorSettings
from vedette.drift.settests import kolmogorov_smirnov
from vedette.drift.stream import Stream
from vedette.features.hashing import TextHasher
from vedette.model.drift import Observation

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "drift.md"
WINDOW, STEP, ALPHA = 25, 5, 0.001
AFTER = 400
"""Calls of the new version, at most."""
THRESHOLD = MonitorSettings().calls_per_false_alarm
SIGNALS = ("output_words", "verdict", "refusal", "layout", "novelty", "words", "opening_new")
MADE = ("half", "tenth", "gradual", "template", "pairs")


class Case(NamedTuple):
    """A task, two versions of a model, and how long baseline and quiet stretch are."""

    task: str
    old: str
    new: str
    reference: int
    quiet: int

    @property
    def title(self) -> str:
        return f"{self.task}, {self.old} to {self.new.rpartition('-')[2]}"


CASES = (
    Case("prime", "gpt-4-0314", "gpt-4-0613", 100, 300),
    Case("prime", "gpt-3.5-turbo-0301", "gpt-3.5-turbo-0613", 100, 300),
    Case("sensitiveq", "gpt-4-0314", "gpt-4-0613", 40, 50),
    Case("sensitiveq", "gpt-3.5-turbo-0301", "gpt-3.5-turbo-0613", 40, 50),
    Case("leetcode_easy", "gpt-4-0314", "gpt-4-0613", 20, 25),
    Case("leetcode_easy", "gpt-3.5-turbo-0301", "gpt-3.5-turbo-0613", 20, 25),
)


class Outcome(NamedTuple):
    """One replay seen by one detector."""

    delay: int | None
    false_alarms: int


Answers = dict[tuple[str, str], list[Observation]]


def load_answers(folder: Path = DATA) -> Answers:
    """Fingerprints of all answers by task and model."""
    hasher = TextHasher(b"bench.drift")
    found: Answers = defaultdict(list)
    for path in sorted(folder.glob("llmdrift_*.jsonl.gz")):
        with gzip.open(path, "rb") as lines:
            for row in map(json.loads, lines):
                found[row["task"], row["model"]].append(observe(to_row(row), hasher))
    return found


def to_row(row: dict[str, Any]) -> BacktestRow:
    """A row of the data set as a file of calls would hold it."""
    return BacktestRow(
        input=row["prompt"],
        output=row["answer"] or "",
        latency_ms=None if row["latency_s"] is None else row["latency_s"] * 1000,
        output_tokens=row["answer_tokens"],
    )


def streams(answers: Answers, case: Case, seed: int) -> tuple[list[Observation], ...]:
    """Baseline, quiet stretch and changed calls of one replay."""
    chance = random.Random(seed)
    old, new = answers[case.task, case.old], answers[case.task, case.new]
    old, new = chance.sample(old, len(old)), chance.sample(new, len(new))
    end = case.reference + case.quiet
    return old[: case.reference], old[case.reference : end], new[:AFTER]


def replay(
    baseline: Sequence[Observation], quiet: Sequence[Observation], new: Sequence[Observation]
) -> Outcome:
    """All signals together, as `vedette drift backtest` watches them."""
    monitor = Monitor(baseline)
    start = len(baseline)
    false = sum(monitor.take(row, each) is not None for row, each in enumerate(quiet, start))
    for count, each in enumerate(new, 1):
        if monitor.take(start + len(quiet) + count, each) is not None:
            return Outcome(count, false)
    return Outcome(None, false)


def replay_signals(
    baseline: Sequence[Observation], quiet: Sequence[Observation], new: Sequence[Observation]
) -> dict[str, Outcome]:
    """Each signal alone: its own e-detector against the same threshold."""
    stream = Stream(baseline)
    first: dict[str, int] = {}
    false: dict[str, int] = dict.fromkeys(SIGNALS, 0)
    for index, each in enumerate([*quiet, *new]):
        stream.take(index, each)
        for name in passed(stream):
            if index < len(quiet):
                false[name] = 1
            else:
                first.setdefault(name, index - len(quiet) + 1)
    return {name: Outcome(first.get(name), false[name]) for name in SIGNALS}


def passed(stream: Stream) -> Iterator[str]:
    """The signals that would raise an alarm by themselves."""
    for detector, names in (
        (stream.numbers, stream.board.number_names),
        (stream.classes, stream.board.class_names),
    ):
        parts, weights = detector.parts(), detector.weights()
        for name in SIGNALS:
            rows = [index for index, own in enumerate(names) if own == name]
            if rows and parts[rows].sum() >= THRESHOLD * weights[rows].sum():
                yield name


Read = Callable[[Observation], float]


def words_of(one: Observation) -> float:
    return float(one.fingerprint.answer.words) if one.fingerprint.answer else 0.0


def verdict_of(one: Observation) -> float:
    answer = one.fingerprint.answer
    return float(answer is not None and answer.verdict == "yes")


def replay_ks(
    read: Read,
    baseline: Sequence[Observation],
    quiet: Sequence[Observation],
    new: Sequence[Observation],
) -> Outcome:
    """The sliding test; false alarms are counted once for each 25 calls."""
    before = [read(each) for each in baseline]
    values = [read(each) for each in (*quiet, *new)]
    false, silent_until = 0, 0
    for end in range(WINDOW, len(values) + 1, STEP):
        window = values[end - WINDOW : end]
        if end <= silent_until or kolmogorov_smirnov(before, window).p >= ALPHA:
            continue
        if end > len(quiet):
            return Outcome(end - len(quiet), false)
        false, silent_until = false + 1, end + WINDOW
    return Outcome(None, false)


def case_outcomes(answers: Answers, case: Case, seed: int) -> dict[str, Outcome]:
    """One replay seen by all detectors."""
    parts = streams(answers, case, seed)
    return {
        "all signals": replay(*parts),
        **replay_signals(*parts),
        "KS on length": replay_ks(words_of, *parts),
        "KS on verdict": replay_ks(verdict_of, *parts),
    }


def made_change(answers: Answers, kind: str, seed: int) -> tuple[list[Observation], ...]:
    """Changes put together from GPT-3.5 on prime: in part, slowly, in one template, in pairs."""
    chance = random.Random(seed)
    old, new = answers["prime", "gpt-3.5-turbo-0301"], answers["prime", "gpt-3.5-turbo-0613"]
    if kind == "pairs":
        places = chance.sample(range(len(old)), 100)
        return [old[n] for n in places], [], [new[n] for n in places]
    size = 200 if kind == "template" else 100

    def call(share: float) -> Observation:
        if kind != "template":
            return chance.choice(new if chance.random() < share else old)
        place = chance.randrange(10)
        one = chance.choice(new if share and place == 0 else old)
        named = msgspec.structs.replace(one.fingerprint, template=f"template {place}")
        return msgspec.structs.replace(one, fingerprint=named)

    shares = {"half": 0.5, "tenth": 0.1, "template": 1.0}
    after = [call(shares.get(kind, min(1.0, count / 500))) for count in range(1_000)]
    return [call(0.0) for _ in range(size)], [call(0.0) for _ in range(200)], after


def made_outcome(answers: Answers, kind: str, seed: int) -> Outcome:
    return replay(*made_change(answers, kind, seed))


def quiet_alarms(answers: Answers, calls: int, job: tuple[Case, int]) -> tuple[int, int]:
    """False alarms of ours and of KS on length in a stream drawn from one version."""
    case, seed = job
    chance = random.Random(seed)
    pool = answers[case.task, case.old]
    baseline = chance.choices(pool, k=case.reference)
    series = chance.choices(pool, k=calls)
    ours = replay(baseline, series, []).false_alarms
    return ours, replay_ks(words_of, baseline, series, []).false_alarms


def summary(outcomes: Sequence[Outcome]) -> list[str]:
    """Median and worst delay, missed replays, false alarms."""
    delays = [each.delay for each in outcomes if each.delay is not None]
    missed = sum(each.delay is None for each in outcomes)
    return [
        f"{statistics.median(delays):g}" if delays else "-",
        f"{max(delays)}" if delays else "-",
        str(missed),
        str(sum(each.false_alarms for each in outcomes)),
    ]


def case_table(answers: Answers, seeds: int, pool: Any) -> str:
    rows = []
    for case in CASES:
        found = pool.map(partial(case_outcomes, answers, case), range(seeds))
        for name in found[0]:
            if any(each[name].delay for each in found) or name in ("all signals", "KS on length"):
                rows.append([case.title, name, *summary([each[name] for each in found])])
    titles = ["change", "detector", "median delay", "worst", "missed", "false alarms"]
    return report.markdown(titles, rows)


def made_table(answers: Answers, seeds: int, pool: Any) -> str:
    names = {
        "half": "half of the answers",
        "tenth": "a tenth of the answers",
        "gradual": "more and more, all after 500 calls",
        "template": "one template of ten, all calls counted",
        "pairs": "the same 100 prompts again, at once after the baseline",
    }
    rows = [
        [names[kind], *summary(pool.map(partial(made_outcome, answers, kind), range(seeds)))]
        for kind in MADE
    ]
    return report.markdown(["what changes", "median delay", "worst", "missed", "false"], rows)


def quiet_table(answers: Answers, runs: int, calls: int, pool: Any) -> str:
    rows = []
    for case in CASES:
        jobs = [(case, seed) for seed in range(runs)]
        found = pool.map(partial(quiet_alarms, answers, calls), jobs)
        count = runs * calls
        ours, ks = sum(each[0] for each in found), sum(each[1] for each in found)
        rows.append([f"{case.task}, {case.old}", f"{count:,}", str(ours), str(ks)])
    return report.markdown(["quiet stream", "calls", "false alarms", "KS on length"], rows)


def speed_line(answers: Answers, calls: int) -> str:
    """CPU time of the engine for one call."""
    chance = random.Random(1)
    series = chance.choices(answers["prime", "gpt-4-0314"], k=calls)
    started = time.process_time()
    replay(series[:100], series[100:], [])
    spent_us = (time.process_time() - started) / calls * 1e6
    return f"CPU time to watch one call (fingerprint given): {spent_us:.0f} us."


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.drift", description=__doc__)
    parser.add_argument("--seeds", type=int, default=40, help="replays of each change")
    parser.add_argument("--quiet-runs", type=int, default=4)
    parser.add_argument("--quiet-calls", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-docs", action="store_true", help="leave docs/drift.md alone")
    args = parser.parse_args()
    answers = load_answers()
    if not answers:
        print(f"no llmdrift_*.jsonl.gz in {DATA}: nothing is measured", file=sys.stderr)
        return 0
    with Pool(args.jobs) as pool:
        sections = {
            "drift": case_table(answers, args.seeds, pool),
            "drift-made": made_table(answers, args.seeds, pool),
            "drift-quiet": quiet_table(answers, args.quiet_runs, args.quiet_calls, pool),
        }
    sections["drift-quiet"] += "\n\n" + speed_line(answers, 5_000)
    for name, text in sections.items():
        print(text, end="\n\n")
        if not args.no_docs:
            report.write_section(name, text, PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
