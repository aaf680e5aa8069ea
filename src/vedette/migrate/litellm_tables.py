"""What becomes of the settings of LiteLLM that make nothing here: told, by section and name.

https://docs.litellm.ai/docs/proxy/config_settings
"""

from types import MappingProxyType

_CALLBACKS = "every call is recorded here; callbacks are not converted"
_CACHE = "a cached answer is given to the same question to the same model"
_KEYS = "virtual keys, teams and users stand in no file: make them anew"
_BUDGETS = "budgets belong to keys and projects, and stand in no file"
_DATABASE = "there is no such database: what is kept is in files under storage.path"
_REDIS = "the workers of one machine share what they know; several machines share nothing"
_VAULT = "keys come from the environment or from files (providers.api_key_file)"
_ALERTS = "alerts are not converted"
_MODEL = "clients name the model; gateway.default_provider takes names that nobody knows"
_DEFAULTS = "clients send it: the gateway adds nothing to a request"
_ERRORS = "attempts and failures are not counted by the kind of error"
_ALLOWED = "what a client may call is a matter of its key"

NEAR: MappingProxyType[str, tuple[str, str]] = MappingProxyType(
    {
        "drop_params": ("built in", "what a target cannot express is left out, or refused by rule"),
        "modify_params": ("built in", "what a target wants otherwise is told in its own way"),
        "allowed_fails": ("routes.cooldown_s", "a target rests after three failures in a row"),
        "retry_after": ("built in", "a short pause, or the one that the provider asks for"),
        "background_health_checks": (
            "built in", "targets of routes with several are tried without cost"
        ),
        "health_check_interval": ("built in", "targets are tried every few seconds"),
        "forward_client_headers_to_llm_api": (
            "built in", "the client's headers are passed on, but for its credential"
        ),
    }
)  # fmt: skip
"""Those that work by themselves here, and what is different."""

NEVER: MappingProxyType[str, str] = MappingProxyType(
    {
        "redact_user_api_key_info": "keys are never recorded",
        "telemetry": "nothing is ever sent home",
    }
)
"""Those that can be had in one way only, the careful one."""

SECTIONS: MappingProxyType[str, str] = MappingProxyType(
    {
        "guardrails": "guards of LiteLLM are not converted",
        "policies": "guards of LiteLLM are not converted",
        "mcp_servers": "the gateway serves models only",
        "mcp_tools": "the gateway serves models only",
        "vector_store_registry": "the gateway serves models only",
        "search_tools": "the gateway serves models only",
        "prompts": "prompts are the client's",
        "callback_settings": _CALLBACKS,
        "assistant_settings": "paths of the assistants API are passed on to one provider",
        "files_settings": "paths of the files API are passed on to one provider",
        "finetune_settings": "paths of the fine-tuning API are passed on to one provider",
        "default_vertex_config": "set google.project, google.location and google.credentials_file",
        "include": "convert each file by itself",
    }
)
"""Sections that are told of as a whole."""

