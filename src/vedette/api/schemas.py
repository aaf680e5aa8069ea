"""Shapes that only the API knows; those of traces, spans and metrics are in `query.shapes`."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from vedette.api.group_shapes import ForgottenShape
from vedette.query.facets import FacetAnswer
from vedette.query.groups import GroupDetail, GroupPage
from vedette.query.notes import (
    CommentBody,
    CommentShape,
    NotesShape,
    ScoreBodies,
    ScorePage,
    ScoreShape,
    ScoresTaken,
)
from vedette.query.replay import ReplayAnswer
from vedette.query.rollups import TraceTotals
from vedette.query.shapes import (
    FacetsShape,
    FilterFields,
    SeriesAnswer,
    SpanPage,
    SpanShape,
    SummaryAnswer,
    Time,
    TraceDetail,
    TracePage,
)


class ProblemField(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was wrong with the request."""

    name: Annotated[str, Meta(description="The parameter, or the path inside the body.")]
    value: str | None
    expected: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """An error (RFC 9457). `code` is stable and for programs, `detail` is for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: tuple[ProblemField, ...] = ()


class SubsystemHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How one part is; when it is not `ok` and `required`, the whole is not ready."""

    name: str
    ok: bool
    message: str = ""
    required: bool = True
    detail: dict[str, float] = {}
    """Figures of this part, such as `queued` or `dropped`."""


class Readiness(msgspec.Struct, frozen=True, kw_only=True):
    """`ok`, `degraded` (serving, a part that is not required failed) or `failed`.

    Without a valid token, where one is configured, the list of subsystems is empty.
    """

    status: Literal["ok", "degraded", "failed"]
    subsystems: tuple[SubsystemHealth, ...]


class Liveness(msgspec.Struct, frozen=True, kw_only=True):
    """The process answers."""

    status: Literal["ok"]
    version: str


class Info(msgspec.Struct, frozen=True, kw_only=True):
    """What this installation is."""

    version: str
    profile: str
    capture: str
    gateway_url: str
    command: str
    """How `vedette` is called where it was started."""
    time: Time
    text_search: bool
    percentiles: bool
    durable: bool
    token_required: bool


Visibility = Literal["private", "project"]


class ViewBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A saved view as the client sends it."""

    name: Annotated[str, Meta(min_length=1, max_length=120)]
    page: Annotated[
        str,
        Meta(pattern="^[a-z][a-z0-9-]{0,39}$", description="Page of the UI, such as traces."),
    ] = "traces"
    query: Annotated[dict[str, str], Meta(max_length=50, description="Parameters of its URL.")] = {}
    layout: Annotated[dict[str, Any], Meta(max_length=50, description="Columns and the like.")] = {}
    visibility: Annotated[
        Visibility, Meta(description="Who sees it: you alone, or all of the project.")
    ] = "private"


class SavedView(msgspec.Struct, frozen=True, kw_only=True):
    """A saved view. `version` is also its ETag."""

    id: str
    version: int
    created_time: Time
    updated_time: Time
    name: str
    page: str
    query: dict[str, str]
    layout: dict[str, Any]
    visibility: Visibility
    owner: Annotated[str, Meta(description="Who saved it; empty where that is nobody we know.")]
    may_change: Annotated[bool, Meta(description="Whether you may change and delete it.")]


class ViewList(msgspec.Struct, frozen=True):
    """Saved views, oldest first."""

    items: tuple[SavedView, ...]
    next_cursor: str | None


class SessionBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The access token, or address and password of a user."""

    token: Annotated[str, Meta(max_length=4_096)] = ""
    email: Annotated[str, Meta(max_length=254)] = ""
    password: Annotated[str, Meta(max_length=1_024)] = ""
    code: Annotated[str, Meta(max_length=64, description="Of an app, or a recovery code.")] = ""


class SessionPlace(msgspec.Struct, frozen=True, kw_only=True):
    """What a user is in an organization."""

    organization: str
    role: str
    projects: tuple[str, ...]
    permissions: tuple[str, ...]


class SessionUser(msgspec.Struct, frozen=True, kw_only=True):
    """Who is logged in."""

    id: str
    name: str
    is_root: bool
    places: tuple[SessionPlace, ...]


class SignOnProvider(msgspec.Struct, frozen=True, kw_only=True):
    """Through whom one can log in: browsers go to `/sso/{name}`."""

    name: str
    label: str


class SessionState(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a log-in is asked for and whether this client has one."""

    token_required: Annotated[bool, Meta(description="Whether one has to log in at all.")]
    users: Annotated[bool, Meta(description="Whether there are users who log in.")]
    mail: Annotated[bool, Meta(description="Whether a forgotten password can be set by mail.")]
    passwords: Annotated[bool, Meta(description="Whether they may by address and password.")]
    providers: tuple[SignOnProvider, ...]
    user: SessionUser | None
    authenticated: bool
    expires_time: Time | None


class SessionEnd(msgspec.Struct, frozen=True, kw_only=True):
    """The session is over here."""

    logout_url: Annotated[str, Meta(description="Where the browser ends it at the provider, too.")]


class LiveTraces(msgspec.Struct, frozen=True, kw_only=True):
    """Data of a `traces` event: traces with new spans, newest last."""

    trace_ids: tuple[str, ...]
    spans: int


class LiveReset(msgspec.Struct, frozen=True, kw_only=True):
    """Data of a `reset` event: something was missed, load the page anew."""

    reason: Literal["unknown_id", "too_old", "slow_client", "overflow"]


SHAPES: tuple[type, ...] = (
    TracePage,
    TraceDetail,
    SpanPage,
    SpanShape,
    FacetsShape,
    FacetAnswer,
    FilterFields,
    GroupPage,
    GroupDetail,
    ForgottenShape,
    ReplayAnswer,
    ScoreBodies,
    ScoresTaken,
    ScorePage,
    ScoreShape,
    NotesShape,
    CommentBody,
    CommentShape,
    TraceTotals,
    SeriesAnswer,
    SummaryAnswer,
    Problem,
    Readiness,
    Liveness,
    Info,
    ViewBody,
    SavedView,
    ViewList,
    SessionBody,
    SessionState,
    SessionEnd,
    LiveTraces,
    LiveReset,
)
"""Everything the OpenAPI document describes."""
