"""Virtual keys as the API takes and shows them."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from vedette.access.book import Entry
from vedette.access.issuing import PREFIX
from vedette.access.keys import KeySettings, KeyStatus, status_of
from vedette.api.allowances import (
    AllowanceChanges,
    AllowanceFields,
    BudgetShape,
    Failing,
    LimitsShape,
    budget_shapes,
    limits_shape,
    read_allowance,
)
from vedette.api.fields import invalid_field
from vedette.model.tenant import Scopes, VirtualKey
from vedette.query.shapes import Time
from vedette.query.times import format_time, parse_time

Globs = Annotated[tuple[str, ...], Meta(description="`*` and `?` stand for anything; empty: all.")]
Networks = Annotated[
    tuple[str, ...], Meta(description="Addresses and networks that may call; empty: all.")
]
Expiry = Annotated[str, Meta(description="RFC 3339; null: never.")]
Name = Annotated[str, Meta(max_length=200)]

_TIME = "a time such as 2027-01-31T00:00:00Z"
_SCOPES = ("models", "routes", "endpoints", "ips")


class KeyBody(AllowanceFields, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new key."""

    project: Annotated[str, Meta(description="Its id or name.")]
    name: Name
    models: Globs | None = None
    routes: Globs | None = None
    endpoints: Globs | None = None
    ips: Networks | None = None
    expires_at: Expiry | None = None
    owner: str | None = None
    metadata: dict[str, str] | None = None


class KeyChanges(AllowanceChanges, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be different; the rest stays."""

    name: Name | UnsetType = UNSET
    models: Globs | UnsetType | None = UNSET
    routes: Globs | UnsetType | None = UNSET
    endpoints: Globs | UnsetType | None = UNSET
    ips: Networks | UnsetType | None = UNSET
    expires_at: Expiry | UnsetType | None = UNSET
    owner: str | UnsetType = UNSET
    metadata: dict[str, str] | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET


class RotationBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a key is replaced."""

    overlap_s: Annotated[float, Meta(description="Seconds that the old key goes on working.")] = 0.0


class IssuedShape(msgspec.Struct, frozen=True, kw_only=True):
    """A new key; this is the only time that it is shown."""

    id: str
    key: str


class KeyShape(msgspec.Struct, frozen=True, kw_only=True):
    """A key without its secret."""

    id: str
    prefix: Annotated[str, Meta(description="How the key begins.")]
    project: Annotated[str, Meta(description="Id of its project.")]
    organization: str
    name: str
    owner: str
    status: Annotated[KeyStatus, Meta(description="`replaced`: rotated, works until `expires_at`.")]
    disabled: bool
    models: tuple[str, ...]
    routes: tuple[str, ...]
    endpoints: tuple[str, ...]
    ips: tuple[str, ...]
    budgets: tuple[BudgetShape, ...]
    limits: LimitsShape
    on_failure: Failing
    metadata: dict[str, str]
    expires_at: Time | None
    created_time: Time
    updated_time: Time
    replaced_by: str | None
    replaces: Annotated[
        str | None, Meta(description="First key of a row of rotations: usage is counted there.")
    ]
    version: int


class KeyList(msgspec.Struct, frozen=True):
    """Keys in the order of their ids."""

    items: tuple[KeyShape, ...]
    next_cursor: str | None


def read_settings(body: KeyBody, now_ns: int) -> KeySettings:
    """Raises InvalidFields."""
    return KeySettings(
        name=body.name, owner=body.owner or "", metadata=body.metadata or {},
        scopes=Scopes(
            models=body.models or (), routes=body.routes or (),
            endpoints=body.endpoints or (), ips=body.ips or (),
        ),
        allowance=read_allowance(body),
        expires_ns=None if body.expires_at is None else _read_expiry(body.expires_at, now_ns),
    )  # fmt: skip


def read_changes(body: KeyChanges, given: VirtualKey, now_ns: int) -> dict[str, Any]:
    """The fields of `VirtualKey` that change; raises InvalidFields."""
    changes = {
        name: value
        for name in ("name", "owner", "metadata", "disabled")
        if (value := getattr(body, name)) is not UNSET
    }
    scopes = {name: value or () for name in _SCOPES if (value := getattr(body, name)) is not UNSET}
    if scopes:
        changes["scopes"] = msgspec.structs.replace(given.scopes, **scopes)
    if any(getattr(body, name) is not UNSET for name in ("budgets", "limits", "on_failure")):
        changes["allowance"] = read_allowance(body, given.allowance)
    if body.expires_at is not UNSET:
        changes["expires_ns"] = (
            None if body.expires_at is None else _read_expiry(body.expires_at, now_ns)
        )
    return changes


def key_shape(entry: Entry[VirtualKey], now_ns: int) -> KeyShape:
    key, scopes = entry.value, entry.value.scopes
    return KeyShape(
        id=key.id,
        prefix=f"{PREFIX}{key.id}",
        project=key.project_id,
        organization=key.organization_id,
        name=key.name,
        owner=key.owner,
        status=status_of(key, now_ns),
        disabled=key.disabled,
        models=scopes.models,
        routes=scopes.routes,
        endpoints=scopes.endpoints,
        ips=scopes.ips,
        budgets=budget_shapes(key.allowance),
        limits=limits_shape(key.allowance),
        on_failure=key.allowance.on_failure,
        metadata=key.metadata,
        expires_at=None if key.expires_ns is None else format_time(key.expires_ns),
        created_time=format_time(entry.created_ns),
        updated_time=format_time(entry.updated_ns),
        replaced_by=key.replaced_by or None,
        replaces=key.replaces or None,
        version=entry.version,
    )


def _read_expiry(text: str, now_ns: int) -> int:
    try:
        return parse_time(text, now_ns=now_ns)
    except ValueError:
        value = text[:80]
        message = f"expires_at has the value {value!r}: need {_TIME}."
        raise invalid_field(message, "expires_at", value, _TIME) from None


SHAPES: tuple[type, ...] = (KeyBody, KeyChanges, RotationBody, IssuedShape, KeyShape, KeyList)
"""What the OpenAPI document describes of keys."""
