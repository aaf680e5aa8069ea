"""LlamaIndex by its own dispatcher: a span handler beside those that are there.

Spans of models are links of the chain: their calls are seen at the client.
"""

import inspect
from types import ModuleType
from typing import Any

from opentelemetry.context import attach
from opentelemetry.trace import set_span_in_context

from vedette_sdk.current import CURRENT
from vedette_sdk.instruments.contexts import let_go
from vedette_sdk.watch import Watch

_MOST = 10_000
_KINDS = (("Retriever", "retriever"), ("Tool", "tool"), ("Agent", "agent"))
_MODELS = ("LLM", "BaseLLM", "BaseEmbedding", "FunctionCallingLLM")


def install(module: ModuleType) -> list[str]:
    """Add the handler to the root dispatcher; `module` is `llama_index_instrumentation`."""
    handlers = __import__(f"{module.__name__}.span_handlers", fromlist=["BaseSpanHandler"])
    base = handlers.BaseSpanHandler
    handler = type("VedetteSpans", (Spans, base), {"__module__": __name__})()
    module.get_dispatcher().add_span_handler(handler)
    return ["dispatcher"]


class Spans:
    """Spans by LlamaIndex's own ids; at most 10,000 at once."""

    @classmethod
    def class_name(cls) -> str:
        return "VedetteSpans"

    @property
    def _known(self) -> dict[str, tuple[Any, Any]]:
        return _KNOWN

    def span_enter(
        self, id_: str, bound_args: inspect.BoundArguments, instance: Any = None,
        parent_id: str | None = None, tags: Any = None, **_: Any,
    ) -> None:  # fmt: skip
        watch = CURRENT.active
        if watch is not None:
            CURRENT.faults.shield(self._enter, watch, id_, bound_args, (instance, parent_id))

    def _enter(
        self, watch: Watch, id_: str, bound_args: Any, about: tuple[Any, str | None]
    ) -> None:
        instance, parent_id = about
        parent = self._known.get(parent_id or "")
        context = None if parent is None else set_span_in_context(parent[0])
        name = id_.rpartition("-")[0] or id_
        # Ids end with a UUID, whose blanks are the dashes.
        name = id_[:-37] if len(id_) > 37 else name
        span = watch.start_work("llama_index", name, _kind(instance), context)
        if watch.keeper.keeps_texts:
            kept = {n: v for n, v in bound_args.arguments.items() if n != "self"}
            span.set_attribute("input.value", watch.keeper.value(kept) or "")
        is_model = any(base.__name__ in _MODELS for base in type(instance).__mro__)
        token = attach(set_span_in_context(span)) if is_model else None
        while len(self._known) >= _MOST:
            self._known.pop(next(iter(self._known)))
        self._known[id_] = (span, token)

    def span_exit(
        self, id_: str, bound_args: Any, instance: Any = None, result: Any = None, **_: Any
    ) -> None:
        self._leave(id_, result, None)

    def span_drop(
        self, id_: str, bound_args: Any, instance: Any = None,
        err: BaseException | None = None, **_: Any,
    ) -> None:  # fmt: skip
        self._leave(id_, None, err)

    def _leave(self, id_: str, result: Any, error: BaseException | None) -> None:
        span, token = self._known.pop(id_, (None, None))
        watch = CURRENT.watch
        if span is None or watch is None:
            return
        let_go(token)
        if error is None and watch.keeper.keeps_texts:
            span.set_attribute("output.value", watch.keeper.value(str(result)) or "")
        CURRENT.faults.shield(watch.end_work, span, error)

    def new_span(self, *args: Any, **kwargs: Any) -> None:
        return None

    def prepare_to_exit_span(self, *args: Any, **kwargs: Any) -> None:
        return None

    def prepare_to_drop_span(self, *args: Any, **kwargs: Any) -> None:
        return None


_KNOWN: dict[str, tuple[Any, Any]] = {}


def _kind(instance: Any) -> str:
    names = [base.__name__ for base in type(instance).__mro__]
    for part, kind in _KINDS:
        if any(part in name for name in names):
            return kind
    return "chain"
