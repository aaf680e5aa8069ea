"""What may be said of one call, beside what is asked of the model."""

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Options of one call; what is left out is as the configuration says."""

    timeout_s: float | None = None
    """For the whole call, all attempts included."""
    retries: int | None = None
    """Further attempts after the first, at most those of the route."""
    priority: Literal["interactive", "batch"] = "interactive"
    cache: Literal["default", "on", "off", "refresh", "only"] = "default"
    safety: str = ""
    """Name of a bundled policy whose rules hold on top of those of the configuration."""
    budget_usd: float | None = None
    """Refuse the call where it may cost more than this."""
    session: str = ""
    user: str = ""
    tags: tuple[str, ...] = ()
    environment: str = ""
    release: str = ""
    trace: str = ""
    """W3C `traceparent` to go on from."""
    idempotency_key: str = ""


_CACHE = {
    "on": (b"x-vedette-cache", b"on"),
    "off": (b"x-vedette-cache", b"off"),
    "refresh": (b"x-vedette-cache", b"refresh"),
    "only": (b"cache-control", b"only-if-cached"),
}


def options_of(given: Mapping[str, object]) -> Options:
    """Read keyword arguments. Raises msgspec.ValidationError."""
    fields = dict(given)
    tags = fields.get("tags")
    if isinstance(tags, Iterable) and not isinstance(tags, str):
        fields["tags"] = tuple(str(tag) for tag in tags)
    elif isinstance(tags, str):
        fields["tags"] = (tags,)
    return msgspec.convert(fields, Options, strict=False)


def header_fields(options: Options) -> list[tuple[bytes, bytes]]:
    """The header fields that a client over HTTP would send."""
    texts = (
        (b"x-vedette-session", options.session),
        (b"x-vedette-user", options.user),
        (b"x-vedette-tags", ",".join(options.tags)),
        (b"x-vedette-environment", options.environment),
        (b"x-vedette-release", options.release),
        (b"traceparent", options.trace),
        (b"idempotency-key", options.idempotency_key),
        (b"x-vedette-policy", options.safety),
        (b"x-vedette-timeout-s", "" if options.timeout_s is None else f"{options.timeout_s:g}"),
        (b"x-vedette-retries", "" if options.retries is None else str(options.retries)),
    )
    fields = [(name, value.encode("utf-8")) for name, value in texts if value]
    if options.priority == "batch":
        fields.append((b"x-vedette-priority", b"batch"))
    if options.cache in _CACHE:
        fields.append(_CACHE[options.cache])
    return fields
