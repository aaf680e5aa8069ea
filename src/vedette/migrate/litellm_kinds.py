"""LiteLLM's names of providers and where each finds its key, in our kinds.

https://docs.litellm.ai/docs/providers, https://docs.litellm.ai/docs/proxy/config_settings
"""

from fnmatch import fnmatchcase
from types import MappingProxyType

import msgspec

from vedette.model.catalogue import Kinds


class Prefix(msgspec.Struct, frozen=True):
    """What stands before the slash of a LiteLLM model."""

    kind: str
    key: str = ""
    """Environment variable that LiteLLM reads where no `api_key` is written."""
    base: str = ""
    """And where no `api_base` is."""
    base_url: str = ""
    """Address, where the kind has none."""
    cloud: tuple[tuple[str, str, str], ...] = ()
    """(section, setting, environment variable) of what LiteLLM finds by itself."""
    note: str = ""
    """What is different with us."""


_COMPATIBLE = "openai_compatible"
_AWS = (
    ("aws", "region", "AWS_REGION"),
    ("aws", "access_key_id", "AWS_ACCESS_KEY_ID"),
    ("aws", "secret_access_key", "AWS_SECRET_ACCESS_KEY"),
)
_GOOGLE = (
    ("google", "project", "VERTEXAI_PROJECT"),
    ("google", "location", "VERTEXAI_LOCATION"),
    ("google", "credentials_file", "GOOGLE_APPLICATION_CREDENTIALS"),
)

PREFIXES: MappingProxyType[str, Prefix] = MappingProxyType(
    {
        "openai": Prefix("openai", "OPENAI_API_KEY"),
        "text-completion-openai": Prefix("openai", "OPENAI_API_KEY"),
        "azure": Prefix("azure", "AZURE_API_KEY", "AZURE_API_BASE"),
        "azure_text": Prefix("azure", "AZURE_API_KEY", "AZURE_API_BASE"),
        "azure_ai": Prefix(
            "azure", "AZURE_AI_API_KEY", "AZURE_AI_API_BASE",
            note="called by OpenAI's API of the same resource (/openai/v1)",
        ),
        "anthropic": Prefix("anthropic", "ANTHROPIC_API_KEY"),
        "bedrock": Prefix("bedrock", cloud=_AWS),
        "bedrock_converse": Prefix("bedrock", cloud=_AWS),
        "vertex_ai": Prefix("vertex", cloud=_GOOGLE),
        "vertex_ai_beta": Prefix("vertex", cloud=_GOOGLE),
        "gemini": Prefix("gemini", "GEMINI_API_KEY"),
        "groq": Prefix("groq", "GROQ_API_KEY"),
        "mistral": Prefix("mistral", "MISTRAL_API_KEY"),
        "codestral": Prefix(
            "mistral", "CODESTRAL_API_KEY", base_url="https://codestral.mistral.ai/v1"
        ),
        "deepseek": Prefix("deepseek", "DEEPSEEK_API_KEY"),
        "xai": Prefix("xai", "XAI_API_KEY"),
        "openrouter": Prefix("openrouter", "OPENROUTER_API_KEY"),
        "together_ai": Prefix("together", "TOGETHERAI_API_KEY"),
        "fireworks_ai": Prefix("fireworks", "FIREWORKS_API_KEY"),
        "cerebras": Prefix("cerebras", "CEREBRAS_API_KEY"),
        "perplexity": Prefix("perplexity", "PERPLEXITYAI_API_KEY"),
        "nvidia_nim": Prefix("nvidia", "NVIDIA_NIM_API_KEY"),
        "deepinfra": Prefix("deepinfra", "DEEPINFRA_API_KEY"),
        "cohere": Prefix("cohere", "COHERE_API_KEY", note="called by its OpenAI-compatible API"),
        "cohere_chat": Prefix(
            "cohere", "COHERE_API_KEY", note="called by its OpenAI-compatible API"
        ),
        "moonshot": Prefix("moonshot", "MOONSHOT_API_KEY"),
        "zai": Prefix("zai", "ZAI_API_KEY"),
        "minimax": Prefix("minimax", "MINIMAX_API_KEY"),
        "dashscope": Prefix("alibaba", "DASHSCOPE_API_KEY"),
        "novita": Prefix("novita", "NOVITA_API_KEY"),
        "siliconflow": Prefix("siliconflow", "SILICONFLOW_API_KEY"),
        "sambanova": Prefix("sambanova", "SAMBANOVA_API_KEY"),
        "nebius": Prefix("nebius", "NEBIUS_API_KEY"),
        "baseten": Prefix("baseten", "BASETEN_API_KEY"),
        "friendliai": Prefix("friendli", "FRIENDLI_TOKEN"),
        "scaleway": Prefix("scaleway", "SCW_SECRET_KEY"),
        "ovhcloud": Prefix("ovhcloud", "OVHCLOUD_API_KEY"),
        "veniceai": Prefix("venice", "VENICE_AI_API_KEY"),
        "github": Prefix("github_models", "GITHUB_API_KEY"),
        "vercel_ai_gateway": Prefix("vercel", "VERCEL_AI_GATEWAY_API_KEY"),
        "huggingface": Prefix(
            "huggingface", "HUGGINGFACE_API_KEY", note="called by the router of all providers"
        ),
        "databricks": Prefix("databricks", "DATABRICKS_API_KEY", "DATABRICKS_API_BASE"),
        "cloudflare": Prefix(
            "cloudflare", "CLOUDFLARE_API_KEY",
            base_url="https://api.cloudflare.com/client/v4/accounts/${CLOUDFLARE_ACCOUNT_ID}/ai/v1",
        ),
        "ollama": Prefix("ollama", note="prompts become chats, as with ollama_chat"),
        "ollama_chat": Prefix("ollama"),
        "hosted_vllm": Prefix("vllm"),
        "lm_studio": Prefix("lmstudio"),
        "llamafile": Prefix("llama.cpp"),
        "docker_model_runner": Prefix("docker_model_runner"),
        "openai_like": Prefix(_COMPATIBLE, "OPENAI_LIKE_API_KEY", "OPENAI_LIKE_API_BASE"),
        "custom_openai": Prefix(_COMPATIBLE, "OPENAI_LIKE_API_KEY", "OPENAI_LIKE_API_BASE"),
        "litellm_proxy": Prefix(_COMPATIBLE, "LITELLM_PROXY_API_KEY", "LITELLM_PROXY_API_BASE"),
        "ai21": Prefix(_COMPATIBLE, "AI21_API_KEY", base_url="https://api.ai21.com/studio/v1"),
        "ai21_chat": Prefix(_COMPATIBLE, "AI21_API_KEY", base_url="https://api.ai21.com/studio/v1"),
        "volcengine": Prefix(
            _COMPATIBLE, "VOLCENGINE_API_KEY",
            base_url="https://ark.cn-beijing.volces.com/api/v3",
        ),
        "hyperbolic": Prefix(
            _COMPATIBLE, "HYPERBOLIC_API_KEY", base_url="https://api.hyperbolic.xyz/v1"
        ),
        "featherless_ai": Prefix(
            _COMPATIBLE, "FEATHERLESS_AI_API_KEY", base_url="https://api.featherless.ai/v1"
        ),
        "nscale": Prefix(
            _COMPATIBLE, "NSCALE_API_KEY", base_url="https://inference.api.nscale.com/v1"
        ),
        "meta_llama": Prefix(
            _COMPATIBLE, "LLAMA_API_KEY", base_url="https://api.llama.com/compat/v1"
        ),
    }
)  # fmt: skip

