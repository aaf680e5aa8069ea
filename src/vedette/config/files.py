"""Credentials that stand in files of their own: read when the configuration is, never kept there.

Paths are relative to the directory Vedette is started in; `~` is the home directory.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from vedette.config.provider import ProviderConfig

MAX_BYTES = 65_536

_KEY = re.compile(r"[\x21-\x7e]+")


def read_keys(path: str) -> tuple[str, ...]:
    """The keys in a file, one a line; empty lines do not count.

    Raises ValueError that says what is wrong, without a word of the file.
    """
    keys = tuple(line.strip() for line in read_text(path).splitlines() if line.strip())
    if not keys:
        raise ValueError(f"{path!r} holds no key")
    if not all(_KEY.fullmatch(key) for key in keys):
        raise ValueError(f"{path!r} holds more than keys: one word of printable ASCII a line")
    return keys


def read_credentials(path: str) -> str:
    """The JSON of Google's credentials. Raises ValueError as `read_keys` does."""
    text = read_text(path)
    try:
        account = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError(f"{path!r} is not JSON") from None
    wanted = _CREDENTIALS.get(str(account.get("type"))) if isinstance(account, dict) else None
    if wanted is None:
        raise ValueError(f"{path!r} is no credentials file of a service account or a user")
    missing = [name for name in wanted if not account.get(name)]
    if missing:
        raise ValueError(f"{path!r} has no {' and no '.join(missing)}")
    return text


_CREDENTIALS = {
    "service_account": ("client_email", "private_key"),
    "authorized_user": ("client_id", "client_secret", "refresh_token"),
}
"""Type of credentials -> what they must have."""


def files_of(provider: ProviderConfig) -> Iterator[Path]:
    """The files that this provider's credentials stand in."""
    google = provider.google
    for path in (provider.api_key_file, google.credentials_file if google else None):
        if path:
            yield Path(path).expanduser()


def read_text(path: str, most: int = MAX_BYTES) -> str:
    """The text of a small file. Raises ValueError, which names it and says why."""
    try:
        with Path(path).expanduser().open("rb") as file:
            content = file.read(most + 1)
    except (OSError, RuntimeError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a path").lower()
        raise ValueError(f"{path!r} cannot be read: {reason}") from None
    if len(content) > most:
        raise ValueError(f"{path!r} has more than {most} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{path!r} is not text") from None
