"""From the configuration to what the processes run on."""

import hashlib
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from vedette.app.snapshot import (
    allowed_hosts,
    check_exposure,
    core_settings,
    gateway_settings,
    load_config,
    prepare,
    run_paths,
)
from vedette.config.schema import Config
from vedette.errors import ConfigError
from vedette.model.settings import GatewaySettings, Timeouts

A: dict[str, Any] = {"name": "a", "kind": "openai"}


def config(**tree: Any) -> Config:
    return Config.model_validate(tree)


def gateway(**tree: Any) -> GatewaySettings:
    return gateway_settings(config(**tree), version=7)


def test_an_empty_configuration_serves_the_simulated_provider_only() -> None:
    settings = gateway()
    assert settings.version == 7
    assert [(each.name, each.kind, each.base_url) for each in settings.providers] == [
        ("sim", "sim", "sim:")
    ]
    # Nobody gets a simulated answer without asking for one.
    assert settings.default_provider == ""


def test_the_simulated_provider_can_be_turned_off_or_replaced() -> None:
    assert gateway(gateway={"sim": False}).providers == ()
    mine = gateway(providers=[{**A, "name": "sim"}])
    assert [each.kind for each in mine.providers] == ["openai"]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ({"providers": [{"name": "x", "kind": "ollama"}, A]}, "a"),
        ({"providers": [{"name": "x", "kind": "ollama"}, {"name": "y", "kind": "vllm"}]}, "x"),
        ({"providers": [{"name": "s", "kind": "sim"}]}, ""),
        ({"providers": [A], "gateway": {"default_provider": "sim"}}, "sim"),
    ],
)
def test_the_default_provider(tree: Any, expected: str) -> None:
    assert gateway(**tree).default_provider == expected


def test_client_keys_are_kept_as_digests_only() -> None:
    digest = hashlib.sha256(b"hunter2").hexdigest()
    settings = gateway(gateway={"api_keys": ["hunter2", f"sha256:{digest}"]})
    assert settings.api_keys == (digest, digest)
    assert b"hunter2" not in msgspec.msgpack.encode(settings)


@pytest.mark.parametrize(
    ("listen", "configured", "expected"),
    [
        ("127.0.0.1:4000", [], ("localhost", "127.0.0.1", "::1")),
        ("127.0.0.2:4000", [], ("localhost", "127.0.0.1", "::1", "127.0.0.2")),
        ("[::1]:4000", [], ("localhost", "127.0.0.1", "::1")),
        ("127.0.0.1:4000", ["gw.local"], ("gw.local",)),
        ("0.0.0.0:4000", [], ()),
    ],
)
def test_hosts_that_are_accepted(listen: str, configured: list[str], expected: Any) -> None:
    tree = config(gateway={"listen": listen, "allowed_hosts": configured, "api_keys": ["k"]})
    assert allowed_hosts(tree.gateway) == expected


def test_routes_limits_and_capture_are_carried_over() -> None:
    settings = gateway(
        providers=[A],
        routes=[
            {"model": "fast", "retries": 1, "capture": "none", "targets": [{"provider": "a"}]},
            {"model": "slow", "timeouts": {"total_s": 9}, "targets": [{"provider": "sim"}]},
        ],
        gateway={"limits": {"idle_s": 5}},
        capture={"mode": "hash", "max_body_bytes": 10},
        logging={"level": "debug", "format": "json"},
    )
    fast, slow = settings.routes
    assert (fast.retries, fast.capture, fast.timeouts) == (1, "none", None)
    assert slow.timeouts == Timeouts(total_s=9, whole_s=9)
    assert settings.limits.idle_s == 5
    assert (settings.capture, settings.max_body_bytes) == ("hash", 10)
    assert (settings.log_level, settings.log_format) == ("debug", "json")


def test_a_snapshot_survives_the_way_to_the_worker() -> None:
    settings = gateway(providers=[{**A, "api_key": "k"}])
    packed = msgspec.msgpack.encode(settings)
    assert msgspec.msgpack.decode(packed, type=GatewaySettings) == settings


