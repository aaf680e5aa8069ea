"""`vedette guard check|eval|test`: policies and detectors, tried on texts before they go live;
what they found, reviewed (`reviewing`)."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from vedette.cli import reviewing
from vedette.cli.grants import Grant, granting
from vedette.cli.options import ConfigOption
from vedette.cli.output import console, table
from vedette.cli.remote import UrlOption
from vedette.errors import BadRequest, NotFound
from vedette.guard.figures import Figures, Rate
from vedette.guard.trial import Given, RuleTrial, Sample, Score
from vedette.model.policy import Policy, Where

_CHECK_EPILOG = """Examples:

- `vedette guard check my-policy.yaml && systemctl reload vedette`

- `vedette guard check balanced strict`"""
_EVAL_EPILOG = """Examples:

- `vedette guard eval --data attacks.jsonl --data benign.jsonl.gz`

- `vedette guard eval --detector pii --detector secrets --data mine.jsonl --json`

- `vedette guard eval --beside --data attacks.jsonl` also runs a plain list of patterns, and
stackone-defender where it is installed

A row is `{"text": ..., "label": 0 or 1}`, with `category`, `source`, `where` and `evidence` if you
like: what is known beside the text, which is `system_prompt`, `canaries`, `schema`, `tools`,
`tool_name`, `question` and `sources`."""
_TEST_EPILOG = """Examples:

- `vedette guard test balanced --data yesterday.jsonl`

- `vedette guard test my-policy.yaml --where document --data pages.jsonl`

- `vedette guard test my-policy.yaml --where output --data answers.jsonl --evidence known.json` for
detectors that compare: the file has `system_prompt`, `canaries`, `schema`, `tools`, `tool_name`,
`question` or `sources`; rows with an `evidence` of their own keep it

- `vedette guard test my-policy.yaml --traffic last-7d` replays the calls that the running Vedette
recorded

A row is `{"text": ...}`; with `"label": 0` for harmless texts and 1 for those that should be found
it is told how often each rule is right.

Rules in shadow are tried like the others; nothing is blocked and nothing is stored."""


class Place(StrEnum):
    """Where the texts stand."""

    SYSTEM = "system"
    INPUT = "input"
    OUTPUT = "output"
    REASONING = "reasoning"
    TOOL_RESULT = "tool_result"
    TOOL_ARGUMENTS = "tool_arguments"
    DOCUMENT = "document"


DataOption = Annotated[
    list[Path], typer.Option("--data", help="JSON Lines, also .gz; may be repeated.")
]
WhereOption = Annotated[Place, typer.Option(help="Where texts stand that do not say it.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_KNOWN = Grant("--evidence", Path, "JSON: what is known beside texts that do not say it.", None)
_TRAFFIC = Grant("--traffic", str, "Recorded calls: last-7d, or a time.", "")


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Try policies, review findings.")
    group.callback()(_group)
    group.command("check", epilog=_CHECK_EPILOG)(check)
    group.command("eval", epilog=_EVAL_EPILOG)(evaluate)
    group.command("test", epilog=_TEST_EPILOG)(dry_run)
    reviewing.register_in(group)
    app.add_typer(group, name="guard")


def check(
    policies: Annotated[list[str], typer.Argument(help="Files, or names of bundled policies.")],
) -> None:
    """Check policies: their shape, their detectors and the options of these."""
    from vedette.app.guard import make_detector
    from vedette.guard.compiling import compiled_policy

    out = console()
    for name in policies:
        policy = compiled_policy(_policy(name), make_detector, lambda _, entry: entry)
        shadow = sum(rule.mode == "shadow" for rule in policy.rules)
        out.print(f"{name} is valid: {len(policy.rules)} rules, {shadow} of them in shadow.")


@granting({"evidence": _KNOWN})
def evaluate(
    *,
    grant: Mapping[str, Any],
    data: DataOption,
    detector: Annotated[
        list[str] | None, typer.Option(help="A detector; may be repeated. Default: `injection`.")
    ] = None,
    where: WhereOption = Place.INPUT,
    threshold: Annotated[float, typer.Option(min=0, max=1, help="From where a text counts.")] = 0.5,
    beside: Annotated[bool, typer.Option(help="Also run what is commonly used instead.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Measure detectors on labelled texts: precision, recall, false positives, area, CPU time."""
    from vedette.guard.trial import measure, read_samples

    samples = list(read_samples(data, _evidence(grant["evidence"])))
    asked = detector or ["injection"]
    place: Where = where.value
    found = {
        name: measure(score, samples, where=place, threshold=threshold)
        for name, score in _scores(asked, beside=beside)
    }
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    columns = ("DETECTOR", "TEXTS", "N+>", "N->", "P>", "R [95 %]>", "F1>", "FP [95 %]>", "AUC>",
               "R@1%>", "R@5%>", "CPU MS P50>", "P99>")  # fmt: skip
    out = console()
    table(out, columns, (row for name in found for row in _rows(name, found[name])))
    if spans := list(_span_rows(asked, samples, threshold)):
        table(out, ("DETECTOR", "SPANS", "FOUND>", "OF>", "R [95 %]>"), spans)


