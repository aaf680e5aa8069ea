"""Whole answers before the guard."""

import pytest

from tests.support.answers import chat_body
from tests.unit.gateway.test_guarding import asking, guardian, rule
from vedette.gateway.aside import Spoken
from vedette.gateway.guarding import GuardBlocked
from vedette.gateway.looking import HELD_BYTES, Held, Looking, Packed, TooLarge, why_unread
from vedette.gateway.watching import Watch
from vedette.model.policy import Action

JSON = ((b"content-type", b"application/json"),)


def looking(*kinds: str, stream: str = "window") -> Looking:
    actions = tuple(Action(kind=kind) for kind in kinds)  # type: ignore[arg-type]
    exchange = asking("Hi.")
    guard = guardian(rule(where=("output",), actions=actions), stream=stream)
    return Looking(exchange, Watch(guard, exchange))


async def test_what_is_cut_out_is_cut_out_of_the_body() -> None:
    spoken = Spoken(200, JSON, chat_body("It is forbidden."), b"")
    same, changed = await looking("redact").settled(spoken)
    assert same is spoken
    assert b"It is [keyword]." in changed


async def test_what_has_no_other_answer_is_blocked() -> None:
    with pytest.raises(GuardBlocked):
        await looking("reask").settled(Spoken(200, JSON, chat_body("It is forbidden."), b""))


async def test_what_is_no_answer_passes() -> None:
    spoken = Spoken(200, JSON, b"[]", b"")
    exchange, guard = asking("Hi."), guardian(rule(where=("output",)))
    watch = Watch(guard, exchange)
    assert await Looking(exchange, watch).settled(spoken) == (spoken, b"[]")
    watch.note()
    assert (exchange.attributes or {})["vedette.guard.bypassed"] == "answer:unreadable"


async def test_texts_in_another_form_than_the_dialects_are_looked_at_all_the_same() -> None:
    body = b'{"object": "x", "output": [{"type": "forbidden", "said": "It is forbidden."}]}'
    _, changed = await looking("redact").settled(Spoken(200, JSON, body, b""))
    assert b'"It is [keyword]."' in changed
    assert b'"type":"forbidden"' in changed


def test_nothing_is_optimistic_that_has_to_be_known_as_a_whole() -> None:
    assert looking("block", stream="optimistic").is_optimistic
    assert not looking("reask", stream="optimistic").is_optimistic
    assert not looking("block").is_optimistic


def test_what_is_held_has_a_bound() -> None:
    held = Held(200, JSON, b"")
    held.add(b"a" * HELD_BYTES)
    with pytest.raises(TooLarge):
        held.add(b"b")
    assert len(held.spoken().body) == HELD_BYTES + 1


async def test_an_answer_in_another_shape_is_looked_at_all_the_same() -> None:
    body = b'[{"generated_text": "It is forbidden."}]'
    _, changed = await looking("redact").settled(Spoken(200, JSON, body, b""))
    assert changed == b'[{"generated_text":"It is [keyword]."}]'


@pytest.mark.parametrize("coding", [b"br", b"gzip"])
async def test_what_cannot_be_unpacked_does_not_pass(coding: bytes) -> None:
    spoken = Spoken(200, (*JSON, (b"content-encoding", coding)), b"It is forbidden.", b"")
    with pytest.raises(Packed) as refused:
        await looking("redact").settled(spoken)
    assert refused.value.status == 502


def test_it_is_said_why_an_answer_in_pieces_is_not_looked_at() -> None:
    assert why_unread(JSON) == "too_large"
    assert why_unread([(b"content-type", b"text/plain")]) == "unreadable"