SETTINGS: MappingProxyType[str, MappingProxyType[str, str]] = MappingProxyType(
    {
        "router_settings": MappingProxyType(
            {
                **dict.fromkeys(
                    (
                        "redis_host", "redis_port", "redis_password", "redis_url", "redis_db",
                        "cache_kwargs",
                    ),
                    _REDIS,
                ),
                **dict.fromkeys(
                    ("retry_policy", "model_group_retry_policy", "allowed_fails_policy"), _ERRORS
                ),
                **dict.fromkeys(("cache_responses", "caching_groups"), _CACHE),
                **dict.fromkeys(("default_priority", "polling_interval"),
                    "priority is the client's to say (x-vedette-priority)"),
                "disable_cooldowns": "a target that keeps failing rests in any case",
                "max_fallbacks": "every target of a route is asked once",
                "routing_strategy_args": "the strategies have no settings of their own",
                "default_litellm_params": _DEFAULTS,
                "provider_budget_config": _BUDGETS,
                "alerting_config": _ALERTS,
                "assistants_config": "paths of the assistants API are passed on to one provider",
                "client_ttl": "connections are kept as long as the provider keeps them",
                "deployment_affinity_ttl_seconds": "a session stays as long as its target works",
                "ignore_invalid_deployments": "nothing starts with a configuration that is wrong",
                "guardrail_list": "guards of LiteLLM are not converted",
                "search_tools": "the gateway serves models only",
                "router_general_settings": "for programs that use LiteLLM as a library",
                "fallback_depth_limit": "every target of a route is asked once",
            }
        ),
        "litellm_settings": MappingProxyType(
            {
                **dict.fromkeys(
                    (
                        "callbacks", "success_callback", "failure_callback", "service_callbacks",
                        "service_callback", "langfuse_default_tags", "callback_settings",
                        "input_callback", "audit_log_callbacks", "store_audit_logs",
                    ),
                    _CALLBACKS,
                ),
                "enable_caching_on_provider_specific_optional_params": _CACHE,
                "disable_copilot_system_to_assistant": "for a provider that is no kind here",
                **dict.fromkeys(
                    (
                        "key_generation_settings", "upperbound_key_generate_params",
                        "default_key_generate_params", "default_internal_user_params",
                        "default_team_params", "default_team_settings",
                        "enable_key_alias_format_validation", "max_internal_user_budget",
                        "internal_user_budget_duration", "max_ui_session_budget",
                    ),
                    _KEYS,
                ),
                **dict.fromkeys(
                    ("max_budget", "budget_duration", "max_end_user_budget",
                     "max_end_user_budget_id", "max_user_budget", "provider_budget_config"),
                    _BUDGETS,
                ),
                **dict.fromkeys(
                    ("disable_end_user_cost_tracking",
                     "disable_end_user_cost_tracking_prometheus_only"),
                    "costs are figured for every call",
                ),
                "force_ipv4": "addresses are tried in the order in which the system gives them",
                "enable_json_schema_validation": "answers are not checked against schemas",
                "enable_preview_features": "there are no such features",
                "mcp_aliases": "the gateway serves models only",
                "guardrails": "guards of LiteLLM are not converted",
                "model_alias_map": "write an alias as a route",
                "custom_provider_map": "code is not converted; see docs/providers.md for dialects",
                "public_model_groups": _ALLOWED,
                "disable_hf_tokenizer_download": "tokens are counted by the providers",
                "use_chat_completions_url_for_anthropic_messages": "set providers.dialects instead",
            }
        ),
        "general_settings": MappingProxyType(
            {
                **dict.fromkeys(
                    (
                        "database_url", "database_connection_pool_limit", "proxy_batch_write_at",
                        "database_connection_timeout", "allow_requests_on_db_unavailable",
                        "store_model_in_db", "supported_db_objects", "disable_spend_updates",
                        "disable_prisma_schema_update", "use_redis_transaction_buffer",
                        "disable_adding_master_key_hash_to_db", "proxy_batch_polling_interval",
                        "disable_error_logs", "maximum_spend_logs_retention_interval",
                    ),
                    _DATABASE,
                ),
                **dict.fromkeys(
                    (
                        "custom_auth", "custom_key_generate", "custom_sso", "allow_user_auth",
                        "enable_jwt_auth", "litellm_jwtauth", "enable_oauth2_auth",
                        "enable_oauth2_proxy_auth", "oauth2_config_mappings",
                        "default_team_disabled", "user_api_key_cache_ttl", "ui_access_mode",
                        "service_account_settings", "disable_master_key_return",
                        "allow_client_side_credentials",
                    ),
                    _KEYS,
                ),
                **dict.fromkeys(
                    ("allowed_routes", "public_routes", "admin_only_routes", "allowed_ips",
                     "user_mcp_management_mode"),
                    _ALLOWED,
                ),
                **dict.fromkeys(
                    ("proxy_budget_rescheduler_min_time", "proxy_budget_rescheduler_max_time",
                     "disable_reset_budget", "reject_clientside_metadata_tags"),
                    _BUDGETS,
                ),
                **dict.fromkeys(
                    ("key_management_system", "key_management_settings", "use_azure_key_vault",
                     "use_google_kms"),
                    _VAULT,
                ),
                **dict.fromkeys(
                    ("alerting", "alerting_threshold", "alerting_args", "alert_types",
                     "alert_to_webhook_url", "spend_report_frequency"),
                    _ALERTS,
                ),
                **dict.fromkeys(
                    ("completion_model", "image_generation_model", "embedding_model",
                     "moderation_model", "infer_model_from_keys"),
                    _MODEL,
                ),
                **dict.fromkeys(
                    ("enforce_user_param", "enforced_params"), "requests are passed as they are"
                ),
                "litellm_key_header_name": "a key is found in any of the usual headers",
                "use_x_forwarded_for": "the address of the connection counts",
                "disable_spend_logs": "every call is recorded; capture.mode: none keeps figures",
                "global_max_parallel_requests": "set providers.max_concurrency instead",
                "disable_retry_on_max_parallel_request_limit_error": "the next target is asked",
                "max_response_size_mb": "answers have no cap of their own",
                "pass_through_endpoints": "paths under /v1 are passed on, no others",
                "use_client_credentials_pass_through_routes": "leave out the provider's api_key",
                "forward_openai_org_id": "the client's headers are passed on in any case",
                "disable_responses_id_security": "ids are the provider's own",
                "health_check_details": "/health says of no target what it is",
                "litellm_license": "none is needed",
            }
        ),
    }
)  # fmt: skip
"""Those that have no counterpart, and why."""
