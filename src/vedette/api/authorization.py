"""Who may call which operation of the API, and where: one table, and nothing beside it.

An operation that is not in the table is for those who may do everything: a new one is closed
until somebody has thought about it. Before an operation runs its rule is asked; rules that speak
of a project find it as the operation itself will (`scope.project_of`), by the key, or by the path.
What one may not see is not found, so that ids of others cannot be told from ids of nobody.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Literal, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from vedette.access.desk import AccessDesk
from vedette.api.context import context_of
from vedette.api.errors import Forbidden
from vedette.api.scope import PROJECT_PARAMETER, project_named, project_of
from vedette.errors import NotFound
from vedette.model.user import Permission, Principal
from vedette.query.parameters import Parameters

Where = Literal[
    "anybody",
    "somebody",
    "somewhere",
    "project",
    "asked",
    "organization_asked",
    "key",
    "project_id",
    "organization_id",
    "entry",
    "inside",
]
"""`anybody`: no log-in; `somebody`: any log-in; `somewhere`: wherever the permission is had;
`project`: in that of the query, else the default one; `asked`: in the project or organization of
the query, which has to be there; the next four: as the path names it; `inside`: the operation
itself bounds what it shows or does (`visible`, `check_in`)."""


class Rule(NamedTuple):
    """What an operation needs."""

    where: Where
    permission: Permission | None = None


_READ, _WRITE = Rule("project", "calls.read"), Rule("project", "calls.write")
_ALERTS = Rule("project", "alerts.manage")
_KEYS, _USAGE = Rule("key", "keys.manage"), Rule("asked", "usage.read")
_ANYBODY, _SOMEBODY, _INSIDE = Rule("anybody"), Rule("somebody"), Rule("inside")
_AUDIT = Rule("organization_asked", "audit.read")

RULES: dict[str, Rule] = {
    **dict.fromkeys((
        "show_session", "open_session", "close_session", "accept_invitation", "reset_password",
        "show_liveness", "show_readiness", "begin_sign_on", "finish_sign_on",
        "take_assertion", "show_saml_metadata", "follow_logout", "take_logout",
        "send_reset_link",
        # The intake asks for keys itself.
        "ingest_spans", "export_traces", "export_logs", "export_metrics",
    ), _ANYBODY),
    **dict.fromkeys((
        "show_info", "show_fields", "list_providers", "show_provider", "list_routes", "show_route",
        "explain_route", "list_policies", "show_audit_key", "show_me", "change_me",
        "change_my_password", "begin_my_totp", "confirm_my_totp", "drop_my_totp",
        "list_my_tokens", "issue_my_token", "revoke_my_token", "list_my_sessions",
        "end_my_session", "end_my_other_sessions",
    ), _SOMEBODY),
    **dict.fromkeys((
        "show_critical_path", "show_graph", "compare_traces",
        "list_traces", "show_trace", "show_span", "show_facets", "list_spans", "show_series",
        "show_summary", "export_spans", "follow_live", "show_facet_counts", "show_trace_totals",
        "list_sessions", "show_conversation", "replay_session", "list_end_users", "show_end_user",
        "list_views", "show_view", "list_alerts", "show_alert", "list_alert_rules",
        "list_alert_silences", "show_notes", "list_scores", "list_findings", "count_findings",
        "show_finding", "show_guard_overview", "show_drift", "list_drift_alarms",
        "show_drift_alarm", "report_drift", "compare_drift", "show_input_history",
        "list_probes", "show_probe", "list_probe_runs", "show_probe_run",
    ), _READ),
    **dict.fromkeys((
        "create_view", "replace_view", "delete_view", "post_scores", "delete_score",
        "set_bookmark", "clear_bookmark", "set_tag", "clear_tag", "post_comment",
        "delete_comment", "give_feedback", "withdraw_feedback", "create_baseline",
        "freeze_baseline", "delete_baseline",
    ), _WRITE),
    "forget_end_user": Rule("project", "project.manage"),
    **dict.fromkeys((
        "acknowledge_alert", "resolve_alert", "create_alert_rule", "try_alert_rule",
        "replace_alert_rule", "delete_alert_rule", "list_alert_channels", "create_alert_channel",
        "replace_alert_channel", "delete_alert_channel", "test_alert_channel",
        "create_alert_silence", "delete_alert_silence",
        # Probes spend money and raise alerts.
        "create_probe", "replace_probe", "delete_probe", "run_probe", "pause_probe",
        "resume_probe", "rebase_probe",
    ), _ALERTS),
    "evaluate_guard": Rule("somewhere", "guard.use"),
    "preview_policy": Rule("somewhere", "policies.manage"),
    **dict.fromkeys(("show_usage", "show_savings", "export_ledger"), _USAGE),
    "list_keys": Rule("asked", "keys.manage"),
    "create_key": _INSIDE,
    **dict.fromkeys(("show_key", "change_key", "delete_key", "rotate_key"), _KEYS),
    "show_key_usage": Rule("key", "usage.read"),
    "list_organizations": _INSIDE,
    "show_organization": Rule("organization_id", "usage.read"),
    "list_projects": _INSIDE,
    "create_project": _INSIDE,
    "show_project": Rule("project_id", "usage.read"),
    "change_project": Rule("project_id", "project.manage"),
    "delete_project": Rule("project_id", "project.manage"),
    **dict.fromkeys((
        "list_audit", "verify_audit", "export_audit", "show_audit_checkpoint", "show_compliance",
    ), _AUDIT),
    "show_audit_entry": Rule("entry", "audit.read"),
    "prove_audit_entry": Rule("entry", "audit.read"),
    **dict.fromkeys((
        "list_members", "place_member", "remove_member", "list_invitations", "invite_member",
        "withdraw_invitation",
    ), _INSIDE),
    **dict.fromkeys((
        "list_all_policies", "create_policy", "show_policy", "put_policy",
        "delete_policy", "list_policy_versions", "show_policy_version", "diff_policy",
        "publish_policy", "unpublish_policy", "rollback_policy", "switch_policy",
        "show_replay", "stop_replay",
        "create_allowance", "show_allowance", "change_allowance", "delete_allowance",
        "show_budget", "purge_cache",
    ), _INSIDE),
    **dict.fromkeys(("list_allowances", "list_budgets", "list_limits"), _USAGE),
    **dict.fromkeys(("list_replays", "show_calibration"), _READ),
    "list_allowed": Rule("asked", "calls.read"),
    "start_replay": Rule("project", "policies.manage"),
    "show_intake": Rule("project", "usage.read"),
}  # fmt: skip

Endpoint = Callable[..., Awaitable[Response]]


def guarded(endpoint: Endpoint) -> Endpoint:
    """The endpoint behind its rule."""
    rule = RULES.get(endpoint.__name__)

    @wraps(endpoint)
    async def ask_first(request: Request, **path: Any) -> Response:
        await authorize(request, rule, path)
        return await endpoint(request, **path)

    return ask_first


def principal_of(request: Request) -> Principal:
    """Who asks; nobody where nobody was let in."""
    found: Principal = getattr(request.state, "principal", Principal())
    return found


def me_of(request: Request, *, acts: bool = False) -> str:
    """The id of who asks. Raises Forbidden for who is nobody in particular, and for a personal
    token that would change who it speaks for."""
    principal = principal_of(request)
    if not principal.user_id:
        raise Forbidden("You are not logged in as a user.")
    if acts and principal.token_id:
        raise Forbidden("A personal token cannot do this. Log in.")
    return principal.user_id


async def authorize(request: Request, rule: Rule | None, path: dict[str, Any]) -> None:
    """Raises Forbidden or NotFound."""
    if rule is not None and rule.where == "anybody":
        return
    principal = principal_of(request)
    if principal.rules_all or (rule is not None and rule.where in ("somebody", "inside")):
        return
    if rule is None or rule.permission is None:
        if principal.is_root and principal.only is None:
            return
        raise Forbidden("Only somebody who may do everything may do this.")
    if rule.where == "somewhere":
        places = ((one.organization_id, *one.projects[:1]) for one in principal.memberships)
        if any(principal.may(rule.permission, *place) for place in places):
            return
        raise Forbidden(_REFUSED.format(rule.permission))
    if principal.is_root:
        if principal.only is not None and rule.permission in principal.only:
            return
        raise Forbidden(_REFUSED.format(rule.permission))
    await _LOOKS[rule.where](request, principal, rule.permission, path)


_REFUSED = "You may not do this here: it needs the permission {}."


async def check_in(
    request: Request, permission: Permission, organization: str, project: str = ""
) -> None:
    """For operations that find out themselves where they act. Raises Forbidden."""
    if not principal_of(request).may(permission, organization, project):
        raise Forbidden(_REFUSED.format(permission))


def _desk(request: Request) -> AccessDesk:
    desk = context_of(request).services.access
    if desk is None:
        raise Forbidden("Only somebody who may do everything may do this.")
    return desk


def _parameters(request: Request) -> Parameters:
    pairs = [(n, v) for n, v in request.query_params.multi_items() if n in ("project",)]
    return Parameters(pairs, (PROJECT_PARAMETER,))


async def organization_of(request: Request, project_id: str) -> str:
    """Whose a project is; nobody's where nobody made it."""
    desk = _desk(request)
    try:
        entry = await context_of(request).threads.run(desk.projects.get, project_id)
    except NotFound:
        return ""
    return entry.value.organization_id


