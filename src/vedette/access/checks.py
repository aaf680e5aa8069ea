"""What names, scopes and allowances must look like, whoever brings them."""

import ipaddress
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from vedette.errors import BadRequest
from vedette.model.tenant import Allowance, Limits, Scopes

NAME_LIMIT = 100
TEXT_LIMIT = 200
LIST_LIMIT = 200

_GLOBS = ("models", "routes", "endpoints")
_LIMITS = ("rpm", "tpm", "concurrency", "cost_per_minute_nano_usd")


class InvalidSetting(BadRequest):
    """One setting of an organization, a project or a key means nothing."""

    code = "invalid_body"

    def __init__(self, name: str, value: str, expected: str) -> None:
        self.name = name
        self.value = value[:80]
        self.expected = expected
        super().__init__(f"{name} has the value {self.value!r}: need {expected}.")


def check_name(text: str, field: str = "name") -> str:
    """The name without blanks around it. Raises InvalidSetting."""
    name = text.strip()
    if not name or len(name) > NAME_LIMIT or not name.isprintable():
        raise InvalidSetting(field, text, f"1 to {NAME_LIMIT} printable characters")
    return name


def check_text(text: str, field: str, limit: int = TEXT_LIMIT) -> str:
    """One line that may be empty. Raises InvalidSetting."""
    if len(text) > limit or not text.isprintable():
        raise InvalidSetting(field, text, f"at most {limit} printable characters")
    return text.strip()


def check_metadata(metadata: dict[str, str]) -> dict[str, str]:
    """At most 50 short pairs. Raises InvalidSetting."""
    if len(metadata) > 50:
        raise InvalidSetting("metadata", f"{len(metadata)} entries", "at most 50 entries")
    return {
        check_name(name, "metadata"): check_text(value, f"metadata.{name[:40]}", 500)
        for name, value in metadata.items()
    }


def check_scopes(scopes: Scopes) -> Scopes:
    """The same scopes. Raises InvalidSetting that names the entry."""
    for field in (*_GLOBS, "ips"):
        entries: tuple[str, ...] = getattr(scopes, field)
        if len(entries) > LIST_LIMIT:
            raise InvalidSetting(field, f"{len(entries)} entries", f"at most {LIST_LIMIT} entries")
        for index, entry in enumerate(entries):
            check_name_or_glob(entry, f"{field}[{index}]")
    for index, address in enumerate(scopes.ips):
        try:
            ipaddress.ip_network(address, strict=False)
        except ValueError:
            expected = "an address or a network such as 10.0.0.0/8"
            raise InvalidSetting(f"ips[{index}]", address, expected) from None
    return scopes


def check_name_or_glob(text: str, field: str) -> None:
    """Raises InvalidSetting for what can match no name."""
    if not text or len(text) > TEXT_LIMIT or not text.isprintable() or " " in text:
        raise InvalidSetting(field, text, "a name, where * and ? stand for anything, no blanks")


def check_allowance(allowance: Allowance) -> Allowance:
    """The same allowance. Raises InvalidSetting that names the field."""
    if len(allowance.budgets) > 20:
        raise InvalidSetting("budgets", f"{len(allowance.budgets)} entries", "at most 20 entries")
    for index, budget in enumerate(allowance.budgets):
        where = f"budgets[{index}]"
        if budget.limit_nano_usd < 0:
            raise InvalidSetting(f"{where}.limit_usd", str(budget.limit_nano_usd), "0 or more")
        for share in budget.soft:
            if not 0 < share <= 1:
                raise InvalidSetting(f"{where}.soft", str(share), "shares from 0 to 1, such as 0.8")
        _check_zone(budget.timezone, f"{where}.timezone")
        if budget.reroute_to:
            check_name(budget.reroute_to, f"{where}.reroute_to")
    for field, value in _limits(allowance.limits):
        if value < 1:
            raise InvalidSetting(f"limits.{field}", str(value), "a whole number, 1 or more")
    return allowance


def _check_zone(name: str, field: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise InvalidSetting(field, name, "a time zone such as UTC or Europe/Berlin") from None


def _limits(limits: Limits) -> Iterator[tuple[str, int]]:
    for field in _LIMITS:
        value: int | None = getattr(limits, field)
        if value is not None:
            yield field, value
