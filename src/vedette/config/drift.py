"""Configuration of the watch on drift."""

from typing import Annotated

from pydantic import Field

from vedette.config.values import Section


class DriftConfig(Section):
    """Whether answers are compared with earlier ones while they come; no text is kept for it."""

    watch: bool = True
    """Whether each model's answers are watched."""
    baseline_calls: Annotated[int, Field(ge=20, le=5_000)] = 100
    """Calls that are a model's baseline."""
    calls_per_false_alarm: Annotated[float, Field(ge=100, le=1e12)] = 50_000
    """What a false alarm costs: more makes alarms rarer and later."""
    cpu_share: Annotated[float, Field(ge=0.01, le=1)] = 0.1
    """Part of a core that watching may take; what comes beyond it is watched in samples."""
