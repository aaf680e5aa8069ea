"""Configuration of the watch on drift."""

from typing import Annotated, Any, Literal

from pydantic import Field

from vedette.config.values import Section


class ExpectationConfig(Section):
    """What an answer to a probe must be; what is left out is not asked for."""

    exact: str = ""
    """The whole answer, but for blanks around it."""
    contains: tuple[str, ...] = ()
    """Texts that must stand in it."""
    lacks: tuple[str, ...] = ()
    """Texts that must not."""
    regex: str = ""
    """A pattern (RE2) that is found in it."""
    json_schema: dict[str, Any] | None = None
    """It is JSON that fits this schema."""
    refusal: bool | None = None
    """Whether it refuses."""
    format: str = ""
    """`json`, `number`, `integer`, `date`, `datetime`, `email`, `url`, `uuid`, `ip`, `one_line` or
    `one_word`."""
    max_latency_ms: Annotated[float, Field(ge=1, le=600_000)] | None = None
    """Longest time of an answer."""
    max_tokens: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """Longest answer."""
    like_baseline: Literal["", "exact", "structural", "lexical"] = ""
    """Like one of the answers of the baseline: the same text, built alike, or in like words."""
    least_similarity: Annotated[float, Field(ge=0, le=1)] = 0.5
    """For `lexical`."""
    least_consistency: Annotated[float, Field(ge=0, le=1)] | None = None
    """Agreement of the samples of a run."""


class ProbeConfig(Section):
    """A prompt that is sent on a schedule, and what is expected of the answer."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    """What it is called; one probe of a project has it."""
    project: str = "default"
    """Id or name of the project that asks and pays."""
    models: Annotated[tuple[str, ...], Field(min_length=1, max_length=10)]
    """Models or routes that are asked."""
    prompt: str = ""
    """What is asked; or `messages`."""
    messages: tuple[dict[str, Any], ...] = ()
    """The messages of a chat completion."""
    parameters: Annotated[dict[str, Any], Field(default_factory=dict)]
    """What else stands in the request, such as `temperature`."""
    every_minutes: Annotated[int, Field(ge=1, le=11_520)] = 60
    """Minutes between two runs."""
    cron: str = ""
    """Five fields, UTC (`*/15 8-18 * * 1-5`); instead of `every_minutes`."""
    jitter_s: Annotated[int, Field(ge=0, le=3_600)] = 0
    """Up to so many seconds later, drawn anew each time."""
    samples: Annotated[int, Field(ge=1, le=20)] = 1
    """Answers of each model in a run."""
    expect: ExpectationConfig = ExpectationConfig()
    """What is expected."""
    severity: Literal["info", "warning", "critical"] = "warning"
    """Of the event when answers are not as expected."""
    enabled: bool = True
    """Whether it runs on its schedule."""
    max_usd_per_day: Annotated[float, Field(gt=0, le=10_000)] = 1.0
    """What it may cost on one day (UTC)."""
    timeout_s: Annotated[float, Field(ge=1, le=600)] = 60.0
    """How long an answer is waited for."""
    baseline_samples: Annotated[int, Field(ge=10, le=200)] = 20
    """Answers of each model, all as expected, with which later ones are compared."""


class DriftConfig(Section):
    """Whether answers are compared with earlier ones while they come; no text is kept for it."""

    watch: bool = True
    """Whether each model's answers are watched."""
    baseline_calls: Annotated[int, Field(ge=20, le=5_000)] = 100
    """Calls that are a model's baseline."""
    calls_per_false_alarm: Annotated[float, Field(ge=100, le=1e12)] = 50_000
    """What a false alarm costs: more makes alarms rarer and later."""
    cpu_share: Annotated[float, Field(ge=0.01, le=1)] = 0.05
    """Part of a core that watching may take; what comes beyond it is watched in samples."""
    run_probes: bool = True
    """Whether probes run on this machine."""
    probe_usd_per_day: Annotated[float, Field(ge=0, le=100_000)] = 5.0
    """What all probes of a project may cost together on one day (UTC)."""
    probes: tuple[ProbeConfig, ...] = ()
    """Probes beside those of the console."""
