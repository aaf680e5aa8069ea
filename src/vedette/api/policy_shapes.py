"""Policies of the guard as the API takes and shows them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from vedette.api.errors import InvalidFields
from vedette.api.schemas import ProblemField
from vedette.guard.book import Head, PolicyVersion
from vedette.guard.compiling import PolicyRefused
from vedette.guard.shelf import Kept
from vedette.guard.stacking import LEVELS, NameAbove, level_of
from vedette.model.governance import Sticky
from vedette.model.policy import Policy, Scope
from vedette.query.shapes import Time
from vedette.query.times import format_time

Origin = Literal["console", "file", "bundled"]
Level = Literal["installation", "organization", "project", "key"]


class PolicyBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A policy to keep as a new version."""

    policy: Policy
    note: Annotated[str, Meta(max_length=500, description="What this version is for.")] = ""


class PublishBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which version shall hold."""

    version: Annotated[int, Meta(ge=1)] | None = None
    """Without it the newest."""
    share: Annotated[
        float,
        Meta(
            gt=0,
            le=100,
            description="Percent of the calls; below 100 the version that holds now stays for "
            "the others.",
        ),
    ] = 100.0
    sticky: Annotated[
        Sticky,
        Meta(description="`session`: all calls of a session fall to one side; `request`: each."),
    ] = "session"


class UnpublishBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much shall hold no more."""

    trial_only: bool = False


class RollbackBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The version to go back to."""

    version: Annotated[int, Meta(ge=1)]


class ModeBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether it acts or only reports."""

    mode: Literal["enforce", "shadow"]
    rule: Annotated[str, Meta(description="One rule; without it the whole policy.")] = ""


class PolicySummary(msgspec.Struct, frozen=True, kw_only=True):
    """A policy in a list."""

    name: str
    description: str
    origin: Annotated[Origin, Meta(description="Only those of the console can be changed here.")]
    mode: Literal["enforce", "shadow"]
    level: Level
    scope: Scope
    priority: int
    override: bool
    exceptions: bool
    rules: int
    shadow_rules: int
    latest: int
    live: Annotated[int | None, Meta(description="The version for all calls.")]
    trial: Annotated[int | None, Meta(description="The version for `share` percent of them.")]
    share: float
    sticky: Sticky
    updated_time: Time | None
    may_change: Annotated[bool, Meta(description="Whether whoever asks may change it here.")]


class PolicySummaries(msgspec.Struct, frozen=True):
    """Policies: of the console, the configuration, and those to begin from."""

    items: tuple[PolicySummary, ...]


class PolicyDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A policy with the newest of its versions."""

    summary: PolicySummary
    policy: Policy
    live: Annotated[Policy | None, Meta(description="What holds for all calls.")]
    above: Annotated[
        tuple[NameAbove, ...],
        Meta(description="Rules of upper levels that have the name of one of its rules."),
    ] = ()


class VersionShape(msgspec.Struct, frozen=True, kw_only=True):
    """A version in a list."""

    version: int
    note: str
    mode: Literal["enforce", "shadow"]
    rules: int
    is_live: bool
    is_trial: bool
    created_time: Time


class VersionList(msgspec.Struct, frozen=True):
    """The versions of a policy, the newest first."""

    items: tuple[VersionShape, ...]


class DifferenceShape(msgspec.Struct, frozen=True, kw_only=True):
    """A field that is not the same in both."""

    path: str
    before: Any
    after: Any


class PolicyDiff(msgspec.Struct, frozen=True, kw_only=True):
    """What two versions differ in."""

    from_version: int
    to_version: int
    items: tuple[DifferenceShape, ...]


def summary_of(
    policy: Policy, origin: Origin, head: Head | None = None, updated_ns: int | None = None,
    *, may_change: bool = False,
) -> PolicySummary:  # fmt: skip
    level: Any = LEVELS[level_of(policy.scope)]
    shadow = sum(rule.mode == "shadow" or policy.mode == "shadow" for rule in policy.rules)
    in_force = policy.version if origin == "file" else None
    return PolicySummary(
        name=policy.name,
        description=policy.description,
        origin=origin,
        mode=policy.mode,
        level=level,
        scope=policy.scope,
        priority=policy.priority,
        override=policy.override,
        exceptions=policy.exceptions,
        rules=len(policy.rules),
        shadow_rules=shadow,
        latest=head.latest if head else policy.version,
        live=(head.live or None) if head else in_force,
        trial=(head.trial or None) if head else None,
        share=head.share if head else 0.0,
        sticky=head.sticky if head else "session",
        updated_time=None if updated_ns is None else format_time(updated_ns),
        may_change=may_change,
    )


def version_shape(kept: Kept[PolicyVersion], head: Head) -> VersionShape:
    policy = kept.value.policy
    return VersionShape(
        version=policy.version,
        note=kept.value.note,
        mode=policy.mode,
        rules=len(policy.rules),
        is_live=policy.version == head.live,
        is_trial=policy.version == head.trial,
        created_time=format_time(kept.created_ns),
    )


@contextmanager
def naming_faults(prefix: str = "") -> Iterator[None]:
    """What is wrong with a policy is told as fields of the body."""
    try:
        yield
    except PolicyRefused as error:
        fields = [
            ProblemField(name=prefix + one.name, value=one.value, expected=one.expected)
            for one in error.faults
        ]
        raise InvalidFields(error.message, fields) from None


SHAPES: tuple[type, ...] = (
    PolicyBody, PublishBody, UnpublishBody, RollbackBody, ModeBody, PolicySummaries,
    PolicyDetail, VersionList, PolicyDiff,
)  # fmt: skip
"""What the OpenAPI document describes of policies."""
