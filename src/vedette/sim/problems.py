"""What the simulated provider says when it cannot, or shall not, answer."""

import msgspec

from vedette.errors import VedetteError

TYPES = {
    401: "authentication_error",
    403: "permission_error",
    429: "rate_limit_error",
}


class Problem(VedetteError):
    """An error answer in OpenAI's shape; `param` names the field that was wrong."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        code: str | None = None,
        param: str | None = None,
        headers: tuple[tuple[bytes, bytes], ...] = (),
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error_code = code
        self.param = param
        self.headers = headers

    def body(self) -> bytes:
        """The JSON body."""
        fallback = "invalid_request_error" if self.status < 500 else "server_error"
        return msgspec.json.encode(
            {
                "error": {
                    "message": self.message,
                    "type": TYPES.get(self.status, fallback),
                    "param": self.param,
                    "code": self.error_code,
                }
            }
        )
