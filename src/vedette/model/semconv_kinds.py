"""Values that instrumentations write for kinds of spans and for providers: tables, as `semconv`."""

from collections.abc import Mapping
from types import MappingProxyType

from vedette.model.span import Kind

KINDS: tuple[tuple[str, Mapping[str, Kind]], ...] = (
    ("vedette.span.kind", {
        kind: kind for kind in (
            "llm", "embedding", "tool", "agent", "chain", "retriever", "guard", "evaluator",
            "other",
        )
    }),
    ("langfuse.observation.type", {
        "generation": "llm", "embedding": "embedding", "agent": "agent", "tool": "tool",
        "chain": "chain", "retriever": "retriever", "guardrail": "guard",
        "evaluator": "evaluator", "span": "other", "event": "other",
    }),
    ("openinference.span.kind", {
        "llm": "llm", "embedding": "embedding", "chain": "chain", "retriever": "retriever",
        "reranker": "retriever", "tool": "tool", "agent": "agent", "guardrail": "guard",
        "evaluator": "evaluator", "prompt": "other",
    }),
    ("gen_ai.operation.name", {
        "chat": "llm", "text_completion": "llm", "generate_content": "llm", "completion": "llm",
        "responses": "llm", "fetch_response": "other", "embeddings": "embedding",
        "embedding": "embedding", "retrieval": "retriever", "rerank": "retriever",
        "execute_tool": "tool", "create_agent": "agent", "invoke_agent": "agent",
        "agent_step": "chain", "invoke_workflow": "chain", "plan": "chain",
        "apply_guardrail": "guard", "realtime": "llm",
    }),
    ("ai.operationId", {
        "ai.generatetext.dogenerate": "llm", "ai.streamtext.dostream": "llm",
        "ai.generateobject.dogenerate": "llm", "ai.streamobject.dostream": "llm",
        "ai.embed.doembed": "embedding", "ai.embedmany.doembed": "embedding",
        "ai.toolcall": "tool", "ai.generatetext": "chain", "ai.streamtext": "chain",
        "ai.generateobject": "chain", "ai.streamobject": "chain", "ai.embed": "chain",
        "ai.embedmany": "chain", "ai.rerank": "retriever",
    }),
    ("llm.request.type", {
        "chat": "llm", "completion": "llm", "embedding": "embedding", "rerank": "retriever",
    }),
    ("traceloop.span.kind", {
        "workflow": "chain", "task": "chain", "agent": "agent", "tool": "tool",
    }),
    ("mlflow.spanType", {
        "llm": "llm", "chat_model": "llm", "embedding": "embedding", "chain": "chain",
        "workflow": "chain", "task": "chain", "agent": "agent", "tool": "tool",
        "retriever": "retriever", "reranker": "retriever", "guardrail": "guard",
        "evaluator": "evaluator", "parser": "other", "memory": "other", "unknown": "other",
    }),
    ("langsmith.span.kind", {
        "llm": "llm", "chain": "chain", "tool": "tool", "retriever": "retriever",
        "embedding": "embedding", "prompt": "other", "parser": "other",
    }),
    ("genkit:metadata:subtype", {
        "model": "llm", "embedder": "embedding", "tool": "tool", "retriever": "retriever",
        "flow": "chain", "action": "chain",
    }),
)  # fmt: skip
"""What kind of span it is: attribute and its values, in lower case, first hit wins."""

KIND_SIGNS: tuple[tuple[str, Kind], ...] = (
    ("gen_ai.guardrail.component.name", "guard"),
    ("gen_ai.evaluation.name", "evaluator"),
    ("gen_ai.tool.name", "tool"),
    ("gen_ai.tool.call.id", "tool"),
    ("agent_name", "agent"),
    ("request_data", "llm"),
    ("gen_ai.request.model", "llm"),
    ("llm.model_name", "llm"),
    ("gen_ai.agent.name", "agent"),
)
"""Attributes whose presence tells the kind where none of the above does."""

PROVIDERS: Mapping[str, str] = MappingProxyType(
    {
        "az.ai.openai": "azure", "azure.ai.openai": "azure", "azure.ai.inference": "azure",
        "azure_openai": "azure", "azureopenai": "azure", "az.ai.inference": "azure",
        "aws.bedrock": "bedrock", "aws": "bedrock", "amazon-bedrock": "bedrock",
        "amazon_bedrock": "bedrock", "bedrock_converse": "bedrock",
        "gcp.gemini": "gemini", "gcp.gen_ai": "gemini", "google": "gemini", "gcp": "gemini",
        "google_genai": "gemini", "google-gla": "gemini", "google.generative-ai": "gemini",
        "generative-ai": "gemini", "google_generativeai": "gemini",
        "gcp.vertex_ai": "vertex", "vertexai": "vertex", "vertex_ai": "vertex",
        "google-vertex": "vertex", "google.vertex": "vertex",
        "mistral_ai": "mistral", "mistralai": "mistral", "x_ai": "xai", "x-ai": "xai",
        "moonshot_ai": "moonshot", "ibm.watsonx.ai": "watsonx", "langchain": "",
        "pplx": "perplexity", "openai_compatible": "openai", "together_ai": "together",
        "togetherai": "together", "fireworks_ai": "fireworks",
    }
)  # fmt: skip
"""Other names of providers, in lower case, and ours."""

PRICE_PROVIDERS: Mapping[str, str] = MappingProxyType(
    {
        "bedrock": "aws", "gemini": "google", "vertex": "google", "xai": "x-ai",
        "moonshot": "moonshotai", "vertex_anthropic": "google",
    }
)  # fmt: skip
"""The id in the price index of those of our names that differ."""

MODEL_PREFIXES: tuple[tuple[str, str], ...] = (
    ("gpt-", "openai"), ("chatgpt-", "openai"), ("o1", "openai"), ("o3", "openai"),
    ("o4", "openai"), ("text-embedding-", "openai"), ("claude-", "anthropic"),
    ("gemini-", "gemini"), ("deepseek-", "deepseek"), ("grok-", "xai"), ("mistral-", "mistral"),
    ("command-", "cohere"),
)  # fmt: skip
"""Whose model it must be where no provider is named."""
