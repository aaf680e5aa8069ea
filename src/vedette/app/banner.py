"""What `vedette serve` says when it is ready, to people and to programs."""

import os
from importlib.util import find_spec
from pathlib import Path

import msgspec
from rich.console import Console

from vedette import __version__
from vedette.app.snapshot import run_paths
from vedette.config.load import LoadedConfig


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

    def ready(self) -> None:
        """Print where to go, and leave the state file."""
        out = Console(highlight=False, soft_wrap=True)
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
        self._write_state(run_paths(self._loaded.config).state)

    def take_down(self) -> None:
        """Remove the state file, unless another Vedette has put its own there."""
        path = run_paths(self._loaded.config).state
        try:
            state = msgspec.json.decode(path.read_bytes(), type=ServeState)
        except (OSError, msgspec.MsgspecError):
            return
        if state.pid == os.getpid():
            path.unlink(missing_ok=True)

    def _needs(self) -> str:
        if self._loaded.config.gateway.api_keys:
            return "with one of the keys in gateway.api_keys"
        if self._loaded.config.access.require_key:
            return "with a key of `vedette keys create`"
        return "needs no key; or run `vedette demo`"

    def _write_state(self, path: Path) -> None:
        state = ServeState(os.getpid(), __version__, self.gateway, self.console)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(state))
        draft.rename(path)
