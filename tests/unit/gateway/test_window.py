"""What of a stream passes, and when."""

import itertools
import json
import re
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import calls
from tests.support.answers import sse
from vedette.dialects import openai_chat
from vedette.dialects.contract import Fault
from vedette.dialects.framing import SSEReader
from vedette.gateway.holding import MAX_HELD, Holding
from vedette.gateway.translation import ChatTranslation
from vedette.gateway.window import Window
from vedette.model.policy import Where
from vedette.ports.detector import Evidence

SECRET = "4111 1111 1111 1111"
HOLD = 32


def redact(text: str) -> str:
    return text.replace(SECRET, "[CARD]")


def window(
    *, whole: bool = False, hold: int = HOLD, free: frozenset[Where] = frozenset(),
    holding: Holding | None = None,
) -> Window:  # fmt: skip
    exchange = calls.exchange()
    exchange.body = b'{"model":"m","messages":[],"stream":true}'
    exchange.requested_model = "m"
    exchange.stream = True
    writer = ChatTranslation(exchange).writer()
    holding = holding or Holding(hold, whole=whole, free=free)
    return Window(
        openai_chat, "openai_chat", SSEReader, writer, holding=holding, evidence=Evidence()
    )


def chunk(delta: dict[str, object], finish: str | None = None, choice: int = 0) -> bytes:
    choices = [{"index": choice, "delta": delta, "finish_reason": finish}]
    return sse(json.dumps({"id": "c", "model": "m", "choices": choices, "x": 1}).encode())


def events(pieces: Sequence[str]) -> list[bytes]:
    return [
        chunk({"role": "assistant", "content": ""}),
        *(chunk({"content": piece}) for piece in pieces),
        chunk({}, "stop"),
        sse(b"[DONE]"),
    ]


def looked(passing: Window, edit: Callable[[str], str] = redact) -> bytes:
    out = passing.pass_on([])
    while passages := passing.passages():
        out += passing.pass_on([edit(passage.text) for passage in passages])
    return out


def through(
    passing: Window, sent: Sequence[bytes], edit: Callable[[str], str] = redact
) -> Iterator[bytes]:
    for data in sent:
        passing.feed(data)
        yield looked(passing, edit)
    passing.close()
    yield looked(passing, edit)


def said(data: bytes, choice: int = 0) -> str:
    text = ""
    for line in re.findall(rb"data: (\{.*)", data):
        for told in json.loads(line)["choices"]:
            if told["index"] == choice:
                text += told["delta"].get("content") or ""
    return text


def cut(text: str, cuts: Sequence[int]) -> list[str]:
    at = sorted({0, len(text), *(c % (len(text) + 1) for c in cuts)})
    return [text[a:b] for a, b in itertools.pairwise(at)]


def test_what_needs_no_change_passes_byte_by_byte() -> None:
    sent = events([f"word{n} " for n in range(200)])
    assert b"".join(through(window(), sent)) == b"".join(sent)


def test_most_of_a_long_text_passes_while_it_is_written() -> None:
    passing = window()
    sent = events([f"word{n} " for n in range(200)])
    before_the_end = b"".join(list(through(passing, sent[:-2]))[:-1])
    assert len(said(before_the_end)) > 1_000


@settings(max_examples=150)
@given(
    before=st.text("ab 1\n", max_size=300), after=st.text("cd 2\n", max_size=300),
    cuts=st.lists(st.integers(0, 700), max_size=40), whole=st.booleans(),
)  # fmt: skip
def test_at_any_split_nothing_of_it_passes(
    before: str, after: str, cuts: list[int], whole: bool
) -> None:
    text = f"{before}. {SECRET}. {after}"
    out = b"".join(through(window(whole=whole), events(cut(text, cuts))))
    assert said(out) == redact(text)
    assert out.endswith(b"data: [DONE]\n\n")


@given(cuts=st.lists(st.integers(0, 400), max_size=30), gap=st.integers(0, 80))
def test_two_of_them_in_one_text(cuts: list[int], gap: int) -> None:
    text = f"One {SECRET}, {'x ' * gap}two {SECRET}."
    out = b"".join(through(window(), events(cut(text, cuts))))
    assert said(out) == redact(text)


@given(cuts=st.lists(st.integers(0, 400), min_size=6, max_size=40), every=st.integers(1, 7))
def test_what_comes_while_somebody_looks_waits(cuts: list[int], every: int) -> None:
    text = f"One {SECRET}, {'x ' * 60}two {SECRET}. {'y ' * 60}"
    passing, out, asked = window(), b"", None
    for at, data in enumerate(events(cut(text, cuts))):
        passing.feed(data)
        if asked is not None and at % every == 0:
            out += passing.pass_on(asked)
            asked = None
        if asked is None:
            asked = [redact(passage.text) for passage in passing.passages()]
    passing.close()
    out += passing.pass_on(asked or [])
    assert said(out + looked(passing)) == redact(text)


def test_a_word_is_never_cut() -> None:
    word = "s3cr3t" * 40

    def edit(text: str) -> str:
        return text.replace(word, "[KEY]")

    sent = events([*cut(f"Here: {word}", range(0, 250, 7)), " and on it goes" * 20])
    assert said(b"".join(through(window(), sent, edit))).startswith("Here: [KEY] and")


def test_a_key_in_lines_waits_for_its_end() -> None:
    key = "-----BEGIN KEY-----\n" + "abcd efgh\n" * 60 + "-----END KEY-----"

    def edit(text: str) -> str:
        return text.replace(key, "[KEY]")

    sent = events([*cut(f"Take {key}", range(0, 700, 11)), ". Done."])
    assert said(b"".join(through(window(), sent, edit))) == "Take [KEY]. Done."


