"""One call as each instrumentation writes it: attributes of a span, in the shapes they send.

The call: gpt-4o-mini by OpenAI, a system and a user message, 1,000 tokens in of which 400 were
cached, 200 out of which 50 were reasoning, finished with `stop`.
"""

import json
from typing import Any

MODEL, ANSWERED_BY = "gpt-4o-mini", "gpt-4o-mini-2024-07-18"
SYSTEM, USER, ANSWER = "You know trains.", "When does it leave?", "At noon."


def said(role: str, text: str) -> dict[str, Any]:
    return {"role": role, "parts": [{"type": "text", "content": text}]}


def chat(role: str, text: str) -> dict[str, Any]:
    return {"role": role, "content": text}


MESSAGES = [chat("system", SYSTEM), chat("user", USER)]
USAGE = {
    "prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200,
    "prompt_tokens_details": {"cached_tokens": 400},
    "completion_tokens_details": {"reasoning_tokens": 50},
}  # fmt: skip

_GENAI = {
    "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai",
    "gen_ai.request.model": MODEL, "gen_ai.response.model": ANSWERED_BY,
    "gen_ai.response.finish_reasons": ["stop"], "gen_ai.usage.input_tokens": 1000,
    "gen_ai.usage.output_tokens": 200,
}  # fmt: skip

