"""What the answers of receivers mean."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from vedette.errors import ConfigError
from vedette.ports.alerts import Answer, NotDelivered, Option

_MOST_WAIT_S = 3_600.0
_AGAIN = frozenset({408, 409, 423, 425, 429})


def check(answer: Answer, receiver: str) -> None:
    """Raises NotDelivered unless the receiver took the message (2xx)."""
    if 200 <= answer.status < 300:
        return
    may_try = answer.status in _AGAIN or answer.status >= 500
    try:
        wait_s = max(0.0, min(float(answer.retry_after or 0), _MOST_WAIT_S))
    except ValueError:
        wait_s = 0.0
    raise NotDelivered(
        f"{receiver} answered {answer.status}.", is_final=not may_try, retry_after_s=wait_s
    )


def read_url(options: Mapping[str, str], name: str = "url", default: str = "") -> str:
    """An http address among the options. Raises ConfigError, which does not repeat it."""
    url = options.get(name, "") or default
    try:
        split = urlsplit(url)
        is_good = split.scheme in ("http", "https") and bool(split.hostname) and url.isascii()
        is_good = is_good and "@" not in split.netloc
        _ = split.port
    except ValueError:
        is_good = False
    if not is_good or any(character <= " " for character in url):
        raise ConfigError(f"{name}: need an http or https address, without a password.")
    return url


def read_options(options: Mapping[str, str], known: tuple[Option, ...]) -> dict[str, str]:
    """With defaults. Raises ConfigError for what is unknown, missing or no choice."""
    names = [option.name for option in known]
    for name in options:
        if name not in names:
            raise ConfigError(f"Unknown option {name[:80]!r}. Known: {', '.join(names)}.")
    found = {option.name: options.get(option.name, "") or option.default for option in known}
    for option in known:
        value = found[option.name]
        if option.is_needed and not value:
            raise ConfigError(f"{option.name}: is needed.")
        if option.choices and value not in option.choices:
            raise ConfigError(f"{option.name}: need one of {', '.join(option.choices)}.")
    return found
