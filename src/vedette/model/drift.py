"""Drift: what is known of a call, what answers used to be like, and how far they have moved."""

from typing import Literal

import msgspec

from vedette.features.fingerprint import Fingerprint

Severity = Literal["none", "low", "medium", "high", "critical"]
SEVERITIES: tuple[Severity, ...] = ("none", "low", "medium", "high", "critical")


class Observation(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One call as drift sees it: features, figures, names; no text. Anything may be missing."""

    fingerprint: Fingerprint = Fingerprint()
    model: str = ""
    """As it was asked for."""
    version: str = ""
    """As the provider names what answered, where that is more than the name asked for."""
    latency_ms: float | None = None
    output_tokens: int | None = None
    finish_reason: str = ""


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """How far the calls since a change are from the baseline, in one signal.

    `size` is in [0, 1]: Cliff's delta for numbers, total variation distance for classes. `before`
    and `after` are medians, or the share of each class.
    """

    size: float
    before: float | dict[str, float]
    after: float | dict[str, float]
    p: float
    """Of a two-sided set test (Kolmogorov-Smirnov, Fisher or chi-square), not corrected for having
    looked often: the evidence that raised the alarm is `e`."""
    test: str


class SignalEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """What one signal says."""

    signal: str
    e: float
    """Value of its e-detector: false alarms are rarer than one in `e` calls."""
    effect: Effect | None = None


class Alarm(msgspec.Struct, frozen=True, kw_only=True):
    """Answers of a stream have changed."""

    row: int
    """The call that raised it, counted from 0."""
    stream: str
    signal: str
    """The one with most evidence."""
    severity: Severity
    e: float
    """Value of the stream's e-detector, all signals together."""
    since_row: int
    """Where the change most likely began."""
    signals: tuple[SignalEvidence, ...] = ()
    """All that stand out, strongest first."""
    contexts: tuple[str, ...] = ()
    """Templates or kinds of prompts in which the answers moved most."""