def test_the_core_learns_no_credential() -> None:
    tree = config(providers=[{**A, "api_key": "hunter2"}], console={"token": "hunter2"})
    settings = core_settings(tree, version=1, gateway_url="http://127.0.0.1:4000")
    assert b"hunter2" not in msgspec.msgpack.encode(settings)
    assert settings.token_sha256 == hashlib.sha256(b"hunter2").hexdigest()
    assert [(each.name, each.has_key) for each in settings.providers] == [
        ("a", True),
        ("sim", False),
    ]
    assert settings.gateway_url == "http://127.0.0.1:4000"


def test_what_the_core_knows_of_routing_has_no_secret() -> None:
    tree = config(
        providers=[
            {**A, "api_keys": ["hunter2", "hunter2b"], "headers": {"x-secret": "hunter2"}},
            {
                "name": "aws", "kind": "bedrock",
                "aws": {
                    "region": "eu-central-1", "access_key_id": "hunter2",
                    "secret_access_key": "hunter2",
                },
            },
        ],
        gateway={"api_keys": ["hunter2"]},
        routes=[{"model": "fast", "targets": [{"provider": "a"}]}],
    )  # fmt: skip
    settings = core_settings(tree, version=1, hash_key=b"", origin=lambda key: f"f.yaml:{key}")
    assert b"hunter2" not in msgspec.msgpack.encode(settings)
    assert [route.model for route in settings.routing.routes] == ["fast"]
    assert settings.routing.providers[1].options == {"region": "eu-central-1"}
    assert settings.routing.api_keys == ()
    assert settings.route_places == ("f.yaml:routes[0].model",)
    assert settings.providers[1].has_key
    assert settings.providers[1].dialects[0] == "bedrock"


def test_processes_of_one_installation_meet_beside_the_data(tmp_path: Path) -> None:
    paths = run_paths(config(storage={"path": str(tmp_path / "d")}))
    assert paths.data == tmp_path / "d"
    assert paths.routes == tmp_path / "d" / "routes.json"
    assert paths.spill == tmp_path / "d" / "spill"
    assert paths.collector == tmp_path / "d" / "core.sock"
    settings = gateway(storage={"path": str(tmp_path / "d")})
    assert settings.collector == str(paths.collector)
    assert settings.spill_dir == str(paths.spill)


def test_a_path_too_long_for_a_socket_is_replaced_by_a_short_one(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 100)
    paths = run_paths(config(storage={"path": str(long)}))
    assert paths.data == long
    assert len(os.fsencode(paths.collector)) <= 100
    other = run_paths(config(storage={"path": str(long) + "y"}))
    assert paths.collector != other.collector
    assert paths == run_paths(config(storage={"path": str(long)}))


def test_in_memory_nothing_is_left_on_the_disk() -> None:
    paths = run_paths(config(storage={"profile": "memory"}))
    assert (paths.data, paths.spill) == (None, None)
    assert len(os.fsencode(paths.collector)) <= 100
    assert gateway(storage={"profile": "memory"}).spill_dir == ""


def test_directories_are_made_for_this_user_only(tmp_path: Path) -> None:
    paths = run_paths(config(storage={"path": str(tmp_path / "d")}))
    prepare(paths)
    prepare(paths)
    assert (tmp_path / "d").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "d" / "spill").is_dir()


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="Cannot use the directory"):
        prepare(run_paths(config(storage={"path": str(tmp_path / "file")})))


def test_an_open_door_is_refused_with_both_ways_out() -> None:
    check_exposure(config())
    with pytest.raises(ConfigError) as raised:
        check_exposure(config(gateway={"listen": "0.0.0.0:1"}, console={"listen": "0.0.0.0:2"}))
    for part in ("set gateway.api_keys", "set console.token", "or listen on loopback"):
        assert part in raised.value.message


def test_loading_knows_the_catalogue_and_discovers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    loaded = load_config(None, {"GROQ_API_KEY": "k"})
    assert "groq" in [each.name for each in loaded.config.providers]
    file = tmp_path / "f.yaml"
    file.write_text("providers: [{name: a, kind: opnai}]")
    with pytest.raises(ConfigError, match="Did you mean 'openai'"):
        load_config(file, {})
