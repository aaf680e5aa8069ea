"""What becomes of each field of LiteLLM's `litellm_params`: one row each.

Fields that make the provider (`TAKEN`) are used by `litellm_models`; the others are only told of.
"""

import re
from types import MappingProxyType
from typing import Any

from vedette.migrate.emit import literal
from vedette.migrate.findings import Findings
from vedette.migrate.source import Path

_REFERENCE = re.compile(r"(?:os\.environ/|\$\{)([A-Za-z_][A-Za-z0-9_]*)\}?")
_DEFAULTS = "clients send it: the gateway adds nothing to a request"
_PRICE = "prices come from the built-in list"
_ROLE = "only keys and bearer tokens are supported: no roles, profiles or web identities"

TAKEN = frozenset(
    {
        "model", "custom_llm_provider", "api_key", "api_base", "base_url", "api_version",
        "timeout", "stream_timeout", "weight", "rpm", "tpm", "order", "tags", "organization",
        "extra_headers", "headers", "ssl_verify", "max_parallel_requests",
        "azure_ad_token", "tenant_id", "client_id", "client_secret",
        "aws_region_name", "aws_access_key_id", "aws_secret_access_key", "aws_session_token",
        "aws_bedrock_runtime_endpoint", "vertex_project", "vertex_location", "vertex_credentials",
        "litellm_credential_name",
    }
)  # fmt: skip

MISSING: MappingProxyType[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "temperature", "top_p", "top_k", "n", "stop", "seed", "max_tokens", "messages",
                "max_completion_tokens", "presence_penalty", "frequency_penalty", "user", "tools",
                "response_format", "tool_choice", "reasoning_effort", "thinking", "extra_body",
                "logit_bias", "dimensions", "metadata", "service_tier", "allowed_openai_params",
            ),
            _DEFAULTS,
        ),
        **dict.fromkeys(
            (
                "aws_role_name", "aws_session_name", "aws_profile_name", "aws_web_identity_token",
                "aws_sts_endpoint", "azure_username", "azure_password", "azure_ad_token_provider",
            ),
            _ROLE,
        ),
        "azure_scope": "the scope follows from the endpoint",
        "mock_response": "use the simulated provider (kind sim) for answers without a model",
        "max_retries": "retries are set for a route",
        "num_retries": "retries are set for a route",
        "cooldown_time": "set for a route, not for one of its targets",
        "additional_drop_params": "what a provider cannot express is left out or refused by rule",
        "merge_reasoning_content_in_choices": "reasoning stays apart from the text",
        "cache_control_injection_points": "cache marks are the client's to set",
        "max_budget": "budgets belong to keys and projects, not to targets",
        "budget_duration": "budgets belong to keys and projects, not to targets",
        "configurable_clientside_auth_params": "clients cannot redirect calls or change keys",
        "use_in_pass_through": "every path under /v1 is passed through already",
        "region_name": "set aws.region or google.location",
        "model_info": "models are described by the price list",
        "guardrails": "guards are not set for a single target",
        "drop_params": "what a provider cannot express is left out or refused by rule",
    }
)  # fmt: skip


def reference(value: Any) -> str:
    """A value as we write it: `os.environ/X` is `${X}`, all else stays as it is.

    A whole `${X}` was meant for a template around the file: the same reference.
    """
    text = str(value)
    found = _REFERENCE.fullmatch(text.strip())
    return f"${{{found[1]}}}" if found else literal(text)


def tell_rest(params: dict[str, Any], path: Path, findings: Findings) -> None:
    """Findings for the fields that make no provider."""
    for name in params:
        if name in TAKEN:
            continue
        note = MISSING.get(name)
        if note is None and "cost" in name:
            note = _PRICE
        findings.missing((*path, name), note or "not known to this importer")
