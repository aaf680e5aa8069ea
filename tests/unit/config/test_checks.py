"""Rules over more than one setting."""

from typing import Any

import pytest

from vedette.config.checks import check, exposure, provider_names
from vedette.config.schema import Config
from vedette.model.catalogue import ProviderKind

KINDS = {
    "openai": ProviderKind(title="OpenAI", base_url="https://api.openai.com/v1"),
    "azure": ProviderKind(title="Azure", base_url_hint="https://NAME.openai.azure.com"),
}
A = {"name": "a", "kind": "openai"}


def findings(**tree: Any) -> list[str]:
    found = check(Config.model_validate(tree), KINDS)
    return [f"{'.'.join(map(str, path))}: {message}" for path, message in found]


def test_a_sound_configuration_has_no_findings() -> None:
    assert not findings(
        providers=[A, {"name": "b", "kind": "azure", "base_url": "https://b.openai.azure.com"}],
        routes=[{"model": "meta-llama/x", "targets": [{"provider": "sim"}, {"provider": "b"}]}],
        gateway={"default_provider": "a"},
    )


def test_two_providers_share_no_name() -> None:
    assert findings(providers=[A, A]) == [
        "providers.1.name: 'a' is already the name of providers[0]"
    ]


def test_two_routes_share_no_name() -> None:
    route = {"model": "fast", "targets": [{"provider": "sim"}]}
    assert findings(routes=[route, route]) == [
        "routes.1.model: 'fast' is already the name of another route"
    ]


def test_an_unknown_provider_in_a_route_says_which_there_are() -> None:
    tree = {"providers": [{**A, "name": "openai"}, {**A, "name": "azure"}]}
    route = {"model": "fast", "targets": [{"provider": "openai"}, {"provider": "opnai"}]}
    assert findings(**tree, routes=[route], gateway={"sim": False}) == [
        "routes.0.targets.1.provider: Unknown provider 'opnai' in route 'fast'. "
        "Did you mean 'openai'? Known: azure, openai."
    ]


def test_the_simulated_provider_is_known_only_where_it_is_on() -> None:
    assert provider_names(Config()) == ["sim"]
    route = {"model": "fast", "targets": [{"provider": "sim"}]}
    assert findings(routes=[route], gateway={"sim": False})


def test_a_route_does_not_hide_the_models_of_a_provider() -> None:
    route = {"model": "a/gpt-4o", "targets": [{"provider": "a"}]}
    assert "would hide models of provider 'a'" in findings(providers=[A], routes=[route])[0]


def test_an_unknown_default_provider_is_found() -> None:
    assert (
        "gateway.default_provider: Unknown provider 'x'"
        in findings(gateway={"default_provider": "x"})[0]
    )


def test_what_is_wrong_with_a_provider_is_told_where_it_stands() -> None:
    assert findings(
        providers=[A, {"name": "b", "kind": "opnai", "auth": "none", "api_key": "k"}]
    ) == [
        "providers.1.auth: none and an api_key exclude each other: leave one out",
        "providers.1.kind: Unknown kind 'opnai'. Did you mean 'openai'? Known: azure, openai.",
    ]


@pytest.mark.parametrize(
    ("gateway", "console", "clash"),
    [
        ("127.0.0.1:4000", "127.0.0.1:4000", True),
        ("localhost:4000", "127.0.0.1:4000", True),
        ("0.0.0.0:4000", "127.0.0.1:4000", True),
        ("10.0.0.1:4000", "127.0.0.1:4000", False),
        ("127.0.0.1:0", "127.0.0.1:0", False),
    ],
)
def test_gateway_and_console_need_an_address_each(gateway: str, console: str, clash: bool) -> None:
    assert bool(findings(gateway={"listen": gateway}, console={"listen": console})) is clash


@pytest.mark.parametrize(
    ("url", "circle"),
    [
        ("http://127.0.0.1:4000/v1", True),
        ("http://localhost:4000/v1", True),
        ("http://127.0.0.1:4002/v1", False),
        ("http://10.0.0.1:4000/v1", False),
    ],
)
def test_a_provider_that_is_the_gateway_is_a_circle(url: str, circle: bool) -> None:
    assert bool(findings(providers=[{**A, "base_url": url}])) is circle


