"""Who answers at a host, as the GenAI conventions call them."""

from collections.abc import Mapping
from functools import lru_cache

_HOSTS: Mapping[str, str] = {
    "api.openai.com": "openai", "api.anthropic.com": "anthropic", "api.groq.com": "groq",
    "api.deepseek.com": "deepseek", "api.mistral.ai": "mistral_ai", "api.x.ai": "x_ai",
    "api.perplexity.ai": "perplexity", "openrouter.ai": "openrouter",
    "api.together.xyz": "together", "api.fireworks.ai": "fireworks",
    "api.moonshot.ai": "moonshot_ai", "api.cohere.ai": "cohere", "api.cerebras.ai": "cerebras",
    "generativelanguage.googleapis.com": "gcp.gemini",
}  # fmt: skip
_ENDS: Mapping[str, str] = {
    ".openai.azure.com": "azure.ai.openai", ".services.ai.azure.com": "azure.ai.inference",
    ".cognitiveservices.azure.com": "azure.ai.openai", ".amazonaws.com": "aws.bedrock",
    "aiplatform.googleapis.com": "gcp.vertex_ai", ".openai.com": "openai",
}  # fmt: skip


@lru_cache(maxsize=256)
def find_provider(host: str, otherwise: str) -> str:
    """The provider at a host; of one that is not known what the client was made for."""
    found = _HOSTS.get(host)
    if found is not None:
        return found
    return next((name for end, name in _ENDS.items() if host.endswith(end)), otherwise)
