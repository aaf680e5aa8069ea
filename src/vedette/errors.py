"""The errors that Vedette raises on purpose."""


class VedetteError(Exception):
    """Base of all our errors.

    `code` is stable and machine readable, `status` the HTTP status a server answers with,
    `message` is written for users: what was wrong, the value, what to do. It never holds a
    secret, a prompt or an upstream body.
    """

    code = "internal_error"
    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ConfigError(VedetteError):
    """A setting is missing, unknown or out of range."""

    code = "invalid_config"
    status = 400


class BadRequest(VedetteError):
    """The client sent something that cannot be served as it is."""

    code = "invalid_request"
    status = 400


class NotFound(VedetteError):
    """There is nothing under this name or id."""

    code = "not_found"
    status = 404


class StoreError(VedetteError):
    """The store could not do what was asked; nothing was half written."""

    code = "store_unavailable"
    status = 503


class Conflict(VedetteError):
    """The record changed since it was read (optimistic locking)."""

    code = "conflict"
    status = 409


class SpanRefused(StoreError):
    """The store will never take this span: a retry is pointless."""

    code = "span_refused"
    status = 400


class Overloaded(VedetteError):
    """More arrives than can be written; nothing of this was taken, come back later."""

    code = "overloaded"
    status = 429

    def __init__(self, message: str, *, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
