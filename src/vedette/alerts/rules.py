"""Whether a rule, a channel's name or a silence can be taken: what types cannot say."""

import re
from collections.abc import Iterable
from typing import NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from vedette.alerts.messages import check_template
from vedette.alerts.readings import Meter
from vedette.errors import ConfigError
from vedette.model.alert import AlertRule, QuietHours

_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,100}")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_WINDOW_S = (60, 30 * 86_400)
_MOST_PERIODS = 200
_MOST_READ_S = 90 * 86_400
_MOST_NAMES = 20
_MOST_TEXT = 4_000
_LONG_S = 30 * 86_400


class InvalidRule(ConfigError):
    """A field of a rule is out of range; `field` says which."""

    code = "invalid_rule"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}.")
        self.field = field


def check_rule(rule: AlertRule, meter: Meter, channels: Iterable[str]) -> None:
    """Raises InvalidRule for the first field that is wrong."""
    check_name("name", rule.name)
    if rule.kind in ("threshold", "change", "anomaly"):
        _check_metric(rule, meter)
    _check_times(rule)
    known = set(channels)
    for field, names in (("channels", rule.channels), ("escalate_to", rule.escalate_to)):
        if len(names) > _MOST_NAMES:
            _refuse(field, f"need at most {_MOST_NAMES}")
        for name in names:
            if name not in known:
                _refuse(field, f"there is no channel {name[:80]!r}")
    if rule.escalate_after_s and not rule.escalate_to:
        _refuse("escalate_to", "need a channel to escalate to")
    _check_texts(rule)
    if rule.quiet is not None:
        _check_quiet(rule.quiet)


def check_name(field: str, name: str) -> None:
    """Raises InvalidRule."""
    if _NAME.fullmatch(name) is None or name != name.strip():
        _refuse(field, "need 1 to 100 characters on one line")


def _check_metric(rule: AlertRule, meter: Meter) -> None:
    if rule.metric not in meter.metrics:
        _refuse("metric", f"need one of {', '.join(meter.metrics)}, not {rule.metric[:80]!r}")
    if rule.metric in meter.gauges and rule.kind != "threshold":
        _refuse("kind", f"{rule.metric} has no past: need a threshold")
    if not -1e15 < rule.value < 1e15:
        _refuse("value", "need a number")


def _check_times(rule: AlertRule) -> None:
    low, high = _WINDOW_S
    if not low <= rule.window_s <= high or rule.window_s % 60:
        _refuse("window_s", f"need a multiple of 60 from {low} to {high}")
    if not 0 <= rule.compare_s <= _MOST_READ_S or rule.compare_s % 60:
        _refuse("compare_s", f"need a multiple of 60 up to {_MOST_READ_S}")
    if not 1 <= rule.periods <= _MOST_PERIODS or rule.periods * rule.window_s > _MOST_READ_S:
        _refuse("periods", f"need 1 to {_MOST_PERIODS}, all windows within 90 days")
    if not 0 <= rule.least_calls <= 10**9:
        _refuse("least_calls", "need a number from 0")
    for field in ("for_s", "keep_s", "repeat_s", "escalate_after_s"):
        if not 0 <= getattr(rule, field) <= _LONG_S:
            _refuse(field, f"need 0 to {_LONG_S}")


def _check_texts(rule: AlertRule) -> None:
    for field in ("model", "provider"):
        if len(getattr(rule, field)) > 200:
            _refuse(field, "need at most 200 characters")
    if len(rule.unless) > _MOST_NAMES or rule.name in rule.unless:
        _refuse("unless", f"need at most {_MOST_NAMES} names of other rules")
    if len(rule.labels) > _MOST_NAMES or any(
        len(name) + len(value) > 300 for name, value in rule.labels.items()
    ):
        _refuse("labels", f"need at most {_MOST_NAMES}, each of at most 300 characters")
    if rule.link and (
        len(rule.link) > 1_000 or urlsplit(rule.link).scheme not in ("http", "https")
    ):
        _refuse("link", "need an http or https address")
    if len(rule.message) > _MOST_TEXT:
        _refuse("message", f"need at most {_MOST_TEXT} characters")
    if (problem := check_template(rule.message)) is not None:
        _refuse("message", problem)


def _check_quiet(quiet: QuietHours) -> None:
    for field in ("start", "end"):
        if _CLOCK.fullmatch(getattr(quiet, field)) is None:
            _refuse(f"quiet.{field}", "need a time of day such as 22:00")
    if quiet.start == quiet.end:
        _refuse("quiet.end", "need another time than the start")
    if any(not 0 <= day <= 6 for day in quiet.days):
        _refuse("quiet.days", "need days from 0 (Monday) to 6")
    try:
        ZoneInfo(quiet.time_zone)
    except (KeyError, ValueError, OSError):
        _refuse("quiet.time_zone", "need a name such as Europe/Vienna")


def _refuse(field: str, message: str) -> NoReturn:
    raise InvalidRule(field, message)
