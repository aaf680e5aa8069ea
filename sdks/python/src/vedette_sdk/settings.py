"""What the SDK is told: by options of `init`, a mapping, or the environment (`VEDETTE_*`)."""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from vedette_sdk.errors import SettingsError

log = logging.getLogger("vedette_sdk")

Privacy = Literal["hash", "features", "redacted", "full"]
KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All options. Sizes are bounds: when one is reached the oldest goes, and is counted."""

    endpoint: str = "http://127.0.0.1:4001"
    """Vedette's console; it takes spans, evaluates guards and gives prompts."""
    gateway: str = "http://127.0.0.1:4000"
    """Calls to it carry the trace on."""
    api_key: str = field(default="", repr=False)
    service_name: str = ""
    environment: str = ""
    privacy: Privacy = "hash"
    hash_key: bytes = field(default=b"", repr=False)
    """Of the hashes; programs of one project must share it to be comparable."""
    hash_key_is_shared: bool = True
    """False where the key is of this machine, for want of a better one; no option."""
    instrument: tuple[str, ...] | bool = True
    """Clients to instrument: all, none, or these."""
    include_usage: bool = False
    """Ask OpenAI for the usage of streams that do not; the extra chunk is taken out again."""
    sample_rate: float = 1.0
    enabled: bool = True
    quiet: bool = False
    max_calls: int = 5_000
    max_bytes: int = 32 * 1024 * 1024
    max_text_chars: int = 200_000
    """Of one text that is sent, and of one answer that is looked at."""
    interval_s: float = 1.0
    timeout_s: float = 5.0
    """Of one request to Vedette."""
    exit_s: float = 2.0
    """How long the end of the program may be held up by what is still to be sent."""


NAMES = tuple(each.name for each in fields(Settings) if each.name != "hash_key_is_shared")
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


def read_settings(
    options: Mapping[str, Any], *, base: Settings | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Settings:  # fmt: skip
    """Options over the environment over `base` (which had its environment already).

    Raises SettingsError for options that cannot be; the environment is doubted, but never fatal.
    """
    if unknown := options.keys() - set(NAMES):
        raise SettingsError(
            f"Unknown option {sorted(unknown)[0]!r}. Known: {', '.join(sorted(NAMES))}."
        )
    found = base
    if found is None:
        found = replace(Settings(), **_from_environment(environ))
    read: dict[str, Any] = {}
    for name, value in options.items():
        if value is not None:
            try:
                read[name] = _READERS[name](value)
            except (TypeError, ValueError) as error:
                shown = "" if name in _HIDDEN else f" {value!r}"
                raise SettingsError(f"Option {name!r} cannot be{shown}: {error}") from None
    found = replace(found, **read)
    if found.hash_key:
        return found
    return replace(found, hash_key=own_key(found.api_key), hash_key_is_shared=bool(found.api_key))


def own_key(api_key: str) -> bytes:
    """The key of hashes where none is given: from the API key, else one of this user's machine."""
    if api_key:
        return blake2b(api_key.encode(), digest_size=KEY_BYTES, person=b"vedette-hash").digest()
    path = (
        Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "vedette" / "hash.key"
    )
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = path.with_name(f"{path.name}.{os.getpid()}")
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(os.urandom(KEY_BYTES))
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink(missing_ok=True)
        key = path.read_bytes()
    except OSError as error:
        log.warning("no key for hashes at %s (%s): one for this process", path, error.strerror)
        key = b""
    return key if len(key) == KEY_BYTES else os.urandom(KEY_BYTES)


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in NAMES:
        value = environ.get(f"VEDETTE_{name.upper()}")
        if value is None and name in _ALSO:
            value = environ.get(_ALSO[name])
        if value is None:
            continue
        try:
            found[name] = _READERS[name](value)
        except (TypeError, ValueError) as error:
            shown = "" if name in _HIDDEN else f" {value!r}"
            log.warning("VEDETTE_%s%s is not taken: %s", name.upper(), shown, error)
    return found


_ALSO = {"service_name": "OTEL_SERVICE_NAME", "api_key": "VEDETTE_TOKEN"}
_HIDDEN = ("api_key", "hash_key")


def _url(value: Any) -> str:
    text = str(value).rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("expected http://host or https://host")
    return text


def _text(value: Any) -> str:
    if not isinstance(value, str) or any(character in value for character in "\r\n\0"):
        raise ValueError("expected a text of one line")
    return value.strip()


def _privacy(value: Any) -> Privacy:
    for mode in get_args(Privacy):
        if value == mode:
            return mode  # type: ignore[no-any-return]
    raise ValueError(f"expected one of {', '.join(get_args(Privacy))}")


def _key(value: Any) -> bytes:
    key = value.encode() if isinstance(value, str) else bytes(value)
    if len(key) < 16:
        raise ValueError("expected 16 bytes or more")
    return key


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text not in (*_TRUE, *_FALSE):
        raise ValueError("expected true or false")
    return text in _TRUE


def _names(value: Any) -> tuple[str, ...] | bool:
    if isinstance(value, str):
        if value.strip().lower() in (*_TRUE, *_FALSE):
            return _flag(value)
        return tuple(name.strip() for name in value.split(",") if name.strip())
    return value if isinstance(value, bool) else tuple(map(str, value))


def _within(kind: type, least: float, most: float) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        number = kind(value)
        if not least <= number <= most:
            raise ValueError(f"expected {least:g} to {most:g}")
        return number

    return read


_READERS: dict[str, Callable[[Any], Any]] = {
    "endpoint": _url, "gateway": _url, "api_key": _text, "service_name": _text,
    "environment": _text, "privacy": _privacy, "hash_key": _key, "instrument": _names,
    "include_usage": _flag, "sample_rate": _within(float, 0, 1), "enabled": _flag,
    "quiet": _flag, "max_calls": _within(int, 1, 1_000_000),
    "max_bytes": _within(int, 65_536, 2**34), "max_text_chars": _within(int, 100, 10_000_000),
    "interval_s": _within(float, 0.01, 3600), "timeout_s": _within(float, 0.01, 600),
    "exit_s": _within(float, 0, 600),
}  # fmt: skip
