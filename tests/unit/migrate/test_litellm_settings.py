"""Settings outside of models and routes."""

from typing import Any

import pytest

from vedette.config.schema import Config
from vedette.migrate.findings import Finding, Findings
from vedette.migrate.litellm_settings import Settings
from vedette.migrate.source import read_source


def read(tree: dict[str, Any]) -> tuple[Settings, dict[str, Finding]]:
    findings = Findings(read_source(b"a: 1", "f.yaml"))
    settings = Settings(tree, findings)
    settings.read()
    return settings, {each.field: each for each in findings.all()}


@pytest.mark.parametrize(
    ("section", "name", "value", "sections"),
    [
        ("general_settings", "master_key", "os.environ/K", {"gateway": {"api_keys": ["${K}"]}}),
        (
            "general_settings", "max_request_size_mb", 0.5,
            {"gateway": {"limits": {"body_bytes": 524288}}},
        ),
        (
            "general_settings", "maximum_spend_logs_retention_period", "2w",
            {"storage": {"retention_days": 14}},
        ),
        (
            "general_settings", "maximum_spend_logs_retention_period", "36h",
            {"storage": {"retention_days": 2}},
        ),
        (
            "general_settings", "maximum_spend_logs_retention_period", 60,
            {"storage": {"retention_days": 1}},
        ),
        ("general_settings", "store_prompts_in_spend_logs", False, {"capture": {"mode": "none"}}),
        ("general_settings", "store_prompts_in_spend_logs", True, {}),
        ("litellm_settings", "turn_off_message_logging", True, {"capture": {"mode": "none"}}),
        ("litellm_settings", "turn_off_message_logging", False, {}),
        (
            "litellm_settings", "cache", True,
            {"cache": {"enabled": True, "any_temperature": True}},
        ),
        ("litellm_settings", "cache", False, {}),
        ("litellm_settings", "json_logs", True, {"logging": {"format": "json"}}),
        ("litellm_settings", "set_verbose", True, {"logging": {"level": "debug"}}),
        ("router_settings", "debug_level", "INFO", {}),
    ],
)  # fmt: skip
def test_what_has_a_setting_of_ours(
    section: str, name: str, value: object, sections: dict[str, Any]
) -> None:
    settings, told = read({section: {name: value}})
    assert settings.sections == sections
    assert told[f"{section}.{name}"].verdict in ("exact", "approximated")
    Config.model_validate(settings.sections)


def test_the_routers_deadlines_win_and_the_streams_own_before_all() -> None:
    settings, _ = read(
        {
            "litellm_settings": {"request_timeout": 900, "ssl_verify": False},
            "router_settings": {"stream_timeout": 5, "timeout": 60},
            "general_settings": {"max_parallel_requests": 7},
        }
    )
    assert settings.common == {
        "timeouts": {"first_byte_s": 60, "first_token_s": 5, "idle_s": 5, "total_s": 900},
        "verify_tls": False,
        "max_concurrency": 7,
    }


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("router_settings", "timeout", "soon"),
        ("general_settings", "max_request_size_mb", "big"),
        ("general_settings", "max_request_size_mb", True),
        ("general_settings", "maximum_spend_logs_retention_period", "0d"),
        ("general_settings", "maximum_spend_logs_retention_period", "long"),
        ("general_settings", "database_url", "postgres://hunter2@db"),
        ("general_settings", "unheard_of", 1),
        ("litellm_settings", "success_callback", ["langfuse"]),
    ],
)
def test_what_has_none_is_told_why(section: str, name: str, value: object) -> None:
    settings, told = read({section: {name: value}})
    assert settings.sections == settings.common == {}
    finding = told[f"{section}.{name}"]
    assert finding.verdict == "unsupported"
    assert finding.note
    assert "hunter2" not in str(finding)


def test_what_is_off_is_off_here() -> None:
    _, told = read({"litellm_settings": {"store_audit_logs": False, "callbacks": []}})
    assert {each.verdict for each in told.values()} == {"exact"}


def test_parameters_of_the_cache() -> None:
    params = {"type": "redis", "host": "h", "ttl": 600, "mode": "default_off"}
    settings, told = read({"litellm_settings": {"cache": True, "cache_params": params}})
    assert settings.sections["cache"] == {"enabled": False, "any_temperature": True, "ttl_s": 600}
    verdicts = {field.rpartition(".")[2]: each.verdict for field, each in told.items()}
    assert verdicts == {
        "cache": "approximated", "type": "unsupported", "host": "unsupported", "ttl": "exact",
        "mode": "approximated",
    }  # fmt: skip
    settings, _ = read({"litellm_settings": {"cache_params": {"type": "local", "ttl": "soon"}}})
    assert settings.sections == {}


def test_sections_as_a_whole() -> None:
    _, told = read(
        {
            "guardrails": [1], "odd": {}, "x-shared": {}, "model_list": [], "router_settings": 3,
            "environment_variables": {"A": "hunter2"},
        }
    )  # fmt: skip
    assert {field: each.verdict for field, each in told.items()} == {
        "guardrails": "unsupported",
        "odd": "unsupported",
        "router_settings": "unsupported",
        "environment_variables.A": "approximated",
    }
    assert "hunter2" not in str(told)
