"""What keys and projects are granted, as options: scopes, budgets, limits, an end."""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Annotated, Any, NamedTuple

import typer

from vedette.clock import SystemClock
from vedette.errors import BadRequest
from vedette.query.times import format_time

_BUDGET = re.compile(r"(\d[\d.]*)(?:/([a-z0-9]+))?(?:/([a-z]+)(?::(.+))?)?", re.ASCII)
_SPAN = re.compile(r"(\d{1,9})([smhdw])", re.ASCII)
_UNIT_S = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


LIMITS = ("rpm", "tpm", "concurrency", "usd_per_minute")
_CLEARED: Mapping[str, Any] = {
    "budgets": [], "limits": None, "models": [], "routes": [], "endpoints": [], "ips": [],
    "expires_at": None, "owner": "", "metadata": {}, "retention_days": None,
}  # fmt: skip


ClearOption = Annotated[
    list[str] | None,
    typer.Option(
        "--clear", show_default=False,
        help="What goes: budgets, limits, of projects retention_days, and of keys models, routes, "
        "endpoints, ips, expires_at, owner, metadata. Repeat it.",
    ),
]  # fmt: skip


class Grant(NamedTuple):
    """One option."""

    option: str
    type: Any
    help: str
    default: Any = None
    least: int | None = None


ALLOWANCE: Mapping[str, Grant] = {
    "budgets": Grant(
        "--budget", list[str],
        "USD that may be spent, such as 10, 5/1d or 100/month/throttle: amount, window (total, "
        "1h, 1d, 30d, month), action (block, throttle, reroute, reroute:MODEL). Repeat it for "
        "several.", [],
    ),
    "rpm": Grant("--rpm", int | None, "Requests a minute.", least=1),
    "tpm": Grant("--tpm", int | None, "Tokens a minute.", least=1),
    "concurrency": Grant("--concurrency", int | None, "Calls at a time.", least=1),
    "usd_per_minute": Grant("--usd-per-minute", str, "US dollars a minute.", ""),
    "on_failure": Grant(
        "--on-failure", str,
        "Whether calls go on (open) or get 503 (closed) where use cannot be told.", "",
    ),
}  # fmt: skip
KEY: Mapping[str, Grant] = {
    "models": Grant("--model", list[str], "Model it may use, with * and ?. Repeat it.", []),
    "routes": Grant("--route", list[str], "Route it may use. Repeat it.", []),
    "endpoints": Grant(
        "--endpoint", list[str], "Path it may call, such as /v1/chat/*. Repeat it.", []
    ),
    "ips": Grant("--ip", list[str], "Address or network it may be used from. Repeat it.", []),
    **ALLOWANCE,
    "expires_in": Grant("--expires-in", str, "Span until it ends, such as 12h or 30d.", ""),
    "owner": Grant("--owner", str, "Who has it.", ""),
    "metadata": Grant("--metadata", list[str], "name=value. Repeat it.", []),
}


def granting(grants: Mapping[str, Grant]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command these options; it gets their values as its argument `grant`."""

    def extend(command: Callable[..., None]) -> Callable[..., None]:
        own = [
            parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            for name, parameter in inspect.signature(command, eval_str=True).parameters.items()
            if name != "grant"
        ]
        added = [_parameter(name, grant) for name, grant in grants.items()]

        @wraps(command)
        def run(**values: Any) -> None:
            command(grant={name: values.pop(name) for name in grants}, **values)

        run.__signature__ = inspect.Signature([*own, *added])  # type: ignore[attr-defined]
        run.__annotations__ = {each.name: each.annotation for each in (*own, *added)}
        run.__annotations__["return"] = None
        del run.__wrapped__
        return run

    return extend


def allowance_body(grant: Mapping[str, Any]) -> dict[str, Any]:
    """Budgets and limits for the API, without those that were not given."""
    body: dict[str, Any] = {}
    if grant["budgets"]:
        body["budgets"] = [read_budget(text) for text in grant["budgets"]]
    if given := {name: value for name in LIMITS if (value := grant[name]) not in (None, "")}:
        body["limits"] = given
    if grant["on_failure"]:
        body["on_failure"] = grant["on_failure"]
    return body


def key_body(grant: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that a key is granted, for the API."""
    names = ("models", "routes", "endpoints", "ips", "owner")
    body: dict[str, Any] = {name: grant[name] for name in names if grant[name]}
    if grant["metadata"]:
        body["metadata"] = dict(_pair(text) for text in grant["metadata"])
    if grant["expires_in"]:
        span_s = read_span(grant["expires_in"], "--expires-in")
        body["expires_at"] = format_time(SystemClock().now_ns() + span_s * 10**9)
    return body | allowance_body(grant)


def changed_body(
    body: Mapping[str, Any], given: Mapping[str, Any], clear: Iterable[str]
) -> dict[str, Any]:
    """What to change of `given`: limits that are not named stay. `clear` are fields that go."""
    changed = dict(body)
    for name in clear:
        if name not in _CLEARED:
            known = ", ".join(_CLEARED)
            raise BadRequest(f"--clear {name!r}: use one of {known}.")
        if name in given:
            changed.setdefault(name, _CLEARED[name])
    if "limits" in body and "limits" not in clear:
        changed["limits"] = {**given["limits"], **body["limits"]}
    if not changed:
        raise BadRequest("Say what shall be different; --help shows the options.")
    return changed


def read_budget(text: str) -> dict[str, str]:
    """`amount[/window[/action]]`; the API knows which windows and actions there are."""
    match = _BUDGET.fullmatch(text)
    if match is None:
        raise BadRequest(f"--budget {text!r}: need an amount in USD, such as 10 or 5/1d/block.")
    names = ("limit_usd", "window", "action", "reroute_to")
    budget = dict(zip(names, match.groups(), strict=True))
    return {name: value for name, value in budget.items() if value is not None}


def read_span(text: str, option: str) -> int:
    """Seconds of a span such as `90s`, `15m`, `1h`, `30d`."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise BadRequest(f"{option} {text!r}: need a span such as 90s, 15m, 1h, 30d or 2w.")
    return int(match[1]) * _UNIT_S[match[2]]


def budgets_text(budgets: list[dict[str, Any]]) -> str:
    """Budgets as the option takes them."""
    return ", ".join(
        f"{float(one['limit_usd']):g}/{one['window']}/{one['action']}"
        + (f":{one['reroute_to']}" if one["reroute_to"] else "")
        for one in budgets
    )


def limits_text(limits: Mapping[str, Any]) -> str:
    """Limits in a few words."""
    return ", ".join(f"{limits[name]} {name}" for name in LIMITS if limits[name] is not None)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise BadRequest(f"--metadata {text!r}: need name=value.")
    return name, value


def _parameter(name: str, grant: Grant) -> inspect.Parameter:
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=typer.Option(
            grant.default, grant.option, help=grant.help, show_default=False, min=grant.least
        ),
        annotation=grant.type,
    )
