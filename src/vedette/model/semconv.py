"""Names under which instrumentations write the same fact: a table, for the names keep changing.

Each canonical field has its sources in the order in which they are asked; the first that holds a
value wins. Adding a dialect, or following a renaming, is adding rows. Sources: OpenTelemetry GenAI
(semantic-conventions to 1.41, then semantic-conventions-genai), OpenInference, OpenLLMetry
(traceloop), Vercel AI SDK, Langfuse, Logfire and Pydantic AI, MLflow, LangSmith, OpenLIT.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

Reader = Literal["text", "bare", "first", "tags", "count", "usd", "seconds", "millis", "moment"]
"""How a value is read: a text; a text that may be written as JSON; the first of a list; a list of
texts; a count; dollars; seconds, milliseconds or a moment, all to milliseconds."""


class Source(NamedTuple):
    """One row: where a fact may stand and how it is read there."""

    key: str
    reader: Reader = "text"


def _texts(*keys: str) -> tuple[Source, ...]:
    return tuple(Source(key) for key in keys)


def _counts(*keys: str) -> tuple[Source, ...]:
    return tuple(Source(key, "count") for key in keys)


FIELDS: Mapping[str, tuple[Source, ...]] = MappingProxyType(
    {
        "model": (
            *_texts(
                "gen_ai.request.model", "llm.request.model_name", "llm.model_name",
                "embedding.model_name", "reranker.model_name", "langfuse.observation.model.name",
                "ai.model.id",
            ),
            Source("mlflow.llm.model", "bare"),
            *_texts("langsmith.metadata.ls_model_name", "llm.request.model", "model_name", "model"),
        ),
        "response_model": _texts(
            "gen_ai.response.model", "llm.response.model_name", "ai.response.model",
            "llm.response.model",
        ),
        "provider": (
            *_texts(
                "gen_ai.provider.name", "llm.provider", "gen_ai.system", "llm.system",
                "ai.model.provider",
            ),
            Source("mlflow.llm.provider", "bare"),
            *_texts("langsmith.metadata.ls_provider", "llm.vendor"),
        ),
        "session_id": (
            *_texts(
                "gen_ai.conversation.id", "session.id", "langfuse.session.id",
                "traceloop.association.properties.session_id",
                "traceloop.association.properties.thread_id",
                "ai.telemetry.metadata.sessionId", "langsmith.trace.session_id",
                "langsmith.metadata.session_id", "langsmith.metadata.thread_id",
            ),
            Source("mlflow.trace.session", "bare"),
            *_texts("gen_ai.session.id", "thread_id"),
        ),
        "user_id": (
            *_texts(
                "user.id", "enduser.id", "langfuse.user.id",
                "traceloop.association.properties.user_id", "ai.telemetry.metadata.userId",
                "gen_ai.user", "gen_ai.request.user", "llm.user", "langsmith.metadata.user_id",
            ),
            Source("mlflow.trace.user", "bare"),
        ),
        "tags": tuple(
            Source(key, "tags")
            for key in (
                "vedette.tags", "tag.tags", "langfuse.trace.tags", "logfire.tags",
                "langsmith.span.tags", "ai.telemetry.metadata.tags",
                "traceloop.association.properties.tags",
            )
        ),
        "finish_reason": (
            Source("gen_ai.response.finish_reasons", "first"),
            *_texts(
                "ai.response.finishReason", "llm.finish_reason", "llm.response.finish_reason",
                "gen_ai.completion.0.finish_reason",
            ),
        ),
        "ttft_ms": (
            Source("gen_ai.response.time_to_first_chunk", "seconds"),
            Source("gen_ai.server.time_to_first_token", "seconds"),
            Source("ai.response.msToFirstChunk", "millis"),
            Source("ai.stream.msToFirstChunk", "millis"),
            Source("langfuse.observation.completion_start_time", "moment"),
        ),
        "reported_usd": (
            Source("llm.cost.total", "usd"),
            Source("gen_ai.usage.cost", "usd"),
            Source("operation.cost", "usd"),
            Source("gen_ai.usage.total_cost", "usd"),
        ),
        "status_message": _texts(
            "langfuse.observation.status_message", "exception.message", "error.message",
        ),
    }
)  # fmt: skip
"""Columns of a span."""

ATTRIBUTES: Mapping[str, tuple[Source, ...]] = MappingProxyType(
    {
        "gen_ai.response.id": _texts("llm.response.id", "ai.response.id"),
        "gen_ai.agent.name": _texts(
            "agent.name", "agent_name", "gen_ai.workflow.name", "traceloop.workflow.name",
            "ai.telemetry.functionId", "graph.node.id", "langsmith.metadata.langgraph_node",
        ),
        "gen_ai.prompt.name": _texts(
            "langfuse.observation.prompt.name", "traceloop.prompt.key", "prompt.id",
            "llm.prompt_template.name",
        ),
        "gen_ai.prompt.version": _texts(
            "langfuse.observation.prompt.version", "traceloop.prompt.version",
            "llm.prompt_template.version", "prompt.version",
        ),
        "gen_ai.tool.name": _texts("tool.name", "ai.toolCall.name"),
        "deployment.environment.name": _texts(
            "langfuse.environment", "deployment.environment", "environment",
        ),
        "service.version": _texts("langfuse.release", "release"),
    }
)  # fmt: skip
"""Facts without a column: written under the name of the convention where it is not there."""

RESOURCE_ATTRIBUTES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "deployment.environment.name": (
            "deployment.environment.name", "deployment.environment", "langfuse.environment",
        ),
        "service.version": ("service.version", "langfuse.release"),
        "service.name": ("service.name",),
    }
)  # fmt: skip
"""The same from what is said of the resource."""

USAGE: Mapping[str, tuple[Source, ...]] = MappingProxyType(
    {
        "input": _counts(
            "gen_ai.usage.input_tokens", "llm.token_count.prompt", "gen_ai.usage.prompt_tokens",
            "ai.usage.inputTokens", "ai.usage.promptTokens", "llm.usage.prompt_tokens",
            "ai.usage.tokens", "gen_ai.aggregated_usage.input_tokens",
        ),
        "output": _counts(
            "gen_ai.usage.output_tokens", "llm.token_count.completion",
            "gen_ai.usage.completion_tokens", "ai.usage.outputTokens", "ai.usage.completionTokens",
            "llm.usage.completion_tokens", "gen_ai.aggregated_usage.output_tokens",
        ),
        "total": _counts(
            "gen_ai.usage.total_tokens", "llm.usage.total_tokens", "llm.token_count.total",
            "ai.usage.totalTokens",
        ),
        "cache_read": _counts(
            "gen_ai.usage.cache_read.input_tokens", "llm.token_count.prompt_details.cache_read",
            "gen_ai.usage.cache_read_input_tokens", "ai.usage.cachedInputTokens",
            "ai.usage.inputTokenDetails.cacheReadTokens", "gen_ai.usage.cache_read_tokens",
            "gen_ai.usage.details.cache_read_tokens",
            "gen_ai.usage.details.cache_read_input_tokens", "gen_ai.usage.input_cached_tokens",
            "gen_ai.usage.details.cached_tokens",
            "gen_ai.aggregated_usage.cache_read.input_tokens",
        ),
        "cache_write": _counts(
            "gen_ai.usage.cache_write.input_tokens", "gen_ai.usage.cache_creation.input_tokens",
            "llm.token_count.prompt_details.cache_write",
            "gen_ai.usage.cache_creation_input_tokens", "gen_ai.usage.cache_write_tokens",
            "ai.usage.inputTokenDetails.cacheWriteTokens",
            "gen_ai.usage.details.cache_write_tokens",
            "gen_ai.usage.details.cache_creation_input_tokens",
            "gen_ai.aggregated_usage.cache_write.input_tokens",
        ),
        "reasoning": _counts(
            "gen_ai.usage.reasoning.output_tokens", "llm.token_count.completion_details.reasoning",
            "gen_ai.usage.reasoning_tokens", "llm.usage.reasoning_tokens",
            "ai.usage.reasoningTokens", "ai.usage.outputTokenDetails.reasoningTokens",
            "gen_ai.usage.details.reasoning_tokens",
            "gen_ai.aggregated_usage.details.reasoning_tokens",
        ),
        "audio_input": _counts(
            "gen_ai.usage.audio.input_tokens", "llm.token_count.prompt_details.audio",
            "gen_ai.usage.details.input_audio_tokens",
        ),
        "image_input": _counts("gen_ai.usage.image.input_tokens"),
        "audio_output": _counts(
            "gen_ai.usage.audio.output_tokens", "llm.token_count.completion_details.audio",
            "gen_ai.usage.details.output_audio_tokens",
        ),
        "image_output": _counts("gen_ai.usage.image.output_tokens"),
        "cache_read_audio": _counts(
            "gen_ai.usage.cache_read.audio.input_tokens",
            "gen_ai.usage.details.cache_audio_read_tokens",
        ),
        "cache_read_image": _counts("gen_ai.usage.details.cache_image_read_tokens"),
        "web_searches": _counts(
            "vedette.usage.web_searches", "gen_ai.usage.details.web_searches",
            "gen_ai.usage.server_tool_use.web_search_requests",
            "gen_ai.usage.details.web_search_requests",
        ),
        "file_searches": _counts(
            "vedette.usage.file_searches", "gen_ai.usage.details.storage_searches",
        ),
    }
)  # fmt: skip
"""Token counts of a call. `input` and `output` include their parts, unless they cannot, and so do
`cache_read` and `audio_input` sound that was read from the cache."""

USAGE_OBJECTS: tuple[str, ...] = (
    "langfuse.observation.usage_details", "mlflow.chat.tokenUsage", "langsmith.usage_metadata",
    "gen_ai.usage.raw",
)  # fmt: skip
"""Attributes that hold all counts as one object, often as JSON; asked for what the rows above do
not have."""

USAGE_MEMBERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "input": ("input", "input_tokens", "prompt_tokens", "promptTokens", "inputTokens"),
        "output": ("output", "output_tokens", "completion_tokens", "completionTokens",
                   "outputTokens"),
        "total": ("total", "total_tokens", "totalTokens"),
        "cache_read": (
            "cache_read_input_tokens", "input_cached_tokens", "input_cache_read",
            "input_token_details.cache_read", "prompt_tokens_details.cached_tokens",
            "input_tokens_details.cached_tokens", "input_token_details.cached_tokens",
            "cache_read_tokens", "cached_tokens",
        ),
        "cache_write": (
            "cache_creation_input_tokens", "input_cache_creation", "cache_write_tokens",
            "input_token_details.cache_creation", "cache_write_input_tokens",
        ),
        "cache_write_1h": ("cache_creation.ephemeral_1h_input_tokens", "input_cache_creation_1h"),
        "reasoning": (
            "output_reasoning_tokens", "output_reasoning", "output_token_details.reasoning",
            "completion_tokens_details.reasoning_tokens", "output_tokens_details.reasoning_tokens",
            "reasoning_tokens",
        ),
        "audio_input": (
            "input_audio_tokens", "input_audio", "input_token_details.audio",
            "prompt_tokens_details.audio_tokens", "input_tokens_details.audio_tokens",
            "input_token_details.audio_tokens",
        ),
        "audio_output": (
            "output_audio_tokens", "output_audio", "output_token_details.audio",
            "completion_tokens_details.audio_tokens", "output_tokens_details.audio_tokens",
            "output_token_details.audio_tokens",
        ),
        "image_input": (
            "prompt_tokens_details.image_tokens", "input_tokens_details.image_tokens",
            "input_token_details.image_tokens",
        ),
        "cache_read_audio": (
            "cache_audio_read_tokens", "input_token_details.cached_tokens_details.audio_tokens",
            "input_tokens_details.cached_tokens_details.audio_tokens",
            "prompt_tokens_details.cached_tokens_details.audio_tokens",
        ),
        "cache_read_image": (
            "cache_image_read_tokens", "input_token_details.cached_tokens_details.image_tokens",
            "input_tokens_details.cached_tokens_details.image_tokens",
            "prompt_tokens_details.cached_tokens_details.image_tokens",
        ),
        "web_searches": (
            "server_tool_use.web_search_requests", "web_search_requests", "num_search_queries",
        ),
    }
)  # fmt: skip

COST_OBJECTS: tuple[str, ...] = ("langfuse.observation.cost_details", "mlflow.llm.cost")
COST_MEMBERS: tuple[str, ...] = ("total", "total_cost")
COST_PARTS: tuple[str, ...] = ("input", "output", "input_cost", "output_cost")

INDEXED: tuple[str, ...] = (
    "llm.input_messages.", "llm.output_messages.", "gen_ai.prompt.", "gen_ai.completion.",
    "llm.tools.", "llm.request.functions.", "retrieval.documents.", "llm.prompts.", "llm.choices.",
    "embedding.embeddings.",
)  # fmt: skip
"""Lists that are written as one attribute for each leaf: `llm.input_messages.0.message.role`."""

INPUTS: tuple[str, ...] = (
    "gen_ai.input.messages", "llm.input_messages.", "gen_ai.prompt.", "ai.prompt.messages",
    "ai.prompt", "pydantic_ai.all_messages", "all_messages_events", "events", "request_data",
    "langfuse.observation.input", "mlflow.spanInputs", "gen_ai.prompt", "lk.chat_ctx",
    "gcp.vertex.agent.llm_request", "gen_ai.tool.call.arguments", "ai.toolCall.args",
    "tool_arguments", "gen_ai.tool.args", "gen_ai.tool.input", "gen_ai.retrieval.query.text",
    "llm.prompts.", "llm.prompts", "embedding.embeddings.", "ai.value", "ai.values",
    "traceloop.entity.input", "input.value", "input", "tool.parameters",
)  # fmt: skip
"""Where what went in may stand; a name with a dot at its end is one of `INDEXED`."""

OUTPUTS: tuple[str, ...] = (
    "gen_ai.output.messages", "llm.output_messages.", "gen_ai.completion.", "ai.response.text",
    "ai.response.object", "ai.result.text", "ai.result.object", "response_data",
    "langfuse.observation.output", "mlflow.spanOutputs", "gen_ai.completion",
    "gcp.vertex.agent.llm_response", "gen_ai.tool.call.result", "ai.toolCall.result",
    "tool_response", "gen_ai.tool.output", "gen_ai.retrieval.documents", "retrieval.documents.",
    "llm.choices.", "final_result", "traceloop.entity.output", "output.value", "output",
)  # fmt: skip
"""The same for what came out."""

SYSTEM: tuple[str, ...] = ("gen_ai.system_instructions",)
"""Instructions that stand apart from the messages and belong before them."""

ANSWER_CALLS: tuple[str, ...] = ("ai.response.toolCalls", "ai.result.toolCalls")
"""Tool calls that stand apart from the text of the answer."""

TOOLS: tuple[str, ...] = (
    "gen_ai.tool.definitions", "llm.tools.", "llm.request.functions.", "ai.prompt.tools",
    "gen_ai.request.tools", "mlflow.chat.tools",
)  # fmt: skip

TOOL_BODIES: tuple[str, ...] = (
    "llm.invocation_parameters", "langfuse.observation.input", "request_data", "input.value",
)  # fmt: skip
"""Requests as JSON, in which `tools` may stand."""

REQUESTS: tuple[str, ...] = ("llm.invocation_parameters", "request_data", "mlflow.spanInputs")
"""Requests as JSON, whose `model` is what was asked for: OpenInference and MLflow put what answered
into `llm.model_name` and `mlflow.llm.model`."""

ANSWERS: tuple[str, ...] = ("output.value", "response_data", "mlflow.spanOutputs")
"""Answers as JSON, whose `id` is that of the response."""

ANSWER_USAGE = "mlflow.spanOutputs"
"""An answer as JSON whose `usage` tells of reasoning, which MLflow's own counts leave out."""

FINISH_REASONS: Mapping[str, str] = MappingProxyType(
    {"tool_call": "tool_calls", "tool-calls": "tool_calls"}
)
"""Other spellings of the same reason."""

CONTENT_FREE: tuple[str, ...] = (
    "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.system", "gen_ai.request.",
    "gen_ai.response.", "gen_ai.usage.", "gen_ai.agent.", "gen_ai.tool.name", "gen_ai.tool.type",
    "gen_ai.tool.call.id", "gen_ai.conversation.id", "gen_ai.prompt.name", "gen_ai.prompt.version",
    "llm.model_name", "llm.provider", "llm.system", "llm.token_count.", "llm.cost.",
    "openinference.span.kind", "traceloop.span.kind", "server.", "http.", "network.",
    "service.", "telemetry.", "deployment.", "otel.", "error.type", "vedette.", "ai.usage.",
    "ai.model.", "ai.operationId", "resource.service.", "resource.telemetry.",
    "resource.deployment.",
)  # fmt: skip
"""What may be kept where contents are not: names, or beginnings of names that end with a dot."""
