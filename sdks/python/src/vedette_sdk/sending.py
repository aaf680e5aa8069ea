"""How things reach Vedette: HTTP of the standard library, deadlines, retries with pauses."""

import gzip
import http.client
import json
import random
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from vedette_sdk.version import __version__

RETRIED = (408, 425, 429, 500, 502, 503, 504)
_LONGEST_PAUSE_S = 30.0
_GIVE_UP_S = 300.0
_LARGEST_ANSWER = 16 * 1024 * 1024
_GZIP_FROM = 1_024


class Answer(NamedTuple):
    """`status` is 0 where nobody answered."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = {}

    @property
    def json(self) -> Any:
        """The body; None where it is no JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would take the key to somebody else."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Sender:
    """Requests to one Vedette."""

    def __init__(self, endpoint: str, *, api_key: str = "", timeout_s: float = 5.0) -> None:
        self._endpoint = endpoint
        self._timeout_s = timeout_s
        self._headers = {"user-agent": f"vedette-sdk-python/{__version__}"}
        if api_key:
            self._headers["authorization"] = f"Bearer {api_key}"
        self._opener = urllib.request.build_opener(_NoRedirects)
        self.sent_bytes = 0

    def request(
        self, method: str, path: str, body: bytes | None = None, *, timeout_s: float | None = None
    ) -> Answer:
        """One attempt. Never raises: who does not answer has status 0."""
        headers = dict(self._headers)
        if body is not None:
            headers["content-type"] = "application/json"
            if len(body) >= _GZIP_FROM and path.startswith("/v1/"):
                body = gzip.compress(body, 1)
                headers["content-encoding"] = "gzip"
            self.sent_bytes += len(body)
        request = urllib.request.Request(  # noqa: S310 - settings take http and https alone
            f"{self._endpoint}{path}", body, headers, method=method
        )
        try:
            with self._opener.open(request, timeout=timeout_s or self._timeout_s) as answer:
                return Answer(answer.status, answer.read(_LARGEST_ANSWER), dict(answer.headers))
        except urllib.error.HTTPError as error:
            with error:
                said = dict(error.headers) if error.headers else {}
                try:
                    return Answer(error.code, error.read(65_536), said)
                except (OSError, http.client.HTTPException):
                    return Answer(error.code, b"", said)
        except (OSError, http.client.HTTPException, ValueError):
            return Answer(0)

    def deliver(self, path: str, body: bytes, until: "Until") -> Answer:
        """Try until it is taken, refused for good, or `until` has passed."""
        started = time.monotonic()
        pause_s = 0.25
        while True:
            left_s = until.left_s()
            timeout_s = self._timeout_s if left_s is None else max(0.05, left_s)
            answer = self.request("POST", path, body, timeout_s=min(timeout_s, self._timeout_s))
            if answer.status and answer.status not in RETRIED:
                return answer
            waited_s = min(_retry_after(answer) or pause_s * random.uniform(0.7, 1.3), 60.0)
            left_s = until.left_s()
            if left_s is not None and left_s <= waited_s:
                return answer
            if time.monotonic() - started > _GIVE_UP_S:
                return answer
            until.wait(waited_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)


class Until(Protocol):
    """How long may be tried: asked again and again, for the end of a program may come meanwhile."""

    def left_s(self) -> float | None:
        """Seconds that are left; None for as long as it takes."""

    def wait(self, seconds: float) -> None:
        """A pause between attempts, shorter when the end comes."""


def _retry_after(answer: Answer) -> float | None:
    for name, value in answer.headers.items():
        if name.lower() == "retry-after":
            try:
                return max(0.0, float(value))
            except ValueError:
                return None
    return None
