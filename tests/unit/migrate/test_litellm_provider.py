"""What a deployment's parameters make of a provider."""

from typing import Any

import pytest

from vedette.migrate.findings import Finding, Findings
from vedette.migrate.litellm_kinds import PREFIXES
from vedette.migrate.litellm_provider import ProviderSettings, tls, waits
from vedette.migrate.source import read_source
from vedette.providers.catalogue import load_kinds

KINDS = load_kinds()


def read(name: str, params: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Finding]]:
    findings = Findings(read_source(b"a: 1", "f.yaml"))
    settings = ProviderSettings(params, ("p",), findings, PREFIXES[name], KINDS).read()
    return settings, {each.field: each for each in findings.all()}


@pytest.mark.parametrize(
    ("name", "params", "settings"),
    [
        ("groq", {}, {"api_key": "${GROQ_API_KEY}"}),
        ("groq", {"api_key": ""}, {"api_key": "${GROQ_API_KEY}"}),
        ("hosted_vllm", {"api_base": "http://h:1/v1/"}, {"base_url": "http://h:1/v1"}),
        (
            "openai_like",
            {"base_url": "http://h/v1/chat/completions", "api_key": "k"},
            {"base_url": "http://h/v1", "api_key": "k"},
        ),
        (
            "openai_like",
            {},
            {"base_url": "${OPENAI_LIKE_API_BASE}", "api_key": "${OPENAI_LIKE_API_KEY}"},
        ),
        (
            "azure",
            {"azure_ad_token": "os.environ/T", "api_base": "https://a"},
            {"api_key": "${T}", "auth": "bearer", "base_url": "https://a"},
        ),
        (
            "azure",
            {"tenant_id": "t", "client_id": "c", "client_secret": "s", "api_base": "https://a"},
            {
                "azure": {"tenant_id": "t", "client_id": "c", "client_secret": "s"},
                "base_url": "https://a",
            },
        ),
        (
            "azure_ai",
            {"api_base": "https://a/anthropic/", "api_key": "k"},
            {"base_url": "https://a/anthropic/v1", "api_key": "k"},
        ),
        ("bedrock", {"aws_region_name": "eu-west-1"}, {"aws": {"region": "eu-west-1"}}),
        (
            "vertex_ai",
            {"vertex_project": "p", "vertex_credentials": "file.json"},
            {"google": {"project": "p", "credentials_file": "file.json"}},
        ),
        (
            "ollama",
            {"extra_headers": {"X-A": "1"}, "max_parallel_requests": 3, "ssl_verify": "ca.pem"},
            {"headers": {"X-A": "1"}, "max_concurrency": 3, "ca_file": "ca.pem"},
        ),
        (
            "ollama",
            {"timeout": 20, "stream_timeout": 5},
            {"timeouts": {"first_byte_s": 20.0, "first_token_s": 5.0, "idle_s": 5.0}},
        ),
    ],
)
def test_settings(name: str, params: dict[str, Any], settings: dict[str, Any]) -> None:
    found, told = read(name, params)
    assert found == {"kind": PREFIXES[name].kind, **settings}
    assert not [each for each in told.values() if each.verdict == "unsupported"]


@pytest.mark.parametrize(
    ("name", "params", "field"),
    [
        ("groq", {"api_key": ["a"]}, "api_key"),
        ("groq", {"extra_headers": "a: b"}, "extra_headers"),
        ("groq", {"timeout": "soon"}, "timeout"),
        ("groq", {"stream_timeout": 0}, "stream_timeout"),
        ("vertex_ai", {"vertex_credentials": '{"type": "service_account"}'}, "vertex_credentials"),
        ("vertex_ai", {"vertex_credentials": {"type": "service_account"}}, "vertex_credentials"),
    ],
)
def test_what_cannot_be_taken_is_told(name: str, params: dict[str, Any], field: str) -> None:
    settings, told = read(name, params)
    assert told[f"p.{field}"].verdict == "unsupported"
    assert "service_account" not in str(settings) + str(told)


def test_one_timeout_bounds_each_wait() -> None:
    assert waits(20) == {"first_byte_s": 20, "first_token_s": 20, "idle_s": 20}
    assert waits(6000)["total_s"] == 6000
    assert waits(True) == waits(0) == waits(-1) == waits(1e9) == waits("20") == {}


def test_certificates() -> None:
    assert tls(True) == {}
    assert tls(False) == {"verify_tls": False}
    assert tls("os.environ/CA") == {"ca_file": "${CA}"}
