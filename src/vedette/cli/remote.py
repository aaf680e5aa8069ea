"""Commands that speak to the console of a running Vedette: where it is, and its token."""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, urlencode, urlsplit

import typer

from vedette.cli.options import load_config
from vedette.errors import BadRequest, VedetteError

if TYPE_CHECKING:
    from vedette.app.banner import ServeState
    from vedette.config.load import LoadedConfig

TOKEN_VARIABLE = "VEDETTE_TOKEN"  # noqa: S105
TIMEOUT_S = 30.0

UrlOption = Annotated[
    str,
    typer.Option(
        "--url", help="Address of the console. Else that of the Vedette running here.",
        show_default=False,
    ),
]  # fmt: skip
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


Asked = str | int | list[str]
"""A parameter; a list is one that repeats."""


class NoConsole(VedetteError):
    """Nothing that looks like a console answers."""

    code = "no_console"
    status = 503


class Refused(VedetteError):
    """The console did not do it; the message is its own."""

    code = "refused"
    status = 400


class Remote:
    """The console's API, one request a connection."""

    def __init__(self, url: str, token: str, host: str = "") -> None:
        """`host` goes into the header where the console listens to that name only."""
        split = urlsplit(url)
        if split.scheme not in ("http", "https") or not split.hostname:
            raise BadRequest(
                f"--url must be an http address such as http://127.0.0.1:4001: {url!r}"
            )
        self._split = split
        self._token = token
        self._host = host

    @classmethod
    def find(cls, config: Path | None, url: str) -> Remote:
        """The console at `url`, else the one of this configuration."""
        loaded = load_config(config)
        if url:
            return cls(url, _token(loaded))
        allowed = loaded.config.console.allowed_hosts
        return cls(running_console(loaded), _token(loaded), allowed[0] if allowed else "")

    @property
    def address(self) -> str:
        """Where it is, for links."""
        return self._split.geturl().rstrip("/")

    def get(self, path: str, **query: Asked) -> Any:
        return self._ask("GET", path, query={k: v for k, v in query.items() if v != ""})

    def pages(self, path: str, **query: Asked) -> list[dict[str, Any]]:
        """The items of a list, over all its pages."""
        page = self.get(path, limit=1000, **query)
        items: list[dict[str, Any]] = page["items"]
        while page["next_cursor"]:
            page = self.get(path, limit=1000, cursor=page["next_cursor"], **query)
            items += page["items"]
        return items

    def send(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, version: int = 0
    ) -> Any:
        """What the console answers, None where that is nothing. Raises Refused or NoConsole.

        `version` is that of the record which is changed.
        """
        return self._ask(method, path, body=body, version=version)

    def _ask(
        self, method: str, path: str, *, query: Mapping[str, Asked] | None = None,
        body: Mapping[str, Any] | None = None, version: int = 0,
    ) -> Any:  # fmt: skip
        target = f"{self._split.path.rstrip('/')}/api/v1{path}"
        if query:
            target += f"?{urlencode(query, doseq=True)}"
        headers = {"Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        if version:
            headers["If-Match"] = f'"{version}"'
        if self._host:
            headers["Host"] = self._host
        if body is not None:
            headers["Content-Type"] = "application/json"
        content = None if body is None else json.dumps(body).encode()
        try:
            status, answer = self._exchange(method, target, content, headers)
        except (OSError, http.client.HTTPException) as error:
            raise NoConsole(
                f"No console answers at {self._split.geturl()} ({type(error).__name__}). "
                "Start Vedette with `vedette serve`, or name another one with --url."
            ) from None
        return _read(status, answer, self._split.geturl())

    def _exchange(
        self, method: str, target: str, content: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        secure = self._split.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(self._split.hostname or "", self._split.port, timeout=TIMEOUT_S)
        try:
            connection.request(method, target, body=content, headers=dict(headers))
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


def place(*steps: str) -> str:
    """A path from names that may hold anything."""
    return "".join(f"/{quote(step, safe='')}" for step in steps)


def in_project(path: str, project: str) -> str:
    """The path with the project it is about; without one the console's default counts."""
    return f"{path}?{urlencode({'project': project})}" if project else path


def _read(status: int, content: bytes, url: str) -> Any:
    if status == 204:
        return None
    try:
        answer = json.loads(content)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise NoConsole(f"What answers at {url} is not a console of Vedette (status {status}).")
    if status < 400:
        return answer
    advice = (
        f" Put the token into {TOKEN_VARIABLE}, or into `console.token` of the configuration."
        if status == 401 else ""
    )  # fmt: skip
    raise Refused(f"{answer.get('detail', f'status {status}')}{advice}")


def _token(loaded: LoadedConfig) -> str:
    """Of the environment, else of the configuration, unless only its hash stands there."""
    written = loaded.config.console.token
    token = os.environ.get(TOKEN_VARIABLE, "") or (written.get_secret_value() if written else "")
    return "" if token.startswith("sha256:") else token


def running_gateway(loaded: LoadedConfig) -> str:
    """The gateway of the Vedette of this configuration."""
    state = _state(loaded)
    return _address((state and state.gateway) or loaded.config.gateway.listen)


def running_console(loaded: LoadedConfig) -> str:
    """The console of the Vedette of this configuration."""
    state = _state(loaded)
    return _address((state and state.console) or loaded.config.console.listen)


def _state(loaded: LoadedConfig) -> ServeState | None:
    """What a running Vedette says of itself."""
    import msgspec

    from vedette.app.banner import ServeState
    from vedette.app.snapshot import run_paths

    try:
        content = run_paths(loaded.config).state.read_bytes()
        return msgspec.json.decode(content, type=ServeState)
    except (OSError, msgspec.MsgspecError):
        return None


def _address(listening: str) -> str:
    host, _, port = listening.rpartition(":")
    return f"http://{_ANYWHERE.get(host, host)}:{port}"


_ANYWHERE = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104
"""Who listens everywhere is here, too."""
