"""Probes: prompts that are sent on a schedule, what is expected of the answers, and what came."""

from typing import Any, Literal

import msgspec

from vedette.model.alert import Level
from vedette.model.drift import Observation, Severity

TAG = "vedette.probe"
"""Calls of probes have this tag, and `probe:NAME`."""

Likeness = Literal["", "exact", "structural", "lexical"]
RunStatus = Literal["running", "passed", "failed", "drifted", "stopped", "lost"]
SampleStatus = Literal["asked", "passed", "failed", "error", "lost"]


class Expectations(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an answer must be, blanks around it left aside. Empty fields ask nothing."""

    exact: str = ""
    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    regex: str = ""
    """RE2; found anywhere in the answer."""
    json_schema: dict[str, Any] | None = None
    refusal: bool | None = None
    format: str = ""
    """`json`, `number`, `date`, ... as in the detector `format`."""
    max_latency_ms: float | None = None
    max_tokens: int | None = None
    """Of the answer."""
    like_baseline: Likeness = ""
    """`exact`: as one of the baseline; `structural`: built as one of them (verdict, refusal,
    layout, JSON, language, tools, length); `lexical`: as near to one as `least_similarity`."""
    least_similarity: float = 0.5
    least_consistency: float | None = None
    """Agreement of the samples of one run, 0 to 1."""


class Probe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A prompt, whom it is put to, when, and what is expected."""

    name: str
    models: tuple[str, ...]
    """Models or routes, as a client of the gateway names them."""
    prompt: str = ""
    """The one message of a user; or `messages`."""
    messages: tuple[dict[str, Any], ...] = ()
    """As in a chat completion."""
    parameters: dict[str, Any] = {}
    """What else stands in the request: `temperature`, `max_tokens`, `tools`, ..."""
    every_minutes: int = 60
    cron: str = ""
    """Minute, hour, day of the month, month, day of the week, in UTC; instead of `every_minutes`.
    """
    jitter_s: int = 0
    """Up to so many seconds later, drawn anew each time."""
    samples: int = 1
    """Answers of each model in a run."""
    expect: Expectations = Expectations()
    severity: Level = "warning"
    """Of the event when the answers are not as expected."""
    enabled: bool = True
    max_usd_per_day: float = 1.0
    timeout_s: float = 60.0
    baseline_samples: int = 20
    """Answers of each model, all as expected, with which later ones are compared."""

    @property
    def said(self) -> list[dict[str, Any]]:
        """The messages of a request."""
        return list(self.messages) or [{"role": "user", "content": self.prompt}]


class ConfiguredProbe(msgspec.Struct, frozen=True, kw_only=True):
    """A probe of the configuration."""

    project: str
    probe: Probe


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One question to one model, and what came of it."""

    model: str
    trace_id: str
    asked_ns: int
    status: SampleStatus = "asked"
    problems: tuple[str, ...] = ()
    held_nano_usd: int = 0
    """What was set aside of the budget while it was under way."""
    cost_nano_usd: int | None = None
    latency_ms: float | None = None
    output_tokens: int | None = None
    version: str = ""
    """As the provider names what answered."""
    finish_reason: str = ""
    answer: str = ""
    """Its beginning, where texts are recorded."""
    similarity: float | None = None
    """To the nearest answer of the baseline."""


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How alike the samples of one model in one run are, 0 to 1."""

    model: str
    score: float
    exact: float
    lexical: float
    verdict: float | None = None


class ProbeDrift(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of a model have moved away from the baseline of the probe."""

    model: str
    severity: Severity
    signal: str
    since_ns: int
    alarm_id: str = ""


class ProbeRun(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a probe."""

    id: str
    project_id: str
    probe: str
    started_ns: int
    ended_ns: int | None = None
    is_asked: bool = False
    """Somebody wanted it now."""
    status: RunStatus = "running"
    detail: str = ""
    samples: tuple[Sample, ...] = ()
    agreement: tuple[Agreement, ...] = ()
    drift: tuple[ProbeDrift, ...] = ()

    @property
    def cost_nano_usd(self) -> int:
        return sum(one.cost_nano_usd or 0 for one in self.samples)


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Who runs a probe now; after `until_ns` whoever it was is taken for dead."""

    run_id: str
    owner: str
    until_ns: int


class Recent(msgspec.Struct, frozen=True, kw_only=True):
    """A run that is over, in short."""

    run_id: str
    at_ns: int
    status: RunStatus
    passed: int
    samples: int
    latency_ms: float | None = None


class ProbeState(msgspec.Struct, frozen=True, kw_only=True):
    """When a probe is due, who runs it, and how its last runs ended."""

    next_ns: int = 0
    claim: Claim | None = None
    wanted: bool = False
    """Somebody asked for a run now."""
    costliest_nano_usd: int = 0
    recent: tuple[Recent, ...] = ()
    """The newest last."""
    is_failing: bool = False


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as the baseline of a probe keeps it: no text."""

    at_ns: int
    trace_id: str
    observation: Observation


class ProbeSeries(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of one model to one probe: the baseline, and those since."""

    content: str = ""
    """Hash of what is asked: another question has another baseline."""
    baseline: tuple[Seen, ...] = ()
    later: tuple[Seen, ...] = ()
    drift: ProbeDrift | None = None
