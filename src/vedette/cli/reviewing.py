"""`vedette guard replay|findings|feedback|allow|calibration`: what the guard saw, and what people
say of it; through the console."""

import json
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from vedette.cli.options import ConfigOption
from vedette.cli.output import console, printable, table
from vedette.cli.remote import JsonOption, Remote, UrlOption, place
from vedette.errors import BadRequest

POLL_S = 0.5
_LAST = re.compile(r"last-(\d{1,4}[mhdw])")

ProjectOption = Annotated[
    str, typer.Option(help="Id or name of the project; else `default`.", show_default=False)
]
IdArgument = Annotated[str, typer.Argument(metavar="FINDING", show_default=False)]


def register_in(group: typer.Typer) -> None:
    group.command("findings")(list_findings)
    group.command("finding")(show_finding)
    group.command("feedback")(give_feedback)
    allowed = typer.Typer(no_args_is_help=True, help="Allow-lists: what is no finding.")
    allowed.command("list")(list_allowed)
    allowed.command("add")(allow)
    allowed.command("delete")(disallow)
    group.add_typer(allowed, name="allow")
    group.command("calibration")(calibration)


def replay(
    policy: str, traffic: str, most: int, *, project: str, as_json: bool, url: str,
    config: Path | None,
) -> None:  # fmt: skip
    """Try a policy on recorded calls, and wait for the end."""
    match = _LAST.fullmatch(traffic)
    begin = f"now-{match[1]}" if match is not None else traffic
    remote = Remote.find(config, url)
    body: dict[str, Any] = {"begin": begin, "most": most, **_policy(policy)}
    started = remote.send("POST", f"/guard/replays{_query(project)}", body)
    try:
        done = _wait(remote, started)
    except KeyboardInterrupt:
        remote.send("DELETE", place("guard", "replays", started["id"]))
        raise
    if as_json:
        print(json.dumps(done, indent=2, ensure_ascii=False))
        return
    _show_replay(done)


