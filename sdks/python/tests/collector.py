"""A collector that keeps every byte it is sent, and reads it as spans and events."""

import gzip
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WAIT_S = 30.0


class Collector:
    """Stands where Vedette stands; `answer` may be set to refuse, stall or speak."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.answer: Callable[[str, bytes], tuple[int, bytes]] = lambda path, body: (200, b"{}")
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def everything(self) -> bytes:
        """All that was sent: paths, headers and bodies, unpacked."""
        return b"\n".join(
            path.encode() + repr(headers).encode() + body for path, headers, body in self.requests
        )

    def spans(self) -> list[dict[str, Any]]:
        """All spans, with plain attributes, in the order in which they came."""
        found = []
        for path, _, body in list(self.requests):
            if path == "/v1/traces":
                for resource in json.loads(body)["resourceSpans"]:
                    said = plain(resource["resource"]["attributes"])
                    for scope in resource["scopeSpans"]:
                        for span in scope["spans"]:
                            own = {"attributes": plain(span["attributes"]), "resource": said,
                                   "scope": scope["scope"]["name"]}  # fmt: skip
                            found.append({**span, **own})
        return found

    def events(self) -> list[dict[str, Any]]:
        """All log records, with plain attributes."""
        return [
            {**record, "attributes": plain(record["attributes"])}
            for path, _, body in list(self.requests)
            if path == "/v1/logs"
            for resource in json.loads(body)["resourceLogs"]
            for scope in resource["scopeLogs"]
            for record in scope["logRecords"]
        ]

    def wait_spans(self, count: int) -> list[dict[str, Any]]:
        """Wait until so many are there."""
        deadline = time.monotonic() + WAIT_S
        while len(found := self.spans()) < count:
            assert time.monotonic() < deadline, f"{len(found)} of {count} spans: {found}"
            time.sleep(0.01)
        return found


def plain(attributes: list[dict[str, Any]]) -> dict[str, Any]:
    return {each["key"]: value_of(each["value"]) for each in attributes}


def value_of(value: dict[str, Any]) -> Any:
    kind, said = next(iter(value.items()))
    if kind == "intValue":
        return int(said)
    if kind == "arrayValue":
        return [value_of(each) for each in said["values"]]
    return said


def _handler(collector: Collector) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            if self.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            status, said = collector.answer(self.path, body)
            # What was refused may be sent again: only what was taken is kept.
            if status < 300:
                collector.requests.append((self.path, dict(self.headers), body))
            self.send_response(status)
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST

        def handle(self) -> None:
            try:
                super().handle()
            except (BrokenPipeError, ConnectionResetError):
                pass

        def log_message(self, *_: Any) -> None:
            return

    return Handler
