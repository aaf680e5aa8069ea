"""What is measured: the mock itself, Vedette, and every peer that can be installed.

A peer is installed into bench/.cache when it is missing; one that cannot be is skipped, with the
reason. All run one worker, without a database of their own, as their documentation says.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bench.tools import CACHE, HERE, MODEL, free_port, mock_command

LITELLM_KEY: Final = "sk-bench-3f1d9b70c4e84d52a6b1"
PORTKEY: Final = "@portkey-ai/gateway@1.15.2"
FERROGW: Final = "ferrogw==1.5.10"
# 1.82.7, 1.82.8 and a 1.107 carried a credential stealer.
LITELLM: Final = "litellm[proxy]!=1.82.7,!=1.82.8,!=1.107.*"


class CannotInstall(Exception):
    """Why a peer is left out."""


@dataclass(frozen=True, slots=True)
class Launch:
    """How to start a candidate that listens on `port`."""

    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One row of the table."""

    name: str
    install: Callable[[], str]
    """Makes it available and returns its version; raises CannotInstall."""
    launch: Callable[[int, int, Path], Launch]
    """From its port, the mock's port and a folder of its own, to the way it is started."""
    headers: tuple[str, ...] = ()
    start_patience_s: float = 30.0
    streams: bool = True
    most_streams: int = 2000
    soaks: bool = False
    """Whether its memory is watched in a run of its own."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Names of its processes: a regular expression on the command line -> a name."""
    beside: str = ""
    """Processes, by their command line, that no client talks to: they get the core of the load,
    so that the others have one for themselves."""