def list_findings(
    *,
    begin: Annotated[str, typer.Option("--from", help="A time, or such as now-24h.")] = "now-7d",
    detector: Annotated[str, typer.Option(show_default=False)] = "",
    policy: Annotated[str, typer.Option(show_default=False)] = "",
    mode: Annotated[str, typer.Option(help="enforce or shadow.", show_default=False)] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    project: ProjectOption = "",
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """List what rules fired on, the newest first."""
    query = {"detector": detector, "policy": policy, "mode": mode, "project": project}
    found = Remote.find(config, url).get("/guard/findings", limit=limit, **{"from": begin}, **query)
    if as_json:
        print(json.dumps(found["items"], indent=2, ensure_ascii=False))
        return
    columns = ("TIME", "DETECTOR", "KIND", "SCORE>", "WHERE", "POLICY", "RULE", "ACTION", "SAID",
               "ID")  # fmt: skip
    table(console(), columns, map(_finding_row, found["items"]))


def show_finding(
    finding: IdArgument,
    project: ProjectOption = "",
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Show a finding in its text, as far as that is kept."""
    path = place("guard", "findings", finding)
    found = Remote.find(config, url).get(path, project=project)
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    out, told = console(), found["finding"]
    for name in ("time", "detector", "kind", "score", "where", "policy", "version", "rule",
                 "action", "mode", "trace_id"):  # fmt: skip
        out.print(f"{name:<10}{printable(str(told[name]))}")
    out.print(f"{'said':<10}{_said(told['said'])}")
    excerpt = found["excerpt"]
    if excerpt is None:
        out.print(found["unseen"])
        return
    text, start, end = excerpt["text"], excerpt["start"], excerpt["end"]
    marked = f"{text[:start]}>>>{text[start:end]}<<<{text[end:]}" if end > start else text
    out.print("\n".join(map(printable, marked.splitlines())), soft_wrap=True)


def give_feedback(
    finding: IdArgument,
    *,
    right: Annotated[
        bool | None, typer.Option("--true/--false", help="Whether it is right.")
    ] = None,
    note: Annotated[str, typer.Option(show_default=False)] = "",
    withdraw: Annotated[bool, typer.Option(help="Take back what was said.")] = False,
    project: ProjectOption = "",
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:  # fmt: skip
    """Say whether a finding is right; thresholds and precision are worked out from it."""
    path = f"{place('guard', 'findings', finding, 'feedback')}{_query(project)}"
    remote = Remote.find(config, url)
    if withdraw:
        remote.send("DELETE", path)
        console().print("Taken back.")
        return
    if right is None:
        raise BadRequest("Say --true or --false, or --withdraw.")
    remote.send("POST", path, {"is_true": right, "note": note})
    console().print(f"Noted as {_said(right)}.")


def list_allowed(
    project: ProjectOption = "",
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """List the entries, those that have expired too."""
    found = Remote.find(config, url).get("/guard/allowed", project=project)["items"]
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    columns = ("ID", "KIND", "VALUE", "DETECTOR", "PROJECT", "EXPIRES", "NOTE")
    rows = (
        (
            one["id"], one["kind"], one["value"][:40],
            "/".join(filter(None, (one["detector"], one["finding_kind"]))) or "all",
            one["project"] or "all",
            "expired" if one["is_expired"] else (one["expires_at"] or "never")[:16],
            one["note"],
        )
        for one in found
    )  # fmt: skip
    table(console(), columns, rows)


def allow(
    value: Annotated[str, typer.Argument(help="A value, a pattern, or a text.")],
    *,
    kind: Annotated[str, typer.Option(help="value, pattern (RE2) or text.")] = "value",
    detector: Annotated[str, typer.Option(help="Else all.", show_default=False)] = "",
    finding_kind: Annotated[str, typer.Option(help="Else all.", show_default=False)] = "",
    expires: Annotated[
        str, typer.Option(help="When it ends, RFC 3339; else never.", show_default=False)
    ] = "",
    note: Annotated[str, typer.Option(help="Why.", show_default=False)] = "",
    project: Annotated[str, typer.Option(help="Else all projects.", show_default=False)] = "",
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Let something be no finding, in every worker within a second."""
    body = {"kind": kind, "value": value, "detector": detector, "finding_kind": finding_kind,
            "expires_at": expires, "note": note, "project": project}  # fmt: skip
    made = Remote.find(config, url).send("POST", "/guard/allowed", body)
    console().print(f"Allowed as {made['id']}.")


def disallow(
    entry: Annotated[str, typer.Argument(metavar="ID", show_default=False)],
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Delete an entry."""
    Remote.find(config, url).send("DELETE", place("guard", "allowed", entry))
    console().print(f"Deleted {printable(entry)}.")


def calibration(
    detector: Annotated[str, typer.Argument(help="Only this one.", show_default=False)] = "",
    *,
    apply: Annotated[
        float, typer.Option(help="Apply this threshold.", show_default=False)
    ] = -1.0,
    withdraw: Annotated[bool, typer.Option(help="Go back to what the rules say.")] = False,
    project: ProjectOption = "",
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:  # fmt: skip
    """Show what feedback says of thresholds; apply one."""
    remote = Remote.find(config, url)
    if detector and (withdraw or apply >= 0):
        path = f"{place('guard', 'calibration', detector)}{_query(project)}"
        remote.send(*(("DELETE", path) if withdraw else ("PUT", path, {"threshold": apply})))
    elif withdraw or apply >= 0:
        raise BadRequest("Name the detector whose threshold is meant.")
    found = remote.get("/guard/calibration", project=project)["items"]
    shown = [one for one in found if detector in ("", one["detector"])]
    if as_json:
        print(json.dumps(shown, indent=2, ensure_ascii=False))
        return
    columns = ("DETECTOR", "TRUE>", "FALSE>", "APPLIED>", "PROPOSED>", "WHY")
    rows = (
        (
            one["detector"], str(one["true"]), str(one["false"]), _number(one["applied"]),
            _number(one["proposed"]), one["reason"],
        )
        for one in shown
    )  # fmt: skip
    table(console(), columns, rows)


def _policy(name: str) -> dict[str, Any]:
    """A file as it is; else a name."""
    import msgspec

    from vedette.guard.policies import read_file

    if "/" in name or name.endswith((".yaml", ".yml")):
        return {"policy": msgspec.to_builtins(read_file(Path(name)))}
    return {"name": name}


def _wait(remote: Remote, started: Mapping[str, Any]) -> dict[str, Any]:
    path = place("guard", "replays", started["id"])
    is_seen = sys.stderr.isatty()
    while True:
        state: dict[str, Any] = remote.get(path)
        if is_seen:
            print(f"\r{state['status']}: {state['calls']} calls", end="", file=sys.stderr)
        if state["status"] not in ("waiting", "running"):
            if is_seen:
                print(file=sys.stderr)
            return state
        time.sleep(POLL_S)


def _show_replay(done: Mapping[str, Any]) -> None:
    out = console()
    said = ", ".join(f"{name} {count}" for name, count in sorted(done["actions"].items()))
    out.print(f"{done['calls']} calls, {done['texts']} texts: {said or 'nothing to look at'}")
    out.print(f"{done['changed']} calls would have ended otherwise than they did.")
    if done["without_text"]:
        out.print(f"{done['without_text']} calls have no texts: their capture mode keeps none.")
    if done["stopped_early"] or done["error"]:
        out.print(f"Not all was looked at: {done['error'] or done['stopped_early']}.")
    columns = ("RULE", "DETECTOR", "CALLS>", "NEW>", "HITS>", "MOSTLY")
    rows = (
        (
            rule["rule"], rule["detector"], str(rule["calls"]), str(rule["new_calls"]),
            str(rule["hits"]),
            ", ".join(f"{kind or '-'} {count}" for kind, count in list(rule["kinds"].items())[:3]),
        )
        for rule in done["rules"]
    )  # fmt: skip
    table(out, columns, rows)
    samples = [one for rule in done["rules"] for one in rule["samples"][:5]]
    if samples:
        out.print("To look at, the least sure first of each rule:")
        columns = ("SCORE>", "DETECTOR", "KIND", "SAID", "TEXT", "TRACE")
        table(out, columns, map(_sample_row, samples))


def _sample_row(one: Mapping[str, Any]) -> tuple[str, ...]:
    text = f"{one['before'][-24:]}>{one['found'][:40]}<{one['after'][:24]}".replace("\n", " ")
    return (f"{one['score']:.2f}", one["detector"], one["kind"], _said(one["said"]), text,
            one["trace_id"])  # fmt: skip


def _finding_row(one: Mapping[str, Any]) -> tuple[str, ...]:
    shadow = " (shadow)" if one["mode"] == "shadow" else ""
    return (
        one["time"][:19].replace("T", " "), one["detector"], one["kind"] or "-",
        f"{one['score']:.2f}", one["where"], f"{one['policy']}@{one['version']}", one["rule"],
        f"{one['action']}{shadow}", _said(one["said"]), one["id"],
    )  # fmt: skip


def _said(said: bool | None) -> str:
    return "-" if said is None else "true" if said else "false"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def _query(project: str) -> str:
    from urllib.parse import urlencode

    return f"?{urlencode({'project': project})}" if project else ""