async def _check(
    request: Request, principal: Principal, permission: Permission, project_id: str
) -> bool:
    organization = await organization_of(request, project_id)
    return bool(organization) and principal.may(permission, organization, project_id)


async def _in_project(
    request: Request, principal: Principal, permission: Permission, _path: dict[str, Any]
) -> None:
    project_id = await project_of(request, _parameters(request))
    if not await _check(request, principal, permission, project_id):
        raise Forbidden(_REFUSED.format(permission))


async def _where_asked(
    request: Request, principal: Principal, permission: Permission, _path: dict[str, Any]
) -> None:
    project = request.query_params.get("project", "")
    organization = request.query_params.get("organization", "")
    if project:
        allowed = await _check(
            request, principal, permission, await project_named(request, project)
        )
    else:
        allowed = bool(organization) and principal.may(permission, organization)
    if not allowed:
        raise Forbidden("Name a project or an organization of yours (`project`, `organization`).")


async def _in_organization(
    request: Request, principal: Principal, permission: Permission, _path: dict[str, Any]
) -> None:
    organization = request.query_params.get("organization", "")
    if not organization or not principal.may(permission, organization):
        raise Forbidden("Name an organization of yours (`organization`).")


async def _by_key(
    request: Request, principal: Principal, permission: Permission, path: dict[str, Any]
) -> None:
    id = str(path["key_id"])
    key = (await context_of(request).threads.run(_desk(request).keys.get, id)).value
    if not principal.may(permission, key.organization_id, key.project_id):
        raise NotFound(f"There is no key {id[:80]!r}.")


async def _by_project(
    request: Request, principal: Principal, permission: Permission, path: dict[str, Any]
) -> None:
    id = str(path["project_id"])
    if not await _check(request, principal, permission, id):
        raise NotFound(f"There is no project {id[:80]!r}.")


async def _by_organization(
    _request: Request, principal: Principal, permission: Permission, path: dict[str, Any]
) -> None:
    id = str(path["organization_id"])
    if not principal.may(permission, id):
        raise NotFound(f"There is no organization {id[:80]!r}.")


async def _by_entry(
    _request: Request, principal: Principal, permission: Permission, path: dict[str, Any]
) -> None:
    id = str(path["entry_id"])
    if not principal.may(permission, id.rpartition(":")[0]):
        raise NotFound(f"There is no audit entry {id[:100]!r}.")


_Look = Callable[[Request, Principal, Permission, dict[str, Any]], Awaitable[None]]
_LOOKS: dict[Where, _Look] = {
    "project": _in_project,
    "asked": _where_asked,
    "organization_asked": _in_organization,
    "key": _by_key,
    "project_id": _by_project,
    "organization_id": _by_organization,
    "entry": _by_entry,
}
