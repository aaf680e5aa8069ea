"""Rules over more than one setting of a provider."""

import json
from pathlib import Path
from typing import Any

import pytest

from vedette.config.provider import ProviderConfig
from vedette.config.provider_checks import check_kind, check_provider
from vedette.model.catalogue import ProviderKind

KINDS = {
    "openai": ProviderKind(title="OpenAI", base_url="https://api.openai.com/v1"),
    "azure": ProviderKind(title="Azure", base_url_hint="https://NAME.openai.azure.com"),
    "bedrock": ProviderKind(
        title="Bedrock", base_url_hint="https://x", place_urls={"*": "https://{place}"},
        dialects=("bedrock", "openai_chat"),
    ),
}  # fmt: skip


def findings(kind: str = "openai", **settings: Any) -> list[str]:
    provider = ProviderConfig.model_validate({"name": "a", "kind": kind, **settings})
    found = [*check_provider(provider), *check_kind(provider, KINDS)]
    return [f"{'.'.join(map(str, path))}: {message}" for path, message in found]


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("openai", {"api_keys": ["a", "b"]}),
        ("openai", {"dialects": ["anthropic"]}),
        ("azure", {"base_url": "https://n.openai.azure.com", "azure": {"api_version": "1"}}),
        ("azure", {"base_url": "https://n", "azure": dict.fromkeys(
            ("tenant_id", "client_id", "client_secret"), "x")}),
        ("bedrock", {"aws": {"region": "eu-west-1"}}),
        ("bedrock", {"base_url": "https://b", "dialects": ["openai_chat", "bedrock"]}),
    ],
)  # fmt: skip
def test_sound_providers_have_no_findings(kind: str, settings: dict[str, Any]) -> None:
    assert findings(kind, **settings) == []


def test_an_unknown_kind_says_which_was_meant() -> None:
    assert findings("opnai") == [
        "kind: Unknown kind 'opnai'. Did you mean 'openai'? Known: azure, bedrock, openai."
    ]


def test_a_kind_without_an_address_asks_for_one() -> None:
    assert findings("azure") == [
        "base_url: is required for kind 'azure', such as https://NAME.openai.azure.com"
    ]
    assert findings("bedrock") == [
        "base_url: is required for kind 'bedrock', such as https://x, or set aws.region"
    ]


@pytest.mark.parametrize("keys", [{"api_key": "k"}, {"api_keys": ["k"]}])
def test_a_key_that_is_never_sent_is_a_mistake(keys: dict[str, Any]) -> None:
    assert "exclude each other" in findings(auth="none", **keys)[0]


def test_a_key_is_given_in_one_way(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("k")
    assert findings(api_key="k", api_keys=["k"]) == [
        "api_keys: and api_key exclude each other: leave one out"
    ]
    assert findings(api_keys=["k"], api_key_file=str(path)) == [
        "api_key_file: and api_keys exclude each other: leave one out"
    ]


def test_files_are_looked_at(tmp_path: Path) -> None:
    there = tmp_path / "file"
    there.write_text("k")
    assert not findings(ca_file=str(there), api_key_file=str(there))
    missing = str(tmp_path / "no")
    assert "ca_file: there is no file" in findings(ca_file=missing)[0]
    assert "api_key_file: " in findings(api_key_file=missing)[0]


def test_the_credentials_of_a_service_account_are_looked_at(tmp_path: Path) -> None:
    there = tmp_path / "file"
    account = {"type": "service_account", "client_email": "a@b", "private_key": "x"}
    there.write_text(json.dumps(account))
    kinds = {"vertex": ProviderKind(title="Vertex", base_url="https://v")}
    google = {"credentials_file": str(there)}
    provider = ProviderConfig.model_validate({"name": "a", "kind": "vertex", "google": google})
    assert not [*check_provider(provider), *check_kind(provider, kinds)]
    there.write_text("{}")
    ((where, _),) = check_provider(provider)
    assert where == ("google", "credentials_file")


@pytest.mark.parametrize(
    ("kind", "settings", "finding"),
    [
        (
            "bedrock",
            {"aws": {"region": "x", "access_key_id": "a"}},
            "aws.access_key_id: needs secret_access_key beside it",
        ),
        (
            "bedrock",
            {"aws": {"region": "x", "session_token": "a"}},
            "aws.session_token: needs access_key_id and secret_access_key beside it",
        ),
        (
            "azure",
            {"base_url": "https://n", "azure": {"client_secret": "s"}},
            "azure.client_secret: needs tenant_id and client_id beside it",
        ),
        (
            "azure",
            {
                "base_url": "https://n", "api_key": "k",
                "azure": {"tenant_id": "t", "client_id": "c", "client_secret": "s"},
            },
            "azure.client_secret: and an API key exclude each other: leave one out",
        ),
        ("openai", {"aws": {}}, "aws: is for kind bedrock, not for 'openai'"),
        (
            "openai",
            {"google": {}},
            "google: is for kind vertex or vertex_anthropic or gemini, not for 'openai'",
        ),
    ],
)  # fmt: skip
def test_settings_of_a_cloud(kind: str, settings: dict[str, Any], finding: str) -> None:
    assert findings(kind, **settings) == [finding]


@pytest.mark.parametrize(
    ("kind", "dialect"), [("openai", "gemini"), ("openai", "opnai_chat"), ("bedrock", "anthropic")]
)
def test_a_dialect_that_the_kind_cannot_speak_is_found(kind: str, dialect: str) -> None:
    (finding,) = findings(kind, base_url="https://b", dialects=["openai_chat", dialect])
    assert finding.startswith(f"dialects.1: Unknown dialect of {kind} {dialect!r}.")


def test_no_secret_is_told() -> None:
    told = findings("openai", api_key="hunter2", api_keys=["hunter2"], auth="none",
                    aws={"secret_access_key": "hunter2"})  # fmt: skip
    assert len(told) == 4
    assert not [line for line in told if "hunter2" in line]
