"""What `vedette serve` says when it is ready, to people and to programs."""

import logging
import os
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO, cast

import msgspec
from msgspec.structs import replace
from rich.console import Console

from vedette import __version__
from vedette.app.command import command
from vedette.app.snapshot import run_paths
from vedette.config.load import LoadedConfig
from vedette.logs import Unbreakable

log = logging.getLogger(__name__)


class ServeState(msgspec.Struct, frozen=True):
    """Where a running Vedette is to be found; written beside the data, mode 0600."""

    pid: int
    version: str
    gateway: str
    console: str


class Banner:
    """Collects the addresses, then tells them."""

    def __init__(self, loaded: LoadedConfig, *, has_grpc: bool | None = None) -> None:
        """`has_grpc`: whether the extra `grpc` is installed; None: look."""
        self._loaded = loaded
        self._has_grpc = bool(find_spec("grpc")) if has_grpc is None else has_grpc
        self.gateway = ""
        self.console = ""
        self._beside: ServeState | None = None

    def ready(self) -> None:
        """Print where to go, and leave the state file."""
        if self._loaded.config.logging.format == "json":
            where = {"gateway": self.gateway, "console": self.console, "version": __version__}
            log.info("Vedette is ready", extra={name: at for name, at in where.items() if at})
        else:
            self._print()
        path = run_paths(self._loaded.config).state
        try:
            self._write_state(path)
        except OSError as error:
            reason = (error.strerror or "").lower()
            log.warning("other commands do not find this Vedette: %s: %s", path.name, reason)

    def _print(self) -> None:
        out = Console(file=cast(TextIO, Unbreakable(sys.stdout)), highlight=False, soft_wrap=True)
        out.print(f"[bold]Vedette {__version__}[/bold] is ready.")
        if self.gateway:
            out.print(f"  gateway  http://{self.gateway}/v1   point your OpenAI client here")
        if self.console:
            out.print(f"  console  http://{self.console}      every call, as it happens")
            out.print(f"  spans    http://{self.console}      for OTEL_EXPORTER_OTLP_ENDPOINT")
            if self._loaded.config.otlp.grpc and not self._has_grpc:
                out.print("           not over gRPC: pip install 'vedette\\[grpc]'")
        if self.gateway and self._loaded.config.gateway.sim:
            out.print(f"  try      model [bold]sim/chat[/bold] {self._needs()}")
        # Where stdout is a file or a pipe nothing else would push these lines out.
        out.file.flush()

    def take_down(self) -> None:
        """Remove the state file, unless another Vedette has put its own there; one that ran before
        and still does gets its own back."""
        path = run_paths(self._loaded.config).state
        state, beside = _read(path), self._beside
        if state is None or state.pid != os.getpid():
            return
        with suppress(OSError):
            if beside is not None and _is_running(beside.pid):
                _write(path, beside)
            else:
                path.unlink(missing_ok=True)

    def _needs(self) -> str:
        if self._loaded.config.gateway.api_keys:
            return "with one of the keys in gateway.api_keys"
        if self._loaded.config.access.require_key:
            return f"with a key of `{command()} keys create`"
        return f"needs no key; or run `{command()} demo`"

    def _write_state(self, path: Path) -> None:
        self._beside = _another(path)
        state = ServeState(os.getpid(), __version__, self.gateway, self.console)
        if self._beside is not None:
            state = replace(
                state,
                gateway=self.gateway or self._beside.gateway,
                console=self.console or self._beside.console,
            )
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(path, state)


def _another(path: Path) -> ServeState | None:
    """What another Vedette that still runs has left there: gateway and core may run apart."""
    state = _read(path)
    is_another = state is not None and state.pid != os.getpid() and _is_running(state.pid)
    return state if is_another else None


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _read(path: Path) -> ServeState | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=ServeState)
    except (OSError, msgspec.MsgspecError):
        return None


def _write(path: Path, state: ServeState) -> None:
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(state))
        draft.rename(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
