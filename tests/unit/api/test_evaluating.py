"""Items of the guard's API."""

from collections.abc import Sequence

import msgspec
import pytest

from vedette.api.bodies import InvalidBody
from vedette.api.evaluating import (
    Asked,
    Deliveries,
    EvaluationDelivered,
    GuardItem,
    write_items,
)
from vedette.api.guard import EvaluateBody
from vedette.app.guard import open_desk
from vedette.clock import FakeClock
from vedette.model.audit import AuditEvent


def test_items_wait_with_the_id_of_their_project() -> None:
    body = EvaluateBody(text="x", project="Shop", callback="https://a.example")
    written = write_items([Asked.of(body, "the body", "prj_1")])
    assert msgspec.json.decode(written, type=tuple[GuardItem, ...]) == (
        GuardItem(text="x", project="prj_1"),
    )


@pytest.mark.parametrize(
    "item",
    [GuardItem(), GuardItem(text="x", messages=()), GuardItem(messages=({"content": "x"},))],
    ids=["neither", "both", "no-role"],
)
def test_what_cannot_be_looked_at_is_said_by_name(item: GuardItem) -> None:
    with pytest.raises(InvalidBody, match=r"items\[3\]"):
        Asked.of(item, "items[3]", "")


async def test_verdicts_of_a_callback_are_noted_under_its_id() -> None:
    noted: list[AuditEvent] = []

    def note(events: Sequence[AuditEvent]) -> None:
        noted.extend(events)

    desk = open_desk(FakeClock())
    asked = [
        Asked.of(GuardItem(text=text), "x", "prj_1") for text in ("hello", "I am ada@lovelace.org")
    ]
    body = await Deliveries(desk, note)("eval_1", write_items(asked))
    desk.close()
    delivered = msgspec.json.decode(body, type=EvaluationDelivered)
    assert [result.action for result in delivered.results] == ["allow", "redact"]
    [event] = noted
    assert (event.source, event.project) == ("evaluation:eval_1:1", "prj_1")


async def test_what_cannot_be_evaluated_any_more_is_told_as_an_error() -> None:
    desk = open_desk(FakeClock())
    items = write_items([Asked.of(GuardItem(text="x", policy="gone"), "x", "")])
    body = await Deliveries(desk, lambda _: None)("eval_1", items)
    desk.close()
    delivered = msgspec.json.decode(body, type=EvaluationDelivered)
    assert (delivered.id, delivered.results) == ("eval_1", ())
    assert "gone" in delivered.error
