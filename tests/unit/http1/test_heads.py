"""What is remembered of a head, and that a known one means what a parsed one does."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.bytewise import REQUESTS, NoHeads, converse
from tests.support.calls import Nobody
from vedette.http1.body import Body
from vedette.http1.heads import HEAD_BYTES, HEADS, Heads
from vedette.http1.request import Head, Request

FIELDS = [(b"host", b"x"), (b"authorization", b"Bearer k")]


def raw(length: bytes = b"5", *, name: bytes = b"Content-Length", more: bytes = b"") -> bytes:
    head = b"POST /v1/x HTTP/1.1\r\nHost: x\r\n%b: %b\r\nAuthorization: Bearer k\r\n%b\r\n"
    return head % (name, length, more)


def known(data: bytes, head: Head) -> Heads:
    heads = Heads()
    heads.remember(data, head)
    heads.remember(data, head)
    return heads


def test_a_head_that_came_twice_is_known_whatever_its_length() -> None:
    head = Head("POST", b"/v1/x", FIELDS)
    heads = Heads()
    heads.remember(raw() + b"hello", head)
    assert heads.find(raw()) is None
    heads.remember(raw(b"17") + b"hello", head)
    assert heads.find(raw(b"123") + b"abc") == (head, len(raw(b"123")), 123, None)
    assert head.is_known


TRACE = b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
OTHER_TRACE = TRACE.replace(b"9", b"8")


def traced(value: bytes = TRACE, *, first: bool = False, name: bytes = b"Traceparent") -> bytes:
    """The same with a trace, before or behind the length."""
    line = b"%b: %b\r\n" % (name, value)
    return raw(more=line) if not first else raw().replace(b"Host", line + b"Host", 1)


@pytest.mark.parametrize("first", [True, False])
def test_a_trace_is_each_requests_own(first: bool) -> None:
    trace = (b"traceparent", TRACE)
    fields = [trace, *FIELDS] if first else [*FIELDS, trace]
    heads = known(traced(first=first), Head("POST", b"/v1/x", fields))
    sent = traced(OTHER_TRACE, first=first)
    found = heads.find(sent)
    assert found is not None
    head, *own = found
    assert own == [len(sent), 5, OTHER_TRACE]
    assert (head.headers, head.is_known) == (FIELDS, True)
    request = Request(head, "", Body(Nobody(), 5), OTHER_TRACE)
    assert request.header(b"traceparent") == OTHER_TRACE
    assert sorted(request.headers) == sorted([*FIELDS, (b"traceparent", OTHER_TRACE)])
    assert head.headers == FIELDS
    for other in (
        raw(),
        traced(TRACE[:-1], first=first),
        traced(TRACE + b"-x", first=first),
        traced(TRACE[:-1] + b" ", first=first),
        traced(TRACE[:20] + b"\r\nx: y" + TRACE[26:], first=first),
        traced(first=not first),
        traced(name=b"X-Traceparent", first=first),
    ):
        assert heads.find(other) is None


@pytest.mark.parametrize(
    "data",
    [
        traced(name=b"X-Traceparent"),
        traced(TRACE + b"-more"),
        traced(TRACE[:-1]),
        raw(more=b"Traceparent: %b\r\nTRACEPARENT: %b\r\n" % (TRACE, TRACE)),
    ],
)
def test_only_one_plain_trace_is_left_out(data: bytes) -> None:
    lines = [line.partition(b": ") for line in data.split(b"\r\n")[1:-2]]
    fields = [(name.lower(), value) for name, _, value in lines if name != b"Content-Length"]
    assert not len(known(data, Head("POST", b"/v1/x", fields)))


def test_a_trace_in_capitals_is_part_of_the_head() -> None:
    fields = [*FIELDS, (b"traceparent", TRACE)]
    heads = known(traced(name=b"TRACEPARENT"), Head("POST", b"/v1/x", fields))
    found = heads.find(traced(name=b"TRACEPARENT"))
    assert found is not None
    assert (found[0].headers, found[3]) == (fields, None)
    assert heads.find(traced(OTHER_TRACE, name=b"TRACEPARENT")) is None


@pytest.mark.parametrize(
    "other",
    [
        raw(b""),
        raw(b"+5"),
        raw(b"5 "),
        raw(b" 5"),
        raw(b"5, 5"),
        raw(b"\xd9\xa5"),
        raw(b"1" * 16),
        raw(more=b"X: y\r\n"),
        raw(name=b"CONTENT-LENGTH"),
        raw(name=b"X-Length"),
        raw().replace(b"k\r\n", b"K\r\n"),
        raw()[:-1],
        raw().replace(b"\r\n", b"\n"),
        b"\r\n" + raw(),
        b"GET / HTTP/1.1\r\nhost: x\r\n\r\n" + raw(),
        b"",
    ],
)
def test_other_bytes_are_not_known(other: bytes) -> None:
    assert known(raw(), Head("POST", b"/v1/x", FIELDS)).find(other) is None


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (raw(), FIELDS[:1]),
        (raw(), [*FIELDS, (b"x", b"y")]),
        (raw(more=b"X:y\r\n"), [*FIELDS, (b"x", b"y")]),
        (raw(more=b"X: y \r\n"), [*FIELDS, (b"x", b"y")]),
        (raw(more=b"Content-Length: 5\r\n"), FIELDS),
        (b"\r\n" + raw(), FIELDS),
        (raw(name=b"Content-Length "), FIELDS),
        (raw(more=b"X: " + b"y" * HEAD_BYTES + b"\r\n"), [*FIELDS, (b"x", b"y" * HEAD_BYTES)]),
        (raw()[:-2], FIELDS),
    ],
)
def test_bytes_that_are_not_plainly_the_parsed_head_are_not_kept(
    data: bytes, fields: list[tuple[bytes, bytes]]
) -> None:
    head = Head("POST", b"/v1/x", fields)
    assert not len(known(data, head))
    assert not head.is_known


@pytest.mark.parametrize(
    "before", [b"X-Strength: 5\r\n", b"x: ength: 5\r\n", b"My-Content-Length: 5\r\n"]
)
def test_the_digits_of_another_field_are_never_taken_for_the_length(before: bytes) -> None:
    data = b"POST /b HTTP/1.1\r\nHost: x\r\n%bContent-Length: 11\r\n\r\nhello world" % before
    heads = Heads()
    assert converse([data] * 4, heads=heads) == converse([data] * 4, heads=NoHeads())
    assert not len(heads)


def test_no_more_are_known_than_there_is_room_for() -> None:
    heads = Heads()
    for number in range(HEADS + 1):
        value = b"%d" % number
        head = Head("POST", b"/v1/x", [*FIELDS, (b"x", value)])
        for _ in range(2):
            heads.remember(raw(more=b"X: %b\r\n" % value), head)
    assert len(heads) == 1


PLAIN = b"POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhello world"
LONGER = b"POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 004\r\n\r\n\r\n\r\n"
TRACED = traced().replace(b"/v1/x", b"/b") + b"hello"
AGAIN = traced(OTHER_TRACE).replace(b"/v1/x", b"/b") + b"world"
EMPTY = b"POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"


@given(
    rest=st.lists(
        st.sampled_from([PLAIN, LONGER, EMPTY, AGAIN, *REQUESTS]).flatmap(
            lambda sent: st.just(sent) | st.integers(0, len(sent)).map(lambda end: sent[:end])
        ),
        min_size=1, max_size=4,
    ),
    data=st.data(),
)  # fmt: skip
def test_what_is_known_is_answered_as_if_it_were_parsed(
    rest: list[bytes], data: st.DataObject
) -> None:
    sent = b"".join(rest)
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(sent) - 1)), max_size=5)))
    pieces = [sent[a:b] for a, b in itertools.pairwise([0, *cuts, len(sent)]) if a < b]
    heads = Heads()
    met = [PLAIN, PLAIN, TRACED, TRACED]
    answers = converse([*met, *pieces], heads=heads)
    assert len(heads) >= 2
    assert answers == converse([*met, *pieces], heads=NoHeads())
