"""LiteLLM's settings outside of its models and routes: what they make here, or why nothing."""

import math
import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from vedette.migrate.findings import Findings
from vedette.migrate.litellm_params import reference
from vedette.migrate.litellm_provider import tls, waits
from vedette.migrate.litellm_routes import ROUTING
from vedette.migrate.litellm_tables import NEAR, NEVER, SECTIONS, SETTINGS
from vedette.migrate.source import Path

_MODELS = ("model_list", "credential_list")
"""Read by others."""
_PRIVATE = ("x-", "x_", "_", ".")
"""Sections that hold what others share, by anchors."""
_HERE = "not known to this importer"
_PERIOD = re.compile(r"(\d{1,9})(s|m|h|d|w|mo)?")
_DAYS = {"s": 1 / 86_400, "m": 1 / 1440, "h": 1 / 24, "d": 1.0, "w": 7.0, "mo": 30.0}
_DEADLINE = "there is a deadline for each phase of a call: this one bounds each wait"


class Settings:
    """`common` are settings of every provider, `sections` those of ours outside of lists."""

    def __init__(self, tree: dict[str, Any], findings: Findings) -> None:
        self.common: dict[str, Any] = {}
        self.sections: dict[str, dict[str, Any]] = {}
        self._tree = tree
        self._findings = findings

    def read(self) -> None:
        """Take all there is. The router's settings come first: they win over the same elsewhere."""
        for section in SETTINGS:
            values = self._tree.get(section)
            if isinstance(values, dict):
                # What turns the cache off stands among its parameters.
                for name in sorted(values, key=lambda name: name == "cache"):
                    self._take(section, name, values[name])
            elif values is not None:
                self._findings.missing((section,), "is no mapping of settings")
        for name in self._tree:
            if name == "environment_variables":
                self._environment(self._tree[name])
            elif name not in SETTINGS and name not in _MODELS and not name.startswith(_PRIVATE):
                self._findings.missing((name,), SECTIONS.get(name, _HERE))

    def _take(self, section: str, name: str, value: Any) -> None:
        path: Path = (section, name)
        if name in ROUTING and section != "general_settings":
            return
        maker = MAKERS.get(name)
        note = SETTINGS[section].get(name)
        if maker is not None:
            maker(self, value, path)
        elif name in NEAR:
            self._findings.near(path, *NEAR[name])
        elif name in NEVER:
            self._findings.exact(path, "built in", NEVER[name])
        elif note is None:
            self._findings.missing(path, _HERE)
        elif value in _OFF:
            self._findings.exact(path, "", "it is off, as it is here")
        else:
            self._findings.missing(path, note)

    def _set(self, section: str, path: tuple[str, ...], value: Any) -> None:
        """Set it unless a section before has."""
        place = self.sections.setdefault(section, {})
        for step in path[:-1]:
            place = place.setdefault(step, {})
        place.setdefault(path[-1], value)

    def _environment(self, values: Any) -> None:
        if values is not None and not isinstance(values, dict):
            self._findings.missing(("environment_variables",), "is no mapping of variables")
        for name in values if isinstance(values, dict) else ():
            note = "secrets do not belong in the file: set it where vedette is started"
            self._findings.near(("environment_variables", str(name)), "the environment", note)

    def _timeout(self, value: Any, path: Path) -> None:
        found = waits(value)
        if path[-1] == "stream_timeout":
            found.pop("first_byte_s", None)
        if not found:
            self._findings.missing(path, "is no number of seconds")
            return
        # A stream's own deadline wins over the one for all calls.
        own = self.common.setdefault("timeouts", {})
        stream = path[-1] == "stream_timeout"
        self.common["timeouts"] = {**own, **found} if stream else {**found, **own}
        self._findings.near(path, "providers.timeouts", _DEADLINE)

    def _parallel(self, value: Any, path: Path) -> None:
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 100_000:
            self.common.setdefault("max_concurrency", value)
            note = "of one worker at one provider; others wait in a queue"
            self._findings.near(path, "providers.max_concurrency", note)
        else:
            self._findings.exact(path, "providers.max_concurrency", "no limit")

    def _verify(self, value: Any, path: Path) -> None:
        self.common |= tls(value)
        self._findings.exact(path, "providers.verify_tls")

    def _master_key(self, value: Any, path: Path) -> None:
        self._set("gateway", ("api_keys",), [reference(value)])
        self._findings.near(
            path, "gateway.api_keys", "it lets clients call; it administers nothing"
        )

    def _no_messages(self, value: Any, path: Path) -> None:
        """Messages stay out of the record; asked for by either of two names."""
        if value is (path[-1] == "turn_off_message_logging"):
            self._set("capture", ("mode",), "none")
            note = "nor does the console show them: full, redacted and hash show more"
            self._findings.near(path, "capture.mode: none", note)
        else:
            self._findings.exact(path, "capture.mode: full")

    def _cache(self, value: Any, path: Path) -> None:
        if value is not True:
            self._findings.exact(path, "cache.enabled: false")
            return
        self._set("cache", ("enabled",), True)
        # There an answer is kept whatever the temperature.
        self._set("cache", ("any_temperature",), True)
        self._findings.near(path, "cache.enabled", "in the memory of each worker")

    def _cache_params(self, value: Any, path: Path) -> None:
        if not isinstance(value, dict):
            self._findings.missing(path, "is no mapping of settings")
            return
        for name, setting in value.items():
            at = (*path, name)
            if name == "ttl" and _is_ttl(setting):
                self._set("cache", ("ttl_s",), setting)
                self._findings.exact(at, "cache.ttl_s")
            elif name == "mode" and setting == "default_off":
                self._set("cache", ("enabled",), False)
                note = "a call asks for it with x-vedette-cache: on"
                self._findings.near(at, "cache.enabled: false", note)
            elif name == "type" and setting == "local":
                self._findings.exact(at, "cache")
            else:
                self._findings.missing(at, "answers are kept in the memory of each worker")

    def _json(self, value: Any, path: Path) -> None:
        self._set("logging", ("format",), "json" if value is True else "console")
        self._findings.exact(path, "logging.format")

    def _verbose(self, value: Any, path: Path) -> None:
        if value is True or str(value).upper() == "DEBUG":
            self._set("logging", ("level",), "debug")
        self._findings.exact(path, "logging.level")

    def _request_size(self, value: Any, path: Path) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0.001 < value < 1e9:
            self._findings.missing(path, "is no size in megabytes")
            return
        self._set("gateway", ("limits", "body_bytes"), int(value * 1_048_576))
        self._findings.exact(path, "gateway.limits.body_bytes")

    def _retention(self, value: Any, path: Path) -> None:
        found = _PERIOD.fullmatch(str(value).strip())
        if found is None or not int(found[1]):
            self._findings.missing(path, "is no period such as 30d")
            return
        days = int(found[1]) * _DAYS[found[2] or "s"]
        self._set("storage", ("retention_days",), min(max(1, math.ceil(days)), 36_500))
        if days.is_integer():
            self._findings.exact(path, "storage.retention_days")
        else:
            self._findings.near(path, "storage.retention_days", "counted in whole days")


def _is_ttl(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and 0 < value <= 31_536_000


_OFF: tuple[object, ...] = (False, None, [], {}, "", 0)

MAKERS: MappingProxyType[str, Callable[[Settings, Any, Path], None]] = MappingProxyType(
    {
        "timeout": Settings._timeout,
        "stream_timeout": Settings._timeout,
        "request_timeout": Settings._timeout,
        "max_parallel_requests": Settings._parallel,
        "default_max_parallel_requests": Settings._parallel,
        "ssl_verify": Settings._verify,
        "master_key": Settings._master_key,
        "turn_off_message_logging": Settings._no_messages,
        "store_prompts_in_spend_logs": Settings._no_messages,
        "cache_params": Settings._cache_params,
        "cache": Settings._cache,
        "json_logs": Settings._json,
        "set_verbose": Settings._verbose,
        "debug_level": Settings._verbose,
        "max_request_size_mb": Settings._request_size,
        "maximum_spend_logs_retention_period": Settings._retention,
    }
)