def _run(command: Sequence[str | Path], cwd: Path | None = None) -> str:
    """Output of a command at the lowest priority; raises CannotInstall."""
    try:
        done = subprocess.run(
            ["nice", "-n", "19", *map(str, command)],
            cwd=cwd,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotInstall(f"{command[0]}: {error}") from error
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise CannotInstall(lines[-1][:200] if lines else f"{command[0]} failed")
    return done.stdout + done.stderr


def install_package(name: str, requirement: str, distribution: str) -> str:
    """A virtual environment of its own; returns the installed version."""
    home = CACHE / name
    python = home / "bin" / "python"
    if not python.exists():
        _run([sys.executable, "-m", "venv", home])
    probe: list[str | Path] = [python, "-m", "pip", "show", distribution]
    try:
        shown = _run(probe)
    except CannotInstall:
        _run([python, "-m", "pip", "install", "-q", requirement])
        shown = _run(probe)
    found = re.search(r"^Version: (.*)$", shown, re.MULTILINE)
    return found[1] if found else "?"


# ---- the floor


def _direct(port: int, mock_port: int, home: Path) -> Launch:
    return Launch(mock_command(port))


# ---- nginx


def _install_nginx() -> str:
    if shutil.which("nginx") is None:
        raise CannotInstall("nginx is not on the PATH (Debian: apt install nginx-light)")
    return _run(["nginx", "-v"]).strip().rpartition("/")[2]


def _nginx(port: int, mock_port: int, home: Path) -> Launch:
    (home / "tmp").mkdir(exist_ok=True)
    config = home / "nginx.conf"
    config.write_text(
        f"""
daemon off; worker_processes 1; pid {home}/nginx.pid; error_log {home}/error.log error;
worker_rlimit_nofile 60000;
events {{ worker_connections 20000; }}
http {{
  access_log off; client_body_temp_path {home}/tmp; proxy_temp_path {home}/tmp;
  fastcgi_temp_path {home}/tmp; uwsgi_temp_path {home}/tmp; scgi_temp_path {home}/tmp;
  keepalive_requests 1000000000; client_body_buffer_size 128k; tcp_nodelay on;
  upstream mock {{ server 127.0.0.1:{mock_port}; keepalive 4096;
                   keepalive_requests 1000000000; }}
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{
      proxy_pass http://mock; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Authorization "Bearer sk-upstream"; proxy_buffering off;
    }}
  }}
}}
"""
    )
    return Launch(["nginx", "-p", str(home), "-c", str(config)])


# ---- the floor of Python


def _install_relay() -> str:
    return f"uvloop {version('uvloop')}"


def _relay(port: int, mock_port: int, home: Path) -> Launch:
    return Launch([sys.executable, str(HERE / "relay.py"), str(port), str(mock_port)])


# ---- Vedette


def _install_vedette() -> str:
    from vedette import __version__

    return __version__


def _guarded(port: int, mock_port: int, home: Path) -> Launch:
    """The same, and every request and answer is looked at by the bundled policy `balanced`."""
    return _vedette(port, mock_port, home, more="guard: {policy: balanced}\n")


def _vedette(port: int, mock_port: int, home: Path, *, more: str = "") -> Launch:
    """The full path: client key, route, model spliced, credential replaced, everything recorded."""
    shutil.rmtree(home / "store", ignore_errors=True)
    config = home / "vedette.yaml"
    config.write_text(
        f"""
gateway: {{listen: "127.0.0.1:{port}", workers: 1, api_keys: ["sk-bench"]}}
console: {{listen: "127.0.0.1:{free_port()}"}}
storage: {{profile: lite, path: "{home}/store"}}
capture: {{mode: full}}
logging: {{level: warning}}
providers:
  - {{name: mock, kind: openai, base_url: "http://127.0.0.1:{mock_port}/v1", api_key: sk-upstream,
     max_connections: 4096}}
routes:
  - {{model: {MODEL}, targets: [{{provider: mock, model: {MODEL}-2024-07-18}}]}}
{more}"""
    )
    program = str(Path(sys.executable).with_name("vedette"))
    return Launch([program, "serve", "--config", str(config)])


# ---- peers


def _install_ferrogw() -> str:
    return install_package("ferrogw", FERROGW, "ferrogw")


def _ferrogw(port: int, mock_port: int, home: Path) -> Launch:
    (home / "config.yaml").write_text(
        "strategy: {mode: fallback}\ntargets:\n  - virtual_key: openai\n"
    )
    env = {
        "GATEWAY_CONFIG": str(home / "config.yaml"),
        "PORT": str(port),
        "MASTER_KEY": "fgw_0123456789abcdef0123456789abcdef",
        "OPENAI_API_KEY": "sk-upstream",
        "OPENAI_BASE_URL": f"http://127.0.0.1:{mock_port}/v1",
        # Its default is 20 requests a second.
        "RATE_LIMIT_RPS": "10000000",
        "RATE_LIMIT_BURST": "10000000",
        "LOG_LEVEL": "error",
        "GOMAXPROCS": "1",
    }
    return Launch([str(CACHE / "ferrogw" / "bin" / "ferrogw"), "serve"], env)


def _install_litellm() -> str:
    return install_package("litellm", LITELLM, "litellm")


def _litellm(port: int, mock_port: int, home: Path) -> Launch:
    (home / "litellm.yaml").write_text(
        f"model_list:\n  - model_name: {MODEL}\n    litellm_params:\n"
        f"      model: openai/{MODEL}\n      api_base: http://127.0.0.1:{mock_port}/v1\n"
        "      api_key: sk-upstream\n"
    )
    program = str(CACHE / "litellm" / "bin" / "litellm")
    command = [program, "--config", str(home / "litellm.yaml"), "--host", "127.0.0.1"]
    env = {
        "LITELLM_MASTER_KEY": LITELLM_KEY,
        "LITELLM_LOG": "ERROR",
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "NO_DOCS": "True",
    }
    return Launch([*command, "--port", str(port), "--num_workers", "1"], env)


def _install_portkey() -> str:
    home = CACHE / "portkey"
    package = home / "node_modules" / "@portkey-ai" / "gateway"
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise CannotInstall("node and npm are not on the PATH")
    if not package.exists():
        home.mkdir(parents=True, exist_ok=True)
        _run(["npm", "install", "--no-audit", "--no-fund", PORTKEY], cwd=home)
    return PORTKEY.rpartition("@")[2]


def _portkey(port: int, mock_port: int, home: Path) -> Launch:
    package = CACHE / "portkey" / "node_modules" / "@portkey-ai" / "gateway"
    script = package / "build" / "start-server.js"
    # The custom host travels in a header, and the header must name the port of this run.
    return Launch(["node", str(script), f"--port={port}", "--headless"], {"NODE_ENV": "production"})


VEDETTE: Final = Candidate(
    name="vedette",
    install=_install_vedette,
    launch=_vedette,
    parts={r"vedette\.app\.worker": "worker", r"vedette\.app\.core": "core"},
    beside=r"vedette\.app\.core|vedette serve",
    soaks=True,
)
CANDIDATES: Final = (
    Candidate(name="direct", install=lambda: "mock", launch=_direct),
    Candidate(name="nginx", install=_install_nginx, launch=_nginx),
    Candidate(name="relay", install=_install_relay, launch=_relay),
    VEDETTE,
    replace(VEDETTE, name="guarded", launch=_guarded, most_streams=0, soaks=False),
    Candidate(
        name="ferrogw",
        install=_install_ferrogw,
        launch=_ferrogw,
        headers=("Authorization: Bearer fgw_0123456789abcdef0123456789abcdef",),
    ),
    Candidate(
        name="litellm",
        install=_install_litellm,
        launch=_litellm,
        headers=(f"Authorization: Bearer {LITELLM_KEY}",),
        start_patience_s=120.0,
        most_streams=0,
    ),
    Candidate(
        name="portkey",
        install=_install_portkey,
        launch=_portkey,
        headers=(
            "x-portkey-provider: openai",
            "x-portkey-custom-host: http://127.0.0.1:{mock_port}/v1",
        ),
        start_patience_s=60.0,
        # Streams answer 500 (TypeError: immutable) in a plain npm installation of 1.15.2.
        streams=False,
        most_streams=0,
    ),
)
