"""LangChain and LangGraph by their own callbacks: a handler that every run is told to.

A run of a model is a call like any other. Where the client below it is watched as well, the call
of the client counts and the run becomes a link of the chain.
"""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from types import ModuleType
from typing import Any
from uuid import UUID

from opentelemetry.context import attach
from opentelemetry.context.context import Context
from opentelemetry.trace import Span, set_span_in_context

from vedette_sdk.calls import Call
from vedette_sdk.context import context as scoped
from vedette_sdk.current import CURRENT
from vedette_sdk.instruments.contexts import let_go
from vedette_sdk.instruments.patching import Unpatchable
from vedette_sdk.reading.facts import Facts, counts, mapping, text
from vedette_sdk.reading.parts import message, tool_call
from vedette_sdk.watch import Watch

_MOST_RUNS = 10_000
_ROLES = {"human": "user", "ai": "assistant", "system": "system", "tool": "tool"}


def install(module: ModuleType) -> list[str]:
    """Make the handler one of every run; `module` is `langchain_core.callbacks.manager`."""
    from langchain_core.callbacks.base import BaseCallbackHandler
    from langchain_core.tracers import context as tracers

    register = getattr(tracers, "register_configure_hook", None)
    if register is None:
        raise Unpatchable("no register_configure_hook")
    handler = type("VedetteHandler", (Runs, BaseCallbackHandler), {})()
    variable: ContextVar[Any] = ContextVar("vedette_langchain", default=handler)
    register(variable, inheritable=True)
    return ["callbacks"]


