"""A web service on a loopback port that keeps what it is sent, for tests without an event loop."""

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Kept = tuple[str, Mapping[str, str], Any]
"""Path, header fields in lower case, body."""


class Receiver:
    """Use it with `with`."""

    def __init__(self) -> None:
        self._kept: list[Kept] = []
        self._changed = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers.get("content-length") or 0)
                fields = {name.lower(): value for name, value in self.headers.items()}
                receiver._keep((self.path, fields, json.loads(self.rfile.read(size))))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._server.shutdown()
        self._server.server_close()

    def wait(self, count: int, timeout_s: float = 20.0) -> list[Kept]:
        """So many posts, once they have come."""
        with self._changed:
            came = self._changed.wait_for(lambda: len(self._kept) >= count, timeout_s)
            assert came, f"{len(self._kept)} of {count} posts came"
            return list(self._kept)

    def _keep(self, post: Kept) -> None:
        with self._changed:
            self._kept.append(post)
            self._changed.notify_all()
