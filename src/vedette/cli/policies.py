"""`vedette policies ...`: the policies of the guard, through the console."""

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from vedette.cli.options import ConfigOption
from vedette.cli.output import console, printable, table
from vedette.cli.remote import JsonOption, Remote, UrlOption, place

_PUT_EPILOG = """Examples:

- `vedette policies put support-bot.yaml --note "block attacks from Monday on"`

- `vedette policies put support-bot.yaml --publish`

Without `--publish` it is a draft: nothing changes."""
_PUBLISH_EPILOG = """Examples:

- `vedette policies publish support-bot`

- `vedette policies publish support-bot --version 4 --share 10` tries version 4 on a tenth of the
sessions; the others go on with the version that holds"""
_DIFF_EPILOG = """Without versions: the one that holds, or the one before, against the newest."""
_ROLLBACK_EPILOG = """A new version says what the old one said, and holds at once."""

NameArgument = Annotated[str, typer.Argument(metavar="POLICY", show_default=False)]


class Mode(StrEnum):
    ENFORCE = "enforce"
    SHADOW = "shadow"


class Sticky(StrEnum):
    SESSION = "session"
    REQUEST = "request"


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Policies of the guard.")
    group.callback()(_group)
    group.command("list")(list_policies)
    group.command("show")(show)
    group.command("versions")(versions)
    group.command("put", epilog=_PUT_EPILOG)(put)
    group.command("diff", epilog=_DIFF_EPILOG)(diff)
    group.command("publish", epilog=_PUBLISH_EPILOG)(publish)
    group.command("unpublish")(unpublish)
    group.command("rollback", epilog=_ROLLBACK_EPILOG)(rollback)
    group.command("mode")(switch)
    group.command("delete")(delete)
    app.add_typer(group, name="policies")


