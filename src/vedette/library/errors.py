"""What a call in process can fail with."""

from vedette.errors import VedetteError


class CallFailed(VedetteError):
    """No target answered, or the one that did refused.

    `status` and `code` are those that a client over HTTP would have got, `source` says whether
    they are the `provider`'s or the `gateway`'s.
    """

    code = "call_failed"
    status = 502

    def __init__(self, message: str, *, status: int, code: str = "", source: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code or self.code
        self.source = source
