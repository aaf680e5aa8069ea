"""`vedette probe`: prompts that are sent on a schedule, and what became of the answers."""

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from vedette.cli.options import ConfigOption
from vedette.cli.output import console, table
from vedette.cli.remote import JsonOption, Remote, UrlOption, in_project, place
from vedette.errors import BadRequest, VedetteError

_ADD_EPILOG = """Examples:

- `vedette probe add capital --model openai/gpt-4o --prompt 'What is the capital of France?'
  --expect contains=Paris --expect refusal=no`

- `vedette probe add prime --model sim/chat --prompt 'Is 17077 a prime number? Yes or no.'
  --expect like_baseline=structural --set samples=3 --set every_minutes=30`

- `vedette probe add invoice --file invoice.json` takes everything from a file, as
  `vedette probe show invoice --json` prints it under `probe`

It runs for the first time within seconds. `--set max_usd_per_day=0.5` bounds what it may cost."""
_WAIT_S = 600.0
_POLL_S = 0.5

NameArgument = Annotated[str, typer.Argument(help="Name of the probe.", show_default=False)]
ProjectOption = Annotated[str, typer.Option(help="Id or name of the project.", show_default=False)]


class ProbeFailed(VedetteError):
    """The answers are not as expected."""

    code = "probe_failed"


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Prompts that are sent on a schedule.")
    group.callback()(_group)
    group.command("list")(list_probes)
    group.command("add", epilog=_ADD_EPILOG)(add)
    group.command("show")(show)
    group.command("run")(run_now)
    group.command("pause")(pause)
    group.command("resume")(resume)
    group.command("rebase")(rebase)
    group.command("remove")(remove)
    app.add_typer(group, name="probe")


def list_probes(
    *, project: ProjectOption = "", as_json: JsonOption = False, config: ConfigOption = None,
    url: UrlOption = "",
) -> None:  # fmt: skip
    """List the probes, how they stand and when they run next."""
    found = Remote.find(config, url).get("/probes", project=project)
    if as_json:
        print(json.dumps(found, indent=2))
        return
    columns = ("PROBE", "MODELS", "WHEN", "LAST", "PASSED>", "NEXT", "TODAY USD>", "DRIFT")
    table(console(), columns, map(_row, found["items"]))


def add(
    name: NameArgument,
    *,
    model: Annotated[
        list[str] | None, typer.Option(help="A model or route; may repeat.", show_default=False)
    ] = None,
    prompt: Annotated[str, typer.Option(help="What is asked.", show_default=False)] = "",
    expect: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE", show_default=False,
            help="exact, contains, lacks, regex, json_schema, refusal, format, max_latency_ms, "
            "max_tokens, like_baseline, least_similarity or least_consistency; may repeat.",
        ),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="NAME=VALUE", show_default=False,
            help="every_minutes, cron, jitter_s, samples, severity, max_usd_per_day, timeout_s, "
            "baseline_samples or parameters; may repeat.",
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(help="The probe as JSON; options beside it win.", show_default=False),
    ] = None,
    project: ProjectOption = "",
    config: ConfigOption = None,
    url: UrlOption = "",
) -> None:  # fmt: skip
    """Add a probe."""
    given = _read(file) if file else {}
    expected = dict(given.get("expect") or {}) | _pairs("--expect", expect or ())
    body = given | _pairs("--set", set_ or ())
    body |= {"name": name, "expect": expected}
    body |= {"models": model} if model else {}
    body |= {"prompt": prompt} if prompt else {}
    if not body.get("models"):
        raise BadRequest("Say whom to ask: --model, as a client of the gateway names it.")
    Remote.find(config, url).send("POST", in_project("/probes", project), body)
    console().print(f"Added {name}. It runs now, and then {_when(body)}.")


def show(
    name: NameArgument, *, project: ProjectOption = "", as_json: JsonOption = False,
    runs: Annotated[int, typer.Option(min=1, max=200, help="Newest runs that are shown.")] = 10,
    config: ConfigOption = None, url: UrlOption = "",
) -> None:  # fmt: skip
    """Show a probe and its newest runs."""
    remote = Remote.find(config, url)
    found = remote.get(f"/probes{place(name)}", project=project)
    page = remote.get(f"/probes{place(name, 'runs')}", project=project, limit=runs)
    if as_json:
        print(json.dumps(found | {"runs": page["items"]}, indent=2))
        return
    out = console()
    out.print(f"{name}: {', '.join(found['probe']['models'])}, {_when(found['probe'])}")
    filled = ", ".join(f"{model} {count}" for model, count in found["baseline"].items())
    out.print(f"baseline {filled} of {found['probe']['baseline_samples']} answers")
    for one in found["drift"]:
        out.print(f"{one['model']} has drifted in {one['signal']} since {one['since_time'][:19]}")
    columns = ("STARTED", "STATUS", "PASSED>", "MS>", "AGREE>", "USD>", "WHAT")
    table(out, columns, map(_run_row, page["items"]))


def run_now(
    name: NameArgument, *, project: ProjectOption = "", as_json: JsonOption = False,
    wait: Annotated[bool, typer.Option(help="Wait for the end and show it.")] = True,
    config: ConfigOption = None, url: UrlOption = "",
) -> None:  # fmt: skip
    """Run a probe now; fails where its answers are not as expected."""
    remote = Remote.find(config, url)
    before = remote.get(f"/probes{place(name, 'runs')}", project=project, limit=1)["items"]
    remote.send("POST", in_project(f"/probes{place(name, 'run')}", project), {})
    if not wait:
        console().print(f"{name} runs.")
        return
    run = _await(remote, name, project, before[0]["id"] if before else "")
    if as_json:
        print(json.dumps(run, indent=2))
    else:
        columns = ("MODEL", "STATUS", "MS>", "TOKENS>", "LIKE>", "USD>", "WHAT", "ANSWER")
        table(console(), columns, map(_sample_row, run["samples"]))
    if run["status"] not in ("passed",):
        raise ProbeFailed(f"{name} {run['status']}: {run['detail']}")