def test_without_a_catalogue_kinds_are_not_judged() -> None:
    config = Config.model_validate({"providers": [{"name": "a", "kind": "anything"}]})
    assert not list(check(config, None))


@pytest.mark.parametrize(
    ("tree", "open_doors"),
    [
        ({}, []),
        ({"gateway": {"listen": "0.0.0.0:4000"}}, ["gateway.listen"]),
        ({"gateway": {"listen": "0.0.0.0:4000", "api_keys": ["k"]}}, []),
        ({"gateway": {"listen": "gateway.internal:4000"}}, ["gateway.listen"]),
        ({"console": {"listen": "[::]:4001"}}, ["console.listen"]),
        ({"console": {"listen": "[::]:4001", "token": "t"}}, []),
        (
            {"gateway": {"listen": "[::]:1"}, "console": {"listen": "10.0.0.1:2"}},
            ["gateway.listen", "console.listen"],
        ),
    ],
)
def test_doors_to_the_network_need_a_credential(tree: Any, open_doors: list[str]) -> None:
    found = list(exposure(Config.model_validate(tree)))
    assert [".".join(map(str, path)) for path, _ in found] == open_doors
    assert all(
        "Either set" in message and "or listen on loopback" in message for _, message in found
    )


@pytest.mark.parametrize("name", ["http", "grpc"])
def test_an_otlp_door_to_the_network_needs_a_credential(name: str) -> None:
    otlp = {name: "0.0.0.0:4318"}
    (path, message), *others = exposure(Config.model_validate({"otlp": otlp}))
    assert (path, others) == (("otlp", name), [])
    assert "console.token" in message
    for credential in ({"gateway": {"api_keys": ["k"]}}, {"console": {"token": "t"}},
                       {"access": {"require_key": True}}):  # fmt: skip
        assert list(exposure(Config.model_validate({"otlp": otlp, **credential}))) == []


def test_otlp_doors_may_be_left_out_and_share_no_address() -> None:
    assert findings(otlp={"http": None, "grpc": ""}) == []
    assert findings(otlp={"http": "127.0.0.1:4000"}) == [
        "otlp.http: 127.0.0.1:4000 is the address of the gateway: choose another port"
    ]
    assert findings(otlp={"http": "127.0.0.1:5000", "grpc": "127.0.0.1:5000"}) == [
        "otlp.grpc: 127.0.0.1:5000 is the address of otlp.http: choose another port"
    ]


GOOGLE = {"name": "google", "issuer": "https://accounts.google.com", "client_id": "x"}


def test_without_passwords_a_provider_is_needed() -> None:
    assert findings(access={"passwords": False}) == [
        "access.passwords: without passwords a provider is needed: see access.oidc and access.saml"
    ]
    assert not findings(access={"passwords": False, "oidc": [GOOGLE]})


def test_providers_of_log_ins_that_would_let_in_anybody_are_named() -> None:
    careless = GOOGLE | {"create_users": True, "assume_verified": True}
    found = findings(access={"oidc": [GOOGLE, careless]})
    assert [one.partition(":")[0] for one in found] == [
        "access.oidc.1.name", "access.oidc.1.create_users", "access.oidc.1.assume_verified",
    ]  # fmt: skip


def test_a_console_that_others_reach_has_to_say_how_for_providers() -> None:
    console = {"listen": "0.0.0.0:4001", "token": "t"}
    (found,) = findings(access={"oidc": [GOOGLE]}, console=console)
    assert found.startswith("console.public_url: is needed")
    console["public_url"] = "https://vedette.example.com"
    assert not findings(access={"oidc": [GOOGLE]}, console=console)


def test_mail_says_who_writes_and_where_its_links_lead() -> None:
    found = findings(mail={"host": "smtp.x.org"})
    assert [one.partition(":")[0] for one in found] == ["mail.sender", "console.public_url"]
    assert findings(mail={"host": "h", "sender": "nobody"}, console={"public_url": "http://v"})
    for sender in ("v@x.org", "Vedette <v@x.org>"):
        mail = {"host": "smtp.x.org", "sender": sender}
        assert not findings(mail=mail, console={"public_url": "https://v.example"})