@granting({"evidence": _KNOWN, "traffic": _TRAFFIC})
def dry_run(
    policy: Annotated[str, typer.Argument(help="A file, or the name of a policy.")],
    data: Annotated[
        list[Path] | None, typer.Option("--data", help="JSON Lines, also .gz; may be repeated.")
    ] = None,
    where: WhereOption = Place.INPUT,
    *,
    grant: Mapping[str, Any],
    most: Annotated[int, typer.Option(min=1, max=50_000, help="Calls to look at.")] = 5_000,
    project: reviewing.ProjectOption = "",
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Say what a policy would have done, by rule: on texts of a file, or on recorded calls."""
    traffic = grant["traffic"]
    if bool(traffic) == bool(data):
        raise BadRequest("Name either texts (--data) or recorded calls (--traffic last-7d).")
    if traffic and grant["evidence"]:
        raise BadRequest("Recorded calls say themselves what was known beside their texts.")
    if traffic:
        reviewing.replay(
            policy, traffic, most, project=project, as_json=as_json, url=url, config=config
        )
        return
    known = _evidence(grant["evidence"])
    _try_on_texts(policy, data or [], where, known, as_json=as_json)


def _try_on_texts(
    policy: str, data: Sequence[Path], where: Place, evidence: Given | None, *, as_json: bool
) -> None:
    from vedette.app.guard import make_detector
    from vedette.clock import SystemClock
    from vedette.guard.engine import Guard
    from vedette.guard.trial import read_samples, try_policy

    guard = Guard(make_detector, SystemClock())
    samples: Iterator[Sample] = read_samples(data, evidence)
    total, rules, actions = try_policy(guard, _policy(policy), samples, where=where.value)
    guard.close()
    if as_json:
        answer = {"texts": total, "actions": actions, "rules": rules}
        print(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())
        return
    out = console()
    said = ", ".join(f"{name} {count}" for name, count in sorted(actions.items()))
    out.print(f"{total} texts: {said}")
    table(out, ("RULE", "FIRED>", "LABELLED>", "HARMLESS>", "MOSTLY"), map(_rule_row, rules))


def _group() -> None:
    """Try policies and detectors on texts."""


def _evidence(path: Path | None) -> Given | None:
    from vedette.guard.trial import read_evidence

    return read_evidence(path) if path else None


def _policy(name: str) -> Policy:
    """A bundled policy by its name, else a file."""
    from vedette.guard.policies import BUNDLED, bundled, read_file

    if name in BUNDLED:
        return bundled().get(name)
    path = Path(name)
    if not path.is_file():
        raise NotFound(f"There is no file {name!r}, and bundled are: {', '.join(BUNDLED)}.")
    return read_file(path)


def _scores(detectors: Sequence[str], *, beside: bool) -> Iterator[tuple[str, Score]]:
    from vedette.app.beside import plain_list, stackone
    from vedette.app.guard import make_detector
    from vedette.guard.canonical import Canonicalizer
    from vedette.guard.trial import scorer

    canonical = Canonicalizer()
    for name in detectors:
        yield name, scorer(make_detector(name, {}), canonical)
    if beside:
        yield "plain list", plain_list
        if (other := stackone()) is not None:
            yield "stackone-defender", other


def _span_rows(
    detectors: Sequence[str], samples: Sequence[Sample], threshold: float
) -> Iterator[tuple[str, ...]]:
    from vedette.app.guard import make_detector
    from vedette.guard.canonical import Canonicalizer
    from vedette.guard.figures import wilson
    from vedette.guard.trial import spans_found

    canonical = Canonicalizer()
    for name in detectors:
        counts = spans_found(make_detector(name, {}), canonical, samples, threshold)
        for kind, (found, total) in counts.items():
            yield name, kind, str(found), str(total), _rate(wilson(found, total))


def _rows(name: str, found: dict[str, Figures]) -> Iterator[tuple[str, ...]]:
    for texts, figures in found.items():
        yield (
            name, texts, str(figures.positives), str(figures.negatives), _share(figures.precision),
            _rate(figures.recall), _share(figures.f1), _rate(figures.false_positives),
            _share(figures.auc), _share(figures.recall_at_1), _share(figures.recall_at_5),
            f"{figures.cpu_p50_ms:.2f}", f"{figures.cpu_p99_ms:.2f}",
        )  # fmt: skip


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _rate(rate: Rate | None) -> str:
    return "-" if rate is None else f"{rate.value:.3f} [{rate.low:.3f}, {rate.high:.3f}]"


def _rule_row(trial: RuleTrial) -> tuple[str, ...]:
    mostly = ", ".join(f"{name} {count}" for name, count in list(trial.categories.items())[:3])
    counts = (trial.fired, trial.on_labelled, trial.on_harmless)
    return (trial.rule, *(str(count) for count in counts), mostly)
