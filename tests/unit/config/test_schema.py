"""Rules over single values."""

from typing import Any

import pytest
from pydantic import ValidationError

from vedette.config.provider import TimeoutsConfig
from vedette.config.schema import Config, LimitsConfig
from vedette.config.values import Section
from vedette.model.settings import LimitSettings, Timeouts


def errors(tree: dict[str, Any]) -> list[str]:
    with pytest.raises(ValidationError) as raised:
        Config.model_validate(tree)
    return [".".join(map(str, error["loc"])) for error in raised.value.errors()]


def provider(**settings: Any) -> dict[str, Any]:
    return {"providers": [{"name": "a", "kind": "openai", **settings}]}


def test_an_empty_configuration_is_whole() -> None:
    config = Config.model_validate({})
    assert config.gateway.listen == "127.0.0.1:4000"
    assert config.console.listen == "127.0.0.1:4001"
    assert config.gateway.sim


def test_defaults_are_those_of_the_workers() -> None:
    assert LimitsConfig().model_dump() == {
        name: getattr(LimitSettings(), name) for name in LimitSettings.__struct_fields__
    }
    assert TimeoutsConfig().model_dump() == {
        name: getattr(Timeouts(), name) for name in Timeouts.__struct_fields__ if name != "whole_s"
    }


def sections(section: type[Section]) -> set[type[Section]]:
    found = {section}
    for field in section.model_fields.values():
        for candidate in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(candidate, type) and issubclass(candidate, Section):
                found |= sections(candidate)
    return found


def test_every_setting_is_described() -> None:
    everything = sections(Config)
    assert len(everything) >= 12
    bare = [
        f"{section.__name__}.{name}"
        for section in everything
        for name, field in section.model_fields.items()
        if not field.description
    ]
    assert not bare


@pytest.mark.parametrize(
    ("tree", "where"),
    [
        ({"gatewey": {}}, "gatewey"),
        ({"gateway": {"workers": 0}}, "gateway.workers"),
        ({"gateway": {"workers": 65}}, "gateway.workers"),
        ({"gateway": {"listen": "4000"}}, "gateway.listen"),
        ({"gateway": {"api_keys": ["a b"]}}, "gateway.api_keys.0"),
        ({"gateway": {"api_keys": [""]}}, "gateway.api_keys.0"),
        ({"gateway": {"allowed_hosts": ["http://h"]}}, "gateway.allowed_hosts.0"),
        ({"gateway": {"allowed_origins": ["https://h/x"]}}, "gateway.allowed_origins.0"),
        ({"gateway": {"limits": {"idle_s": float("inf")}}}, "gateway.limits.idle_s"),
        ({"storage": {"profile": "production"}}, "storage.profile"),
        ({"storage": {"path": ""}}, "storage.path"),
        ({"capture": {"mode": "some"}}, "capture.mode"),
        ({"logging": {"level": "loud"}}, "logging.level"),
        (provider(name="a/b"), "providers.0.name"),
        (provider(name="-a"), "providers.0.name"),
        (provider(name="a" * 65), "providers.0.name"),
        (provider(api_key="a\nb"), "providers.0.api_key"),
        (provider(headers={"a b": "x"}), "providers.0.headers.a b.[key]"),
        (provider(headers={"Host": "x"}), "providers.0.headers.Host.[key]"),
        (provider(headers={"x": "a\r\nb: c"}), "providers.0.headers.x"),
        (provider(timeouts={"connect_s": 0}), "providers.0.timeouts.connect_s"),
        (provider(auth="basic"), "providers.0.auth"),
        ({"routes": [{"model": "x", "targets": []}]}, "routes.0.targets"),
        ({"routes": [{"model": "a b", "targets": [{"provider": "a"}]}]}, "routes.0.model"),
    ],
)
def test_a_bad_value_is_found_where_it_stands(tree: dict[str, Any], where: str) -> None:
    assert errors(tree) == [where]


def test_a_key_with_the_line_break_of_a_secrets_file_is_fine() -> None:
    config = Config.model_validate(provider(api_key="sk-1\n"))
    key = config.providers[0].api_key
    assert key is not None
    assert key.get_secret_value() == "sk-1"


def test_an_empty_key_is_none() -> None:
    assert Config.model_validate(provider(api_key=" ")).providers[0].api_key is None
    assert Config.model_validate({"console": {"token": ""}}).console.token is None


def test_lists_may_be_written_with_commas() -> None:
    tree = {"gateway": {"api_keys": "a, b", "allowed_hosts": "X.example.com,[::1]"}}
    gateway = Config.model_validate(tree).gateway
    assert [key.get_secret_value() for key in gateway.api_keys] == ["a", "b"]
    assert gateway.allowed_hosts == ("x.example.com", "::1")


def test_secrets_do_not_show_in_the_tree() -> None:
    config = Config.model_validate(
        {
            "gateway": {"api_keys": ["hunter2"]},
            "console": {"token": "hunter2"},
            **provider(api_key="hunter2", headers={"authorization": "hunter2"}),
        }
    )
    assert "hunter2" not in repr(config)
    assert "hunter2" not in config.model_dump_json()
