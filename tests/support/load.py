"""Steady small calls to a running gateway, each with a name of its own."""

import http.client
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Tally:
    """How the calls went; `answered` holds the name and the moment of each whole answer."""

    answered: dict[str, float] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    """Calls on a fresh connection that nobody accepted."""
    broken: list[str] = field(default_factory=list)
    """Calls whose connection ended before the answer did."""
    wrong: list[str] = field(default_factory=list)
    """Answers with another status than 200."""


class Load:
    """Threads that call without pause from entering the block until its end."""

    def __init__(
        self, gateway: str, *, threads: int = 4, fresh: bool = False, pause_s: float = 0.002
    ) -> None:
        """`fresh`: a connection for each call instead of one for each thread."""
        self._run = secrets.token_hex(4)
        self._pause_s = pause_s
        self.tally = Tally()
        self._address = urlsplit(gateway)
        self._fresh = fresh
        self._stop = threading.Event()
        self._grown = threading.Condition()
        self._threads = [
            threading.Thread(target=self._call_on, args=(number,), daemon=True)
            for number in range(threads)
        ]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(10)

    def wait(self, more: int, seconds: float = 20.0) -> None:
        """Until so many more calls were answered."""
        with self._grown:
            goal = len(self.tally.answered) + more
            done = self._grown.wait_for(lambda: len(self.tally.answered) >= goal, seconds)
        assert done, f"{len(self.tally.answered)} of {goal}, broken: {self.tally.broken[:3]}"

    def _call_on(self, thread: int) -> None:
        connection = None
        number = 0
        while not self._stop.wait(self._pause_s):
            number += 1
            name = f"{self._run}-{thread}-{number}"
            if connection is None:
                connection = self._connect(name)
            if connection is not None and (not self._call(connection, name) or self._fresh):
                connection.close()
                connection = None
        if connection is not None:
            connection.close()

    def _connect(self, name: str) -> http.client.HTTPConnection | None:
        connection = http.client.HTTPConnection(
            self._address.hostname or "", self._address.port, timeout=10
        )
        try:
            connection.connect()
        except OSError as error:
            self.tally.refused.append(f"{name}: {type(error).__name__}")
            self._stop.wait(0.02)
            return None
        return connection

    def _call(self, connection: http.client.HTTPConnection, name: str) -> bool:
        body = {"model": "sim/chat", "messages": [{"role": "user", "content": name}]}
        headers = {"content-type": "application/json", "x-vedette-session": name}
        try:
            connection.request("POST", "/v1/chat/completions", json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.tally.broken.append(f"{name}: {type(error).__name__}")
            return False
        if answer.status != 200:
            self.tally.wrong.append(f"{name}: {answer.status} {text[:200]!r}")
            return False
        with self._grown:
            self.tally.answered[name] = time.monotonic()
            self._grown.notify_all()
        return not answer.will_close