CALLS: dict[str, dict[str, Any]] = {
    "genai, text": {
        **_GENAI,
        "gen_ai.usage.cache_read.input_tokens": 400,
        "gen_ai.usage.reasoning.output_tokens": 50,
        "gen_ai.system_instructions": json.dumps([{"type": "text", "content": SYSTEM}]),
        "gen_ai.input.messages": json.dumps([said("user", USER)]),
        "gen_ai.output.messages": json.dumps([said("assistant", ANSWER)]),
    },
    "genai, structured": {
        **_GENAI,
        "gen_ai.usage.cache_read.input_tokens": 400,
        "gen_ai.usage.reasoning.output_tokens": 50,
        "gen_ai.input.messages": [said("system", SYSTEM), said("user", USER)],
        "gen_ai.output.messages": [said("assistant", ANSWER)],
    },
    "openinference": {
        "openinference.span.kind": "LLM", "llm.system": "openai", "llm.model_name": ANSWERED_BY,
        "llm.invocation_parameters": json.dumps({"model": MODEL}), "llm.finish_reason": "stop",
        "llm.input_messages.0.message.role": "system",
        "llm.input_messages.0.message.content": SYSTEM,
        "llm.input_messages.1.message.role": "user",
        "llm.input_messages.1.message.contents.0.message_content.type": "text",
        "llm.input_messages.1.message.contents.0.message_content.text": USER,
        "llm.output_messages.0.message.role": "assistant",
        "llm.output_messages.0.message.content": ANSWER,
        "llm.token_count.prompt": 1000, "llm.token_count.completion": 200,
        "llm.token_count.total": 1200, "llm.token_count.prompt_details.cache_read": 400,
        "llm.token_count.completion_details.reasoning": 50,
        "input.value": json.dumps({"messages": MESSAGES}), "input.mime_type": "application/json",
    },
    "openllmetry": {
        "llm.request.type": "chat", "gen_ai.system": "OpenAI", "gen_ai.request.model": MODEL,
        "gen_ai.response.model": ANSWERED_BY, "gen_ai.prompt.0.role": "system",
        "gen_ai.prompt.0.content": SYSTEM, "gen_ai.prompt.1.role": "user",
        "gen_ai.prompt.1.content": json.dumps([{"type": "text", "text": USER}]),
        "gen_ai.completion.0.role": "assistant", "gen_ai.completion.0.content": ANSWER,
        "gen_ai.completion.0.finish_reason": "stop", "gen_ai.usage.prompt_tokens": 1000,
        "gen_ai.usage.completion_tokens": 200, "gen_ai.usage.cache_read_input_tokens": 400,
        "gen_ai.usage.reasoning_tokens": 50, "llm.usage.total_tokens": 1200,
    },
    "vercel": {
        "ai.operationId": "ai.generateText.doGenerate", "operation.name":
        "ai.generateText.doGenerate support", "ai.model.id": MODEL,
        "ai.model.provider": "openai.chat", "ai.response.model": ANSWERED_BY,
        "ai.prompt.messages": json.dumps(
            [chat("system", SYSTEM), {"role": "user", "content": [{"type": "text", "text": USER}]}]
        ),
        "ai.response.text": ANSWER, "ai.response.finishReason": "stop",
        "ai.usage.inputTokens": 1000, "ai.usage.outputTokens": 200,
        "ai.usage.cachedInputTokens": 400, "ai.usage.reasoningTokens": 50,
    },
    "langfuse": {
        "langfuse.observation.type": "generation", "langfuse.observation.model.name": MODEL,
        "gen_ai.response.model": ANSWERED_BY, "gen_ai.response.finish_reasons": '["stop"]',
        "langfuse.observation.input": json.dumps(MESSAGES),
        "langfuse.observation.output": json.dumps(chat("assistant", ANSWER)),
        "langfuse.observation.usage_details": json.dumps(
            {"input": 600, "input_cached_tokens": 400, "output": 150,
             "output_reasoning_tokens": 50, "total": 1200}
        ),
    },
    "logfire": {
        "request_data": json.dumps({"model": MODEL, "messages": MESSAGES}),
        "response_data": json.dumps(
            {"message": chat("assistant", ANSWER), "usage": USAGE, "finish_reason": "stop"}
        ),
        "gen_ai.system": "openai", "gen_ai.request.model": MODEL,
        "gen_ai.response.model": ANSWERED_BY, "gen_ai.response.finish_reasons": ["stop"],
        "gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 200,
        "gen_ai.usage.raw": json.dumps(USAGE),
    },
    "pydantic-ai, events": {
        **_GENAI,
        "gen_ai.usage.details.cache_read_tokens": 400, "gen_ai.usage.details.reasoning_tokens": 50,
        "events": json.dumps([
            {"event.name": "gen_ai.system.message", "content": SYSTEM, "role": "system"},
            {"event.name": "gen_ai.user.message", "content": USER, "role": "user"},
            {"event.name": "gen_ai.choice", "index": 0,
             "message": chat("assistant", ANSWER)},
        ]),
    },
    "mlflow": {
        "mlflow.spanType": '"CHAT_MODEL"', "mlflow.llm.model": f'"{MODEL}"',
        "mlflow.llm.provider": '"openai"', "gen_ai.response.model": ANSWERED_BY,
        "mlflow.spanInputs": json.dumps({"model": MODEL, "messages": MESSAGES}),
        "mlflow.spanOutputs": json.dumps({"id": "chatcmpl-1", "choices": [
            {"finish_reason": "stop", "message": chat("assistant", ANSWER)}]}),
        "mlflow.chat.tokenUsage": json.dumps(
            {"input_tokens": 1000, "output_tokens": 200, "total_tokens": 1200,
             "cache_read_input_tokens": 400, "reasoning_tokens": 50}
        ),
    },
    "langsmith": {
        "langsmith.span.kind": "llm", "langsmith.metadata.ls_model_name": MODEL,
        "langsmith.metadata.ls_provider": "openai", "gen_ai.response.model": ANSWERED_BY,
        "gen_ai.prompt": json.dumps({"messages": [[
            {"lc": 1, "type": "constructor", "id": ["langchain", "schema", "SystemMessage"],
             "kwargs": {"content": SYSTEM, "type": "system"}},
            {"lc": 1, "type": "constructor", "id": ["langchain", "schema", "HumanMessage"],
             "kwargs": {"content": USER, "type": "human"}}]]}),
        "gen_ai.completion": json.dumps({"generations": [[
            {"text": ANSWER, "generation_info": {"finish_reason": "stop"},
             "message": {"lc": 1, "id": ["langchain", "schema", "AIMessage"],
                         "kwargs": {"content": ANSWER, "type": "ai"}}}]]}),
        "langsmith.usage_metadata": json.dumps(
            {"input_tokens": 1000, "output_tokens": 200, "total_tokens": 1200,
             "input_token_details": {"cache_read": 400},
             "output_token_details": {"reasoning": 50}}
        ),
    },
}  # fmt: skip
