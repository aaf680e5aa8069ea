"""Whether a probe can be taken: what types cannot say."""

import re
from typing import NoReturn

import msgspec

from vedette.drift.probes.expecting import Judges
from vedette.drift.probes.schedule import check_cron
from vedette.errors import ConfigError
from vedette.model.alert import LEVELS
from vedette.model.probe import Expectations, Probe

_NAME = re.compile(r"[^\x00-\x1f\x7f/,]{1,100}")
_MODEL = re.compile(r"[^\x00-\x20\x7f]{1,200}")
_MOST_MODELS = 10
_MOST_BYTES = 65_536
_MOST_TEXTS = 50
_OURS = frozenset({"model", "messages", "stream", "stream_options", "n"})
_ROLES = frozenset({"system", "developer", "user", "assistant", "tool"})
_DAYS_8 = 8 * 24 * 60


class InvalidProbe(ConfigError):
    """A field of a probe is out of range; `field` says which."""

    code = "invalid_probe"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}.")
        self.field = field


def check_probe(probe: Probe, judges: Judges) -> None:
    """Raises InvalidProbe for the first field that is wrong."""
    if _NAME.fullmatch(probe.name) is None or probe.name != probe.name.strip():
        _refuse("name", "need 1 to 100 characters on one line, without '/' and ','")
    if not 1 <= len(probe.models) <= _MOST_MODELS or len(set(probe.models)) < len(probe.models):
        _refuse("models", f"need 1 to {_MOST_MODELS} different models or routes")
    for model in probe.models:
        if _MODEL.fullmatch(model) is None:
            _refuse("models", f"{model[:80]!r} is no name of a model")
    _check_request(probe)
    _check_times(probe)
    if probe.severity not in LEVELS:
        _refuse("severity", f"need one of {', '.join(LEVELS)}")
    if not 0 < probe.max_usd_per_day <= 10_000:
        _refuse("max_usd_per_day", "need more than 0 and at most 10000")
    _check_expectations(probe.expect, judges)


def _check_request(probe: Probe) -> None:
    if bool(probe.prompt.strip()) == bool(probe.messages):
        _refuse("prompt", "need a prompt or messages, one of them")
    for message in probe.messages:
        if message.get("role") not in _ROLES or "content" not in message:
            _refuse("messages", f"need a content and a role of {', '.join(sorted(_ROLES))}")
    if taken := sorted(_OURS & probe.parameters.keys()):
        _refuse("parameters", f"{taken[0]} is not yours to set")
    if len(msgspec.json.encode((probe.said, probe.parameters))) > _MOST_BYTES:
        _refuse("messages", f"need at most {_MOST_BYTES} bytes with the parameters")


def _check_times(probe: Probe) -> None:
    if not 1 <= probe.every_minutes <= _DAYS_8:
        _refuse("every_minutes", f"need 1 to {_DAYS_8}")
    if probe.cron:
        try:
            check_cron(probe.cron[:200])
        except ValueError as error:
            _refuse("cron", str(error))
    for field, low, high in (
        ("jitter_s", 0, 3_600), ("samples", 1, 20), ("timeout_s", 1, 600),
        ("baseline_samples", 10, 200),
    ):  # fmt: skip
        if not low <= getattr(probe, field) <= high:
            _refuse(field, f"need {low} to {high}")


def _check_expectations(expect: Expectations, judges: Judges) -> None:
    for field in ("contains", "lacks"):
        texts = getattr(expect, field)
        if len(texts) > _MOST_TEXTS or not all(texts):
            _refuse(f"expect.{field}", f"need at most {_MOST_TEXTS} texts, none empty")
    if expect.regex:
        try:
            judges.finds(expect.regex, "")
        except ConfigError:
            _refuse("expect.regex", "need a pattern that RE2 takes")
    if expect.format and expect.format not in judges.formats:
        _refuse("expect.format", f"need one of {', '.join(judges.formats)}")
    if expect.json_schema is not None:
        try:
            judges.schema_problems(expect.json_schema, {})
        except ConfigError as error:
            _refuse("expect.json_schema", error.message.rstrip("."))
    for field, low, high in (
        ("max_latency_ms", 1, 600_000), ("max_tokens", 1, 1_000_000), ("least_similarity", 0, 1),
        ("least_consistency", 0, 1),
    ):  # fmt: skip
        value = getattr(expect, field)
        if value is not None and not low <= value <= high:
            _refuse(f"expect.{field}", f"need {low} to {high}")


def _refuse(field: str, message: str) -> NoReturn:
    raise InvalidProbe(field, message)
