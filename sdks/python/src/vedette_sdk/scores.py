"""`score`: a judgement of a span, sent as the evaluation event of the GenAI conventions."""

import time
from typing import Any

from vedette_sdk.current import CURRENT
from vedette_sdk.errors import SettingsError
from vedette_sdk.otlp import event
from vedette_sdk.watch import Event, Watch, current_ids

_MAX = 512


def score(
    name: str, value: float | bool | str, *, trace_id: str = "", span_id: str = "",
    response_id: str = "", comment: str = "", source: str = "code",
) -> bool:  # fmt: skip
    """Judge the current span, or the one that is named by its ids: a number, a truth value or a
    category.

    `source` says who judges: `human`, `model` or `code`. `comment` leaves in the privacy modes that
    keep texts. False where nothing is sent: the SDK is off, or there is no span to judge.
    """
    if not name or not isinstance(value, bool | int | float | str):
        raise SettingsError("A score needs a name and a number, a truth value or a text.")
    watch = CURRENT.active
    if watch is None:
        return False
    if not trace_id:
        trace_id, span_id = current_ids()
    if not trace_id and not response_id:
        return False
    done = CURRENT.faults.shield(
        _send, watch, {"name": name, "value": value, "comment": comment, "source": source},
        (trace_id, span_id, response_id),
    )  # fmt: skip
    return bool(done)


def _send(watch: Watch, said: dict[str, Any], ids: tuple[str, str, str]) -> bool:
    trace_id, span_id, response_id = ids
    value = said["value"]
    attributes: dict[str, Any] = {
        "gen_ai.evaluation.name": said["name"][:_MAX], "vedette.score.source": said["source"],
    }  # fmt: skip
    if isinstance(value, str):
        attributes["gen_ai.evaluation.score.label"] = value[:_MAX]
    else:
        attributes["gen_ai.evaluation.score.value"] = float(value)
        if isinstance(value, bool):
            attributes["gen_ai.evaluation.score.label"] = "true" if value else "false"
    if response_id:
        attributes["gen_ai.response.id"] = response_id
    if said["comment"] and (comment := watch.keeper.text(said["comment"])):
        attributes["gen_ai.evaluation.explanation"] = comment
    record = event(
        "gen_ai.evaluation.result", attributes, time_ns=time.time_ns(), trace_id=trace_id,
        span_id=span_id,
    )  # fmt: skip
    watch.offer(Event(record), 1_024)
    return True