def list_policies(
    as_json: JsonOption = False, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """List policies: of the console, of the configuration, and those to begin from."""
    found = Remote.find(config, url).get("/policies")["items"]
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    columns = ("NAME", "ORIGIN", "LEVEL", "MODE", "RULES>", "LATEST>", "LIVE>", "TRIAL", "CHANGED")
    table(console(), columns, map(_row, found))


def show(
    policy: NameArgument,
    *,
    version: Annotated[int, typer.Option(min=0, help="Else the newest.", show_default=False)] = 0,
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Print a policy as a file that `put` takes."""
    import msgspec

    remote, path = Remote.find(config, url), place("policies", policy)
    found = remote.get(f"{path}/versions/{version}") if version else remote.get(path)["policy"]
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    print(msgspec.yaml.encode(_shortened(found)).decode(), end="")


def versions(
    policy: NameArgument,
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """List the versions of a policy, the newest first."""
    found = Remote.find(config, url).get(f"{place('policies', policy)}/versions")["items"]
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    rows = (
        (
            str(one["version"]),
            "live" if one["is_live"] else "trial" if one["is_trial"] else "",
            one["mode"],
            str(one["rules"]),
            one["created_time"][:19].replace("T", " "),
            one["note"],
        )
        for one in found
    )
    table(console(), ("VERSION>", "STATE", "MODE", "RULES>", "MADE", "NOTE"), rows)


def put(
    file: Annotated[Path, typer.Argument(help="A policy in YAML.", show_default=False)],
    *,
    note: Annotated[str, typer.Option(help="What it is for.", show_default=False)] = "",
    publish: Annotated[bool, typer.Option(help="Let it hold at once.")] = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Keep a policy: a new one, or a new version."""
    import msgspec

    from vedette.guard.policies import read_file

    policy = read_file(file)
    remote, path = Remote.find(config, url), place("policies", policy.name)
    body = {"policy": msgspec.to_builtins(policy), "note": note}
    known = {one["name"] for one in remote.get("/policies")["items"] if one["origin"] == "console"}
    if policy.name in known:
        made = remote.send("PUT", path, body)
    else:
        made = remote.send("POST", "/policies", body)
    if publish:
        made = remote.send("POST", f"{path}/publish", {"version": made["summary"]["latest"]})
    _say(made)


def diff(
    policy: NameArgument,
    *,
    begin: Annotated[
        int, typer.Option("--from", min=0, help="A version.", show_default=False)
    ] = 0,
    to: Annotated[int, typer.Option(min=0, help="Another.", show_default=False)] = 0,
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:  # fmt: skip
    """Say what two versions differ in."""
    query = {name: number for name, number in (("from", begin), ("to", to)) if number}
    found = Remote.find(config, url).get(f"{place('policies', policy)}/diff", **query)
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    out = console()
    out.print(f"{policy}: version {found['from_version']} to {found['to_version']}")
    if not found["items"]:
        out.print("They are the same.")
    for one in found["items"]:
        out.print(printable(one["path"]))
        for mark, value in (("-", one["before"]), ("+", one["after"])):
            if value is not None:
                out.print(f"  {mark} {printable(_text(value))}", soft_wrap=True)


def publish(
    policy: NameArgument,
    *,
    version: Annotated[int, typer.Option(min=0, help="Else the newest.", show_default=False)] = 0,
    share: Annotated[float, typer.Option(min=0, max=100, help="Percent of the calls.")] = 100.0,
    sticky: Annotated[
        Sticky, typer.Option(help="With a share: what stays on one side.")
    ] = Sticky.SESSION,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Let a version hold, in every worker within a second."""
    body: dict[str, Any] = {"share": share, "sticky": sticky.value}
    if version:
        body["version"] = version
    _say(Remote.find(config, url).send("POST", f"{place('policies', policy)}/publish", body))


def unpublish(
    policy: NameArgument,
    *,
    trial: Annotated[bool, typer.Option("--trial", help="Only end the trial.")] = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Let a policy hold no more; its versions stay."""
    body = {"trial_only": trial}
    _say(Remote.find(config, url).send("POST", f"{place('policies', policy)}/unpublish", body))


def rollback(
    policy: NameArgument,
    version: Annotated[int, typer.Argument(min=1, show_default=False)],
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Go back to an old version."""
    path = f"{place('policies', policy)}/rollback"
    _say(Remote.find(config, url).send("POST", path, {"version": version}))


def switch(
    policy: NameArgument,
    mode: Annotated[Mode, typer.Argument(show_default=False)],
    *,
    rule: Annotated[str, typer.Option(help="Only this rule.", show_default=False)] = "",
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Switch a policy, or one of its rules, between shadow and enforce."""
    body = {"mode": mode.value, "rule": rule}
    _say(Remote.find(config, url).send("POST", f"{place('policies', policy)}/mode", body))


def delete(policy: NameArgument, url: UrlOption = "", config: ConfigOption = None) -> None:
    """Delete a policy; it holds no more within a second."""
    Remote.find(config, url).send("DELETE", place("policies", policy))
    console().print(f"Deleted {printable(policy)}.")


def _say(detail: Mapping[str, Any]) -> None:
    summary = detail["summary"]
    out = console()
    out.print(f"{summary['name']}: newest version {summary['latest']}, {_state(summary)}.")
    for one in detail.get("above", ()):
        stays = "this one takes its place" if one["is_replaced"] else "it goes on holding as well"
        where = f"{one['policy']} ({one['level']}) has a rule {one['rule']}, too"
        out.print(printable(f"{where}: {stays}."), soft_wrap=True)


def _state(summary: Mapping[str, Any]) -> str:
    said = f"version {summary['live']} holds" if summary["live"] else "none holds"
    if summary["trial"]:
        said += f", version {summary['trial']} is tried on {summary['share']:g} %"
    return f"{said}, mode {summary['mode']}"


def _row(one: Mapping[str, Any]) -> tuple[str, ...]:
    trial = f"{one['trial']} ({one['share']:g} %)" if one["trial"] else "-"
    shadow = f" ({one['shadow_rules']} in shadow)" if one["shadow_rules"] else ""
    return (
        one["name"], one["origin"], one["level"], one["mode"], f"{one['rules']}{shadow}",
        str(one["latest"]), str(one["live"] or "-"), trial,
        (one["updated_time"] or "-")[:16].replace("T", " "),
    )  # fmt: skip


def _shortened(policy: Mapping[str, Any]) -> Any:
    """Without what is as it is by default."""
    import msgspec

    from vedette.model.policy import Policy

    read = msgspec.convert(policy, Policy)
    return _without_defaults(read)


def _without_defaults(value: Any) -> Any:
    import msgspec

    if isinstance(value, msgspec.Struct):
        plain: dict[str, Any] = {}
        defaults = dict(_defaults(type(value)))
        for name in value.__struct_fields__:
            if name == "version":
                continue
            given = getattr(value, name)
            if name not in defaults or given != defaults[name]:
                plain[name] = _without_defaults(given)
        return plain
    if isinstance(value, tuple | list):
        return [_without_defaults(one) for one in value]
    return value


def _defaults(kind: type) -> list[tuple[str, Any]]:
    import msgspec

    found = []
    for field in msgspec.structs.fields(kind):
        if field.default is not msgspec.NODEFAULT:
            found.append((field.name, field.default))
        elif field.default_factory is not msgspec.NODEFAULT:
            found.append((field.name, field.default_factory()))
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _group() -> None:
    """Policies of the guard: made, published, compared, rolled back."""