def pause(
    name: NameArgument, *, project: ProjectOption = "", config: ConfigOption = None,
    url: UrlOption = "",
) -> None:  # fmt: skip
    """Stop the schedule of a probe."""
    _act(name, "pause", project, config, url)
    console().print(f"{name} waits until `vedette probe resume {name}`.")


def resume(
    name: NameArgument, *, project: ProjectOption = "", config: ConfigOption = None,
    url: UrlOption = "",
) -> None:  # fmt: skip
    """Go on with the schedule of a probe."""
    found = _act(name, "resume", project, config, url)
    console().print(f"{name} runs {_when(found['probe'])}.")


def rebase(
    name: NameArgument, *, project: ProjectOption = "", config: ConfigOption = None,
    url: UrlOption = "",
) -> None:  # fmt: skip
    """Take the answers that come for right: the baseline begins anew."""
    found = _act(name, "rebase", project, config, url)
    size = found["probe"]["baseline_samples"]
    console().print(f"The next {size} answers of each model are the baseline of {name}.")


def remove(
    name: NameArgument, *, project: ProjectOption = "", config: ConfigOption = None,
    url: UrlOption = "",
) -> None:  # fmt: skip
    """Delete a probe with its runs."""
    Remote.find(config, url).send("DELETE", in_project(f"/probes{place(name)}", project))
    console().print(f"Removed {name}.")


def _act(name: str, deed: str, project: str, config: Path | None, url: str) -> Any:
    path = in_project(f"/probes{place(name, deed)}", project)
    return Remote.find(config, url).send("POST", path, {})


def _await(remote: Remote, name: str, project: str, before: str) -> Any:
    """The run that comes after that one, when it is over."""
    deadline = time.monotonic() + _WAIT_S
    while time.monotonic() < deadline:
        items = remote.get(f"/probes{place(name, 'runs')}", project=project, limit=1)["items"]
        if items and items[0]["id"] != before and items[0]["status"] != "running":
            return items[0]
        time.sleep(_POLL_S)
    raise ProbeFailed(f"{name} has not ended within {_WAIT_S:.0f} s.")


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text())
    except (OSError, ValueError) as error:
        raise BadRequest(f"Cannot read {str(file)!r}: {type(error).__name__}.") from None
    if not isinstance(found, dict):
        raise BadRequest(f"{str(file)!r} holds no probe: need a JSON object.")
    return found


def _pairs(option: str, given: Iterable[str]) -> dict[str, Any]:
    """Numbers, `true`, `false` and JSON are taken as such, all else as text."""
    found: dict[str, Any] = {}
    for pair in given:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise BadRequest(f"{option} {pair!r}: need NAME=VALUE.")
        if name in _TEXTS:
            found[name] = text
        elif name in _LISTS:
            found.setdefault(name, []).append(text)
        else:
            found[name] = _value(text)
    return found


def _value(text: str) -> Any:
    try:
        return json.loads(_WORDS.get(text, text))
    except ValueError:
        return text


_TEXTS = frozenset({"exact", "regex", "format", "like_baseline", "cron", "severity"})
_LISTS = frozenset({"contains", "lacks"})
_WORDS = {"yes": "true", "no": "false"}


def _when(probe: dict[str, Any]) -> str:
    return (
        f"at {probe['cron']}"
        if probe.get("cron")
        else (f"every {probe.get('every_minutes', 60)} minutes")
    )


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    probe, last = one["probe"], (one["recent"] or [None])[-1]
    status = "running" if one["is_running"] else last["status"] if last else "-"
    return (
        probe["name"], ", ".join(probe["models"]), _when(probe), status,
        f"{last['passed']}/{last['samples']}" if last else "-",
        (one["next_time"] or "paused")[:19], one["spent_usd"] or "-",
        ", ".join(f"{drift['model']} ({drift['severity']})" for drift in one["drift"]),
    )  # fmt: skip


def _run_row(run: dict[str, Any]) -> tuple[str, ...]:
    times = [one["latency_ms"] for one in run["samples"] if one["latency_ms"] is not None]
    passed = sum(one["status"] == "passed" for one in run["samples"])
    scores = [one["score"] for one in run["agreement"]]
    return (
        run["started_time"][:19], run["status"], f"{passed}/{len(run['samples'])}",
        f"{sum(times) / len(times):.0f}" if times else "-",
        f"{min(scores):.2f}" if scores else "-", run["cost_usd"] or "-", run["detail"][:80],
    )  # fmt: skip


def _sample_row(one: dict[str, Any]) -> tuple[str, ...]:
    return (
        one["model"], one["status"], _figure(one["latency_ms"], ".0f"),
        _figure(one["output_tokens"], "d"), _figure(one["similarity"], ".2f"),
        one["cost_usd"] or "-", "; ".join(one["problems"])[:60], one["answer"][:60],
    )  # fmt: skip


def _figure(value: float | None, shape: str) -> str:
    return "-" if value is None else format(value, shape)


def _group() -> None:
    """Prompts that are sent on a schedule."""