_SUBPREFIXES = MappingProxyType(
    {
        "azure": ("o_series/", "gpt5_series/", "responses/"),
        "bedrock": ("converse/", "converse_like/", "invoke/"),
        "openai": ("responses/",),
        "vertex": ("gemini/",),
    }
)
"""What LiteLLM lets one write between provider and model to choose a way of calling."""


def split_model(model: str, provider: str, kinds: Kinds) -> tuple[str, str]:
    """LiteLLM's provider and the model as that provider knows it; no provider: not known.

    `provider` is `custom_llm_provider`, if it is set. A bare name is looked up among the models of
    the catalogue, as LiteLLM looks it up in its list.
    """
    prefix, slash, rest = model.partition("/")
    if provider:
        return provider, rest if slash and prefix == provider else model
    if slash and prefix in PREFIXES:
        return prefix, rest
    for name, kind in kinds.items():
        if any(fnmatchcase(model, pattern) for pattern in kind.models):
            found = next((p for p, row in PREFIXES.items() if row.kind == name), "")
            return found, model
    return (prefix, rest) if slash else ("", model)


def prefix_of(name: str, model: str, address: object) -> Prefix | None:
    """The row of a provider of LiteLLM, by its model and address where they make a difference."""
    prefix = PREFIXES.get(name)
    if prefix is None:
        return None
    if prefix.kind == "openai" and address and "openai.com" not in str(address):
        return msgspec.structs.replace(prefix, kind=_COMPATIBLE)
    if model.startswith("claude") and name in _CLAUDE:
        return msgspec.structs.replace(prefix, kind=_CLAUDE[name], note="")
    return prefix


_CLAUDE = {
    "azure_ai": "azure_anthropic",
    "vertex_ai": "vertex_anthropic",
    "vertex_ai_beta": "vertex_anthropic",
}
"""Clouds that serve Claude by its own API, as a kind of its own."""


def bare_model(kind: str, model: str) -> str:
    """The model's name without the words that choose LiteLLM's way of calling."""
    for word in _SUBPREFIXES.get(kind, ()):
        model = model.removeprefix(word)
    return model
