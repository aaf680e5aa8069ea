"""`vedette alerts ...`: what is open, what is watched, and who is told."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from vedette.cli.options import ConfigOption
from vedette.cli.output import console, table
from vedette.cli.remote import JsonOption, Remote, UrlOption, in_project, place
from vedette.errors import BadRequest, NotFound

_APPLY_EPILOG = """Example of a file:

    channels:
      - {name: on-call, kind: webhook, options: {url: "https://hooks.example.org/x", secret: s}}
    rules:
      - {name: many errors, metric: error_rate, op: ">", value: 5, window_s: 300, least_calls: 20,
         severity: critical, channels: [on-call]}

Rules and channels of the same name are replaced; others stay."""

ProjectOption = Annotated[str, typer.Option(help="Id or name of the project.", show_default=False)]
IdArgument = Annotated[str, typer.Argument(help="Id of the alert.", show_default=False)]
ByOption = Annotated[str, typer.Option(help="Who takes care.", show_default=False)]
NoteOption = Annotated[str, typer.Option(help="What is known of it.", show_default=False)]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Alerts: rules, channels and what they saw.")
    group.callback()(_group)
    group.command("list")(list_alerts)
    group.command("ack")(acknowledge)
    group.command("resolve")(resolve)
    group.command("rules")(list_rules)
    group.command("channels")(list_channels)
    group.command("apply", epilog=_APPLY_EPILOG)(apply)
    group.command("delete")(delete)
    group.command("test")(try_out)
    group.command("silence")(silence)
    app.add_typer(group, name="alerts")


def list_alerts(
    *,
    state: Annotated[str, typer.Option(help="`firing` or `resolved`.", show_default=False)] = "",
    limit: Annotated[int, typer.Option(min=1, max=200, help="The newest.")] = 50,
    project: ProjectOption = "",
    as_json: JsonOption = False,
    config: ConfigOption = None,
    url: UrlOption = "",
) -> None:
    """List alerts: those that are open first."""
    page = Remote.find(config, url).get("/alerts", state=state, limit=limit, project=project)
    if as_json:
        print(json.dumps(page["items"], indent=2))
        return
    rows = (
        (
            one["id"], one["severity"], _state(one), one["started_time"][:19], one["rule"],
            one["group"], one["summary"],
        )
        for one in page["items"]
    )  # fmt: skip
    table(console(), ("ID", "SEVERITY", "STATE", "SINCE", "RULE", "GROUP", "SEEN"), rows)


def acknowledge(
    id: IdArgument, *, by: ByOption = "", note: NoteOption = "", project: ProjectOption = "",
    config: ConfigOption = None, url: UrlOption = "",
) -> None:  # fmt: skip
    """Take care of an alert: it is neither repeated nor escalated."""
    _handle(Remote.find(config, url), id, "acknowledge", project, {"by": by, "note": note})
    console().print(f"{id} is acknowledged.")


def resolve(
    id: IdArgument, *, by: ByOption = "", note: NoteOption = "", project: ProjectOption = "",
    config: ConfigOption = None, url: UrlOption = "",
) -> None:  # fmt: skip
    """End an alert by hand; where it still holds it opens anew."""
    _handle(Remote.find(config, url), id, "resolve", project, {"by": by, "note": note})
    console().print(f"{id} is resolved.")


def list_rules(
    project: ProjectOption = "", as_json: JsonOption = False, config: ConfigOption = None,
    url: UrlOption = "",
) -> None:  # fmt: skip
    """List what is watched."""
    items = Remote.find(config, url).get("/alert-rules", project=project)["items"]
    if as_json:
        print(json.dumps(items, indent=2))
        return
    rows = (
        (
            one["rule"]["name"], one["rule"]["severity"], _watched(one["rule"]),
            ", ".join(one["rule"]["channels"]), "" if one["rule"]["enabled"] else "off",
        )
        for one in items
    )  # fmt: skip
    table(console(), ("RULE", "SEVERITY", "WATCHES", "TELLS", ""), rows)


def list_channels(
    project: ProjectOption = "", as_json: JsonOption = False, config: ConfigOption = None,
    url: UrlOption = "",
) -> None:  # fmt: skip
    """List who can be told; secrets are not shown."""
    items = Remote.find(config, url).get("/alert-channels", project=project)["items"]
    if as_json:
        print(json.dumps(items, indent=2))
        return
    rows = (
        (
            one["channel"]["name"], one["channel"]["kind"],
            ", ".join(f"{name}={value}" for name, value in one["channel"]["options"].items()),
            "" if one["channel"]["enabled"] else "off",
        )
        for one in items
    )  # fmt: skip
    table(console(), ("CHANNEL", "KIND", "OPTIONS", ""), rows)


def apply(
    file: Annotated[Path, typer.Argument(help="YAML; `-` reads standard input.")],
    project: ProjectOption = "",
    config: ConfigOption = None,
    url: UrlOption = "",
) -> None:
    """Create or replace channels and rules from a file."""
    wanted = _read(file)
    remote = Remote.find(config, url)
    for kind in ("channels", "rules"):
        noun = kind.removesuffix("s")
        there = {
            one[noun]["name"]: one for one in remote.get(f"/alert-{kind}", project=project)["items"]
        }
        for body in wanted.get(kind, ()):
            kept = there.get(body.get("name", ""))
            if kept is None:
                remote.send("POST", in_project(f"/alert-{kind}", project), body)
            else:
                path = in_project(f"/alert-{kind}{place(kept['id'])}", project)
                remote.send("PUT", path, body, version=kept["version"])
            said = "created" if kept is None else "replaced"
            console().print(f"{noun} {body.get('name')!r} {said}.")


def delete(
    name: Annotated[str, typer.Argument(help="Name of a rule or channel.", show_default=False)],
    channel: Annotated[bool, typer.Option("--channel", help="A channel, not a rule.")] = False,
    project: ProjectOption = "",
    config: ConfigOption = None,
    url: UrlOption = "",
) -> None:
    """Delete a rule or a channel."""
    remote, noun = Remote.find(config, url), "channel" if channel else "rule"
    kept = _find(remote, noun, name, project)
    path = in_project(f"/alert-{noun}s{place(kept['id'])}", project)
    remote.send("DELETE", path, version=kept["version"])
    console().print(f"Deleted the {noun} {name!r}.")


def try_out(
    name: Annotated[str, typer.Argument(help="Name of a channel or rule.", show_default=False)],
    rule: Annotated[bool, typer.Option("--rule", help="Show what a rule sees now.")] = False,
    project: ProjectOption = "",
    config: ConfigOption = None,
    url: UrlOption = "",
) -> None:
    """Send a test message to a channel, or show what a rule sees now."""
    remote = Remote.find(config, url)
    if rule:
        kept = _find(remote, "rule", name, project)
        groups = remote.send("POST", in_project("/alert-rules/try", project), kept["rule"])[
            "groups"
        ]
        rows = (("fires" if one["holds"] else "", one["group"], one["summary"]) for one in groups)
        table(console(), ("", "GROUP", "SEEN"), rows)
        return
    kept = _find(remote, "channel", name, project)
    path = in_project(f"/alert-channels{place(kept['id'], 'test')}", project)
    tried = remote.send("POST", path)
    if not tried["delivered"]:
        console().print(f"Not delivered: {tried['detail']}")
        raise typer.Exit(1)
    console().print("Delivered.")


def silence(
    minutes: Annotated[int, typer.Argument(min=1, help="For how long.", show_default=False)],
    *,
    rule: Annotated[str, typer.Option(help="Name of a rule. Else all.", show_default=False)] = "",
    group: Annotated[str, typer.Option(help="One group of it.", show_default=False)] = "",
    reason: Annotated[str, typer.Option(help="Why.", show_default=False)] = "",
    project: ProjectOption = "",
    config: ConfigOption = None,
    url: UrlOption = "",
) -> None:
    """Tell nobody for a while; alerts are recorded all the same."""
    body = {"seconds": 60 * minutes, "rule": rule, "group": group, "reason": reason}
    made = Remote.find(config, url).send("POST", in_project("/alert-silences", project), body)
    console().print(f"Silent until {made['until_time'][:19]}Z.")


def _handle(remote: Remote, id: str, action: str, project: str, body: Mapping[str, str]) -> None:
    remote.send("POST", in_project(f"/alerts{place(id, action)}", project), body)


def _find(remote: Remote, noun: str, name: str, project: str) -> dict[str, Any]:
    items: list[dict[str, Any]] = remote.get(f"/alert-{noun}s", project=project)["items"]
    found = next((one for one in items if one[noun]["name"] == name), None)
    if found is None:
        raise NotFound(f"There is no {noun} {name!r}.")
    return found


def _read(file: Path) -> dict[str, list[dict[str, Any]]]:
    import yaml

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text()
        found = yaml.safe_load(text)
    except OSError as error:
        raise BadRequest(f"{str(file)!r} cannot be read: {error.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise BadRequest(f"{str(file)!r} is no valid YAML.") from None
    is_good = isinstance(found, dict) and all(
        name in ("channels", "rules") and isinstance(some, list)
        and all(isinstance(one, dict) for one in some)
        for name, some in found.items()
    )  # fmt: skip
    if not is_good:
        raise BadRequest(f"{str(file)!r}: need lists under `channels` and `rules`.")
    return dict(found)


def _state(alert: Mapping[str, Any]) -> str:
    if alert["state"] == "firing" and alert["acknowledged_time"]:
        return "acknowledged"
    return str(alert["state"])


def _watched(rule: Mapping[str, Any]) -> str:
    if rule["kind"] == "event":
        return f"reports of {rule['subject'] or 'anything'}"
    if rule["kind"] == "absence":
        return f"no calls in {rule['window_s']} s"
    return f"{rule['metric']} {rule['op']} {rule['value']:g} ({rule['kind']}, {rule['window_s']} s)"


def _group() -> None:
    """Alerts: rules, channels and what they saw."""