def read_run(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    """The facts of a run: LangChain's own messages."""
    facts.model = text(request.get("model"))
    facts.asked = [_message(each) for each in request["messages"]]
    generation = next((g for group in getattr(answer, "generations", ()) for g in group), None)
    said = getattr(generation, "message", None)
    if generation is None:
        return
    answered = _message(said) if said is not None else message("assistant", generation.text)
    info = mapping(getattr(said, "response_metadata", None) or generation.generation_info)
    reason = text(info.get("finish_reason") or info.get("stop_reason") or info.get("done_reason"))
    facts.answered = [{**answered, "role": "assistant", "finish_reason": reason}]
    facts.finish_reasons = [reason] if reason else []
    facts.response_model = text(info.get("model_name") or info.get("model"))
    facts.response_id = text(info.get("id")) or text(getattr(said, "id", None))
    usage = mapping(getattr(said, "usage_metadata", None))
    facts.usage = counts({
        "input_tokens": usage.get("input_tokens"), "output_tokens": usage.get("output_tokens"),
        "cache_read.input_tokens": mapping(usage.get("input_token_details")).get("cache_read"),
        "reasoning.output_tokens": mapping(usage.get("output_token_details")).get("reasoning"),
    })  # fmt: skip


def _message(said: Any) -> Any:
    if isinstance(said, str):
        return message("user", said)
    role = text(getattr(said, "type", "")) or "user"
    calls = [
        tool_call(call.get("name"), call.get("args"), call.get("id"))
        for call in getattr(said, "tool_calls", None) or ()
    ]
    return message(_ROLES.get(role, role), getattr(said, "content", ""), *calls)


class Runs:
    """Spans of runs, by their ids; at most 10,000 at once."""

    run_inline = True
    """In the caller's context, for what runs inside belongs to the run."""

    def __init__(self) -> None:
        self._runs: dict[UUID, tuple[Call | Span, Any]] = {}

    def _start(self, run_id: UUID, parent_id: UUID | None, kind: str, name: str, said: Any) -> None:
        watch = CURRENT.active
        if watch is None:
            return
        CURRENT.faults.shield(self._start_work, watch, run_id, (parent_id, kind, name), said)

    def _start_work(
        self, watch: Watch, run_id: UUID, about: tuple[UUID | None, str, str], said: Any
    ) -> None:
        parent_id, kind, name = about
        span = watch.start_work("langchain", name or kind, kind, self._context(parent_id))
        if watch.keeper.keeps_texts:
            span.set_attribute("input.value", watch.keeper.value(said) or "")
        self._keep(run_id, span, None)

    def _start_model(
        self, run_id: UUID, parent_id: UUID | None, messages: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> None:  # fmt: skip
        watch = CURRENT.active
        if watch is None:
            return
        given = mapping(kwargs.get("invocation_params"))
        noted = mapping(kwargs.get("metadata"))
        model = text(given.get("model") or given.get("model_name") or noted.get("ls_model_name"))
        request = {"model": model, "messages": list(messages)}
        with scoped(session=noted.get("thread_id") or noted.get("session_id")):
            call = watch.begin_run("langchain", read_run, request, self._context(parent_id))
        if provider := text(noted.get("ls_provider")):
            call.attributes["gen_ai.provider.name"] = provider
        self._keep(run_id, call, attach(set_span_in_context(call.span)))

    def _context(self, run_id: UUID | None) -> Context | None:
        known = self._runs.get(run_id) if run_id is not None else None
        if known is None:
            return None
        target = known[0]
        return set_span_in_context(target.span if isinstance(target, Call) else target)

    def _keep(self, run_id: UUID, target: Call | Span, token: Any) -> None:
        while len(self._runs) >= _MOST_RUNS:
            self._runs.pop(next(iter(self._runs)))
        self._runs[run_id] = (target, token)

    def _end(self, run_id: UUID, result: Any = None, error: BaseException | None = None) -> None:
        target, token = self._runs.pop(run_id, (None, None))
        if target is None:
            return
        let_go(token)
        watch = CURRENT.watch
        if isinstance(target, Call):
            CURRENT.faults.shield(target.finish, result, error=error)
        elif watch is not None:
            if error is None and watch.keeper.keeps_texts:
                target.set_attribute("output.value", watch.keeper.value(result) or "")
            CURRENT.faults.shield(watch.end_work, target, error)

    def on_chain_start(
        self, serialized: Any, inputs: Any, *, run_id: UUID, parent_run_id: UUID | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self._start(run_id, parent_run_id, "chain", _name(serialized, kwargs), inputs)

    def on_tool_start(
        self, serialized: Any, input_str: str, *, run_id: UUID,
        parent_run_id: UUID | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self._start(run_id, parent_run_id, "tool", _name(serialized, kwargs), input_str)

    def on_retriever_start(
        self, serialized: Any, query: str, *, run_id: UUID, parent_run_id: UUID | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self._start(run_id, parent_run_id, "retriever", _name(serialized, kwargs), query)

    def on_chat_model_start(
        self, serialized: Any, messages: Any, *, run_id: UUID,
        parent_run_id: UUID | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        said = messages[0] if messages else ()
        CURRENT.faults.shield(self._start_model, run_id, parent_run_id, said, kwargs)

    def on_llm_start(
        self, serialized: Any, prompts: Any, *, run_id: UUID, parent_run_id: UUID | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        CURRENT.faults.shield(self._start_model, run_id, parent_run_id, prompts, kwargs)

    def on_llm_end(self, response: Any, *, run_id: UUID, **_: Any) -> None:
        self._end(run_id, response)

    def on_chain_end(self, outputs: Any, *, run_id: UUID, **_: Any) -> None:
        self._end(run_id, outputs)

    def on_tool_end(self, output: Any, *, run_id: UUID, **_: Any) -> None:
        self._end(run_id, output)

    def on_retriever_end(self, documents: Any, *, run_id: UUID, **_: Any) -> None:
        self._end(run_id, documents)

    def on_llm_error(self, error: BaseException, *, run_id: UUID, **_: Any) -> None:
        self._end(run_id, error=error)

    on_chain_error = on_tool_error = on_retriever_error = on_llm_error


def _name(serialized: Any, kwargs: Mapping[str, Any]) -> str:
    said = mapping(serialized)
    path = said.get("id") or [""]
    return text(kwargs.get("name")) or text(said.get("name")) or text(path[-1])