def test_not_even_an_endless_word_waits_for_ever() -> None:
    passing = window()
    sent = events(["x" * 1_000] * (MAX_HELD // 1_000 + 3))
    assert said(b"".join(list(through(passing, sent[:-2]))[:-1]))


def test_arguments_of_a_tool_are_looked_at_whole() -> None:
    passing = window()
    start = {"index": 0, "id": "t", "type": "function", "function": {"name": "pay"}}
    pieces = ['{"card": "4111 1111', ' 1111 1111", "sum"', ": 5}"]
    sent = [
        chunk({"role": "assistant", "tool_calls": [start]}),
        *(chunk({"tool_calls": [{"index": 0, "function": {"arguments": p}}]}) for p in pieces),
    ]
    seen: list[str] = []

    def edit(text: str) -> str:
        seen.append(text)
        return redact(text)

    out = b""
    for data in [*sent, chunk({}, "tool_calls"), sse(b"[DONE]")]:
        passing.feed(data)
        out += looked(passing, edit)
        assert b"4111" not in out
    assert seen == ["".join(pieces)]
    found = re.findall(rb'"arguments":"((?:[^"\\]|\\.)*)"', out)
    assert json.loads(json.loads(b'"%s"' % b"".join(found))) == {"card": "[CARD]", "sum": 5}


def test_choices_are_looked_at_one_by_one() -> None:
    sent = [chunk({"content": "Mine: 4111 1111"}), chunk({"content": "Yours: none."}, choice=1)]
    sent += [chunk({"content": " 1111 1111"}), chunk({}, "stop"), chunk({}, "stop", choice=1)]
    out = b"".join(through(window(), [*sent, sse(b"[DONE]")]))
    assert said(out) == "Mine: [CARD]"
    assert said(out, choice=1) == "Yours: none."


def test_what_was_masked_is_put_back() -> None:
    passing = window()
    out = b""
    for data in events(["Dear <NAME", "_1>, all is well", ", <NAME_1>."]):
        passing.feed(data)
        passages = passing.passages()
        out += passing.pass_on(
            [p.text for p in passages], lambda text, _: text.replace("<NAME_1>", "Ann")
        )
    assert said(out) == "Dear Ann, all is well, Ann."


@pytest.mark.parametrize("error", [True, False])
def test_a_stream_that_is_stopped_ends_as_its_dialect_ends(error: bool) -> None:
    passing = window()
    passing.feed(b"".join(events(["Something bad."])[:2]))
    out = looked(passing) + passing.stop(
        Fault(400, "No.", "invalid_request_error", "guard_blocked"), said="No.", error=error
    )
    assert b"bad" not in out
    if error:
        assert b"guard_blocked" in out
    else:
        assert said(out) == "No."
        assert b'"finish_reason":"content_filter"' in out
        assert out.endswith(b"data: [DONE]\n\n")


@pytest.mark.parametrize("whole", [False, True])
def test_what_is_put_before_or_behind_a_text_passes_too(whole: bool) -> None:
    for edit in ("[!] {}", "{} [!]", "[!] {} [!]"):
        out = b"".join(through(window(whole=whole), events(["A short ", "text."]), edit.format))
        assert said(out) == edit.format("A short text.")


def test_what_goes_on_is_a_part_and_the_whole_is_none() -> None:
    stream = window()
    stream.feed(b"".join(events(["some words "] * 20)[:-2]))
    [part] = stream.passages()
    assert part.is_part
    stream.pass_on([part.text])
    stream.feed(b"".join(events(["at last"])[1:]))
    stream.close()
    assert [passage.is_part for passage in stream.passages()] == [True, False]


def test_where_nobody_decides_all_passes_as_it_comes_and_is_looked_at_once() -> None:
    passing = window(free=frozenset({"output"}))
    looks: list[str] = []
    for data in events(["One ", "two", " three"]):
        passing.feed(data)
        assert passing.pass_on([]) == data
        looks += (asked := [passage.text for passage in passing.passages()])
        passing.pass_on(asked)
    assert looks == ["One two three"]


def test_after_a_change_words_still_pass_one_by_one() -> None:
    begun = Holding(HOLD, begun=lambda text, *_: text.rfind(" ") + 1)
    passing = window(holding=begun)
    passing.feed(b"".join(events([f"It is {SECRET} and"])[:-2]))
    parts = [looked(passing)]
    for word in (" one", " two", " three"):
        passing.feed(chunk({"content": word}))
        parts.append(looked(passing))
    assert [said(part) for part in parts] == ["It is [CARD] ", "and", " one", " two"]
    assert [part.count(b"data:") for part in parts[1:]] == [1, 1, 1]


def test_the_first_words_are_urgent() -> None:
    passing = window()
    head, short, long, *_ = events(["word ", "word " * 12])
    assert passing.is_urgent
    passing.feed(head + short)
    looked(passing)
    assert passing.is_urgent
    passing.feed(long)
    assert said(looked(passing))
    assert not passing.is_urgent


def test_what_cannot_pass_for_long_is_in_no_hurry() -> None:
    passing = window()
    passing.feed(b"".join(events(["x" * 100] * 50)))
    assert looked(passing) == b"" or not passing.is_urgent
    assert not passing.is_urgent


def test_everything_is_urgent_where_nobody_decides() -> None:
    passing = window(free=frozenset({"output"}))
    for data in events(["One ", "two", " three"]):
        passing.feed(data)
        assert looked(passing) == data
        assert passing.is_urgent
