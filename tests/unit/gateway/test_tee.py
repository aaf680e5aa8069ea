import pytest

from tests.support.recordings import PAIRS, codec_of, streamed
from vedette.clock import FakeClock
from vedette.dialects import openai_chat
from vedette.dialects.framing import SSEReader
from vedette.gateway.breaker import Breaker
from vedette.gateway.tee import Tee

CHUNK = (
    b'data: {"id":"c1","model":"m","choices":[{"index":0,"delta":%s,"finish_reason":%s}],'
    b'"usage":null}\n\n'
)
ROLE = CHUNK % (b'{"role":"assistant","content":""}', b"null")
TEXT = CHUNK % (b'{"content":"Hi"}', b"null")
STOP = CHUNK % (b"{}", b'"stop"')
USAGE = (
    b'data: {"id":"c1","model":"m","choices":[],'
    b'"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}\n\n'
)
DONE = b"data: [DONE]\n\n"
ANSWER = ROLE + TEXT + STOP + USAGE + DONE


def make(*, strip: bool) -> Tee:
    stripper = openai_chat.strip_usage if strip else None
    return Tee(openai_chat, stripper, Breaker("tee", FakeClock()))


def test_bytes_pass_untouched_and_facts_are_noted() -> None:
    tee = make(strip=False)
    assert tee.feed(ANSWER) == ANSWER
    assert tee.close() == b""
    assert (tee.id, tee.model, tee.finish_reason, tee.ended) == ("c1", "m", "stop", True)
    assert tee.usage is not None
    assert (tee.usage.input_total, tee.usage.output_total) == (3, 1)
    assert tee.is_complete


def test_the_role_chunk_is_no_output() -> None:
    tee = make(strip=False)
    tee.feed(ROLE)
    assert not tee.has_output
    tee.feed(TEXT)
    assert tee.has_output


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_what_we_asked_for_is_taken_out_again_wherever_the_bytes_are_cut(size: int) -> None:
    tee = make(strip=True)
    pieces = [tee.feed(ANSWER[at : at + size]) for at in range(0, len(ANSWER), size)]
    expected = (ROLE + TEXT + STOP).replace(b',"usage":null', b"") + DONE
    assert b"".join(pieces) + tee.close() == expected
    assert tee.usage is not None


def test_bytes_that_lose_nothing_may_go_on_before_they_are_read() -> None:
    tee = make(strip=False)
    assert tee.may_lag
    assert tee.passes(USAGE[:20], after_whole=False)


def test_where_usage_is_taken_out_only_whole_events_without_it_may() -> None:
    tee = make(strip=True)
    plain = TEXT.replace(b',"usage":null', b"")
    assert tee.passes(plain, after_whole=False)
    assert not tee.passes(plain + USAGE, after_whole=True)
    assert not tee.passes(plain[:-1], after_whole=True)
    tee.feed(plain[:30])
    assert not tee.passes(plain, after_whole=False)


def test_an_answer_without_its_end_is_not_complete() -> None:
    tee = make(strip=False)
    tee.feed(ROLE + TEXT)
    tee.close()
    assert not tee.is_complete


def test_a_finish_reason_is_end_enough() -> None:
    tee = make(strip=False)
    tee.feed(ROLE + TEXT + STOP)
    assert tee.is_complete


def test_an_error_event_is_no_success() -> None:
    tee = make(strip=False)
    tee.feed(TEXT + b'data: {"error":{"message":"overloaded","type":"server_error"}}\n\n' + DONE)
    assert not tee.is_complete
    assert "overloaded" in tee.error


def test_the_end_inside_an_event_is_noticed() -> None:
    tee = make(strip=False)
    tee.feed(TEXT + b'data: {"choi')
    assert tee.inside_event
    tee.feed(b'ces":[]}\n\n')
    assert not tee.inside_event


@pytest.mark.parametrize("strip", [False, True])
def test_a_broken_listener_lets_the_bytes_pass(strip: bool) -> None:
    tee = make(strip=strip)
    first = tee.feed(TEXT)
    # An event larger than the reader's cap makes it give up: a real failure of the listener.
    endless = b"data: " + b"x" * 70_000_000
    second = tee.feed(endless)
    assert tee.blind
    assert tee.is_complete
    third = tee.feed(b"more")
    assert first + second + third == first + endless + b"more"
    assert tee.fail("openai_chat", "reset").startswith(b"\n\ndata: ")


FACTS = ("id", "model", "finish_reason", "usage", "ended", "error", "error_type", "tier")


@pytest.mark.parametrize("size", [1, 3, 24], ids=["single", "few", "many"])
@pytest.mark.parametrize("pair", PAIRS)
def test_counting_what_is_plain_hides_no_fact(pair: str, size: int) -> None:
    codec = codec_of(pair)
    events = [event.raw for event in SSEReader().feed(streamed(pair))]
    read, followed = (Tee(codec, None, Breaker("tee", FakeClock())) for _ in range(2))
    late: list[bytes] = []
    for event in events:
        read.feed(event)
        if not followed.outputs:
            followed.feed(event)
            continue
        late.append(event)
        if len(late) == size:
            followed.follow(b"".join(late), late)
            late = []
    followed.follow(b"".join(late), late)
    assert [getattr(followed, fact) for fact in FACTS] == [getattr(read, fact) for fact in FACTS]
    assert (followed.close(), read.close()) == (b"", b"")
    assert followed.is_complete == read.is_complete
    assert followed.has_output == read.has_output


@pytest.mark.parametrize(
    "event",
    [
        STOP, USAGE, DONE, TEXT[:-1], TEXT + b"da",
        TEXT.replace(b"null", b'{"prompt_tokens":3}', 2),
        b'data: {"error":{"message":"m"}}\n\n',
        b'data: {"error":{"message":"m"},"choices":[{"index":0,"finish_reason":null}]}\n\n',
        b'data: {"choices":[{"index":0,"finish_reason":null},{"index":1,"finish_reason":"stop"}]}'
        b"\n\n",
    ],
    ids=["stop", "usage", "done", "part", "more", "figures", "error", "fault", "one-of-two"],
)  # fmt: skip
def test_what_says_more_is_not_plain(event: bytes) -> None:
    assert openai_chat.count_plain(TEXT * 3) == 3
    assert openai_chat.count_plain(TEXT + event) == 0


def test_a_text_that_looks_like_an_end_is_plain() -> None:
    said = b'{"content":"data: {\\"finish_reason\\":\\"stop\\",\\"usage\\":{}} [DONE]"}'
    assert openai_chat.count_plain(TEXT + CHUNK % (said, b"null")) in (0, 2)
    tee = make(strip=False)
    tee.feed(ROLE + TEXT)
    late = [TEXT, CHUNK % (said, b"null"), TEXT]
    tee.follow(b"".join(late), late)
    assert (tee.outputs, tee.finish_reason, tee.ended) == (4, "", False)
