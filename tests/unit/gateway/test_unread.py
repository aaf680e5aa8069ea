"""Events that nobody can read are counted where they say something."""

from vedette.dialects import openai_chat, openai_responses
from vedette.gateway.unread import Unread

STRANGE = b'{"kind": "words", "said": "hello there"}'
KNOWN = b'{"id": "c", "choices": [{"index": 0, "delta": {"content": "hello"}}]}'


def counted(*events: bytes) -> int:
    read, unread = openai_chat.StreamReader().read, Unread()
    for data in events:
        unread.take(data, read(data))
    return unread.counted()


def test_texts_in_a_form_of_their_own_are_counted() -> None:
    assert counted(STRANGE, STRANGE, b"[DONE]") == 2
    assert counted(KNOWN, STRANGE, b"[DONE]") == 1


def test_what_is_read_or_says_nothing_is_not() -> None:
    assert counted(KNOWN, b"[DONE]") == 0
    assert counted(b'{"n": 1}', b"not json") == 0


def test_what_a_dialect_leaves_aside_counts_where_nothing_is_read() -> None:
    left = b'{"type": "response.foo.delta", "delta": "hello there"}'
    told = b'{"type": "response.output_text.delta", "delta": "hello", "output_index": 0}'
    for events, count in (((left,), 1), ((told, left), 0)):
        read, unread = openai_responses.StreamReader().read, Unread()
        for data in events:
            unread.take(data, read(data))
        assert unread.counted() == count


def test_it_keeps_no_more_than_a_little() -> None:
    assert counted(*[b'{"said": "%b"}' % (b"a" * 20_000)] * 50) == 4
