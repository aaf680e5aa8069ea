"""Its doors and what it calls fixed; the whole of it runs in tests/e2e/test_serve_*.py."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from vedette.app.snapshot import load_config
from vedette.app.supervisor import _needs_restart, address_of, bind, serve
from vedette.config.load import LoadedConfig
from vedette.errors import ConfigError


def loaded(folder: Path, **config: Any) -> LoadedConfig:
    path = folder / "f.yaml"
    path.write_text(json.dumps(config))
    return load_config(path, {})


def test_a_free_port_is_bound_and_told() -> None:
    with bind("127.0.0.1:0", "gateway.listen") as listener:
        assert address_of(listener) == f"127.0.0.1:{listener.getsockname()[1]}"
        socket.create_connection(listener.getsockname(), timeout=1).close()


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_an_ipv6_address_is_written_in_brackets() -> None:
    try:
        listener = bind("[::1]:0", "gateway.listen")
    except ConfigError as error:
        pytest.skip(error.message)
    with listener:
        assert address_of(listener).startswith("[::1]:")


def test_a_port_in_use_names_the_setting_and_the_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(ConfigError, match=r"\(console\.listen\).*another port"):
            bind(address, "console.listen")


def test_an_open_door_is_refused_before_anything_is_started(tmp_path: Path) -> None:
    config = loaded(tmp_path, console={"listen": "0.0.0.0:0"}, storage={"path": str(tmp_path)})
    with pytest.raises(ConfigError, match=r"console\.token"):
        serve(config, workers=1, role="all")


@pytest.mark.parametrize(
    ("change", "fixed"),
    [
        ({"gateway": {"listen": "127.0.0.1:1"}}, ["gateway.listen"]),
        ({"gateway": {"workers": 2}}, ["gateway.workers"]),
        ({"storage": {"profile": "memory"}}, ["storage"]),
        ({"capture": {"max_body_bytes": 1}}, ["capture.max_body_bytes"]),
        ({"capture": {"mode": "none"}}, []),
        ({"audit": {"webhook": "https://a.example"}}, ["audit"]),
        ({"drift": {"watch": False, "run_probes": False}}, ["drift.watch"]),
        ({"gateway": {"api_keys": ["k"]}, "logging": {"level": "debug"}}, []),
    ],
)
def test_settings_that_need_a_restart_are_known(
    tmp_path: Path, change: dict[str, Any], fixed: list[str]
) -> None:
    assert _needs_restart(loaded(tmp_path), loaded(tmp_path, **change)) == fixed
