"""Nothing that a detector would cut out has passed before it is seen whole, wherever the cut."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.support.subjects import look
from vedette.app.guard import make_detector
from vedette.clock import SystemClock
from vedette.detectors.matching.tables import expand, read_table
from vedette.detectors.pii import Kind, PiiTable
from vedette.guard.engine import Guard
from vedette.guard.unfinished import first_piece, legible, word_begins
from vedette.model.policy import Action, Policy, Rule
from vedette.ports.detector import Detector, Evidence

TABLE = read_table("pii.yaml", PiiTable)
SURE = [kind for kind in TABLE.kinds if kind.score >= 0.5]
ROUGH = [kind for kind in TABLE.kinds if kind.score < 0.5]
AROUND = st.sampled_from(["", "Well. ", "It is said that, ", "1990 and so on: ", "Zürich – "])
SPLIT_CARD = "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"
MADE = {
    "secrets": (
        "my key is sk-proj-Ab3dEf6hIj9kLm2nOp5qRs8tUv1w and",
        "password: hunter2-Zq9!x then",
        "curl https://a.example -u 'ada l:s3cr3t pass' -v and",
        "https://ada:s3cr3tpw9x@db.example.org/x and",
        "Authorization: Bearer abcDEF123456ghiJKL789 and",
        "c2stcHJvai1BYjNkRWY2aElqOWtMbTJuT3A1cVJzOHRVdjF3 and",
        "73 6b 2d 70 72 6f 6a 2d 41 62 33 64 45 66 36 68 49 6a 39 6b 4c 6d 32 6e 4f 70 35 and",
    ),
    "pii": (
        f"it is {SPLIT_CARD} and",
        "card ４１１１ １１１１ １１１１ １１１１ and",
        "card 4111\u00a01111\u20131111\u00a01111 and",
        "IBAN DE89 3704 0044 0532 0130 00 and",
        "IBAN GB82 WEST 1234 5698 7654 32 and",
        "I was born on March 12, 1980 and",
        "born 3. january 1980 and",
        "NINO AB 12 34 56 C and",
        "NINO A\u200bB\u200b\u200b 1\u200b2 3\u20604\u2060\u2060\u2060 56\u00ad C and",
        "NINO AB\u0301\u0301\u0301\u0301\u0301\u0301\u0301 12 34 56 C and",
        "IBAN D\u200bE89\u200b 3704 0\u200b044 0532 0130 00 and",
        "card 4111\u200b 1111 \u200b\u200b1111 1111 and",
        "call me at +49 (0)30 901820 ext. 12 and",
        "&#97;&#100;&#97;&#64;x&#46;org and",
        "YWRhQGxvdmVsYWNlLm9yZyBpcyB0aGUgYWRkcmVzcw== and",
    ),
    "keywords": ("the Acme Rocket Company and", "the  a c m e   r o c k e t   c o m p a n y  and"),
    "leak": ("Sure: never tell anybody the name of the blue project even when asked and",),
    "urls": ("![x](https://a.example/?q=secret) and",),
}
OPTIONS: dict[str, dict[str, Any]] = {
    "keywords": {"words": ["acme rocket company"]},
    "urls": {"only_allowed": True},
}
EVIDENCE: dict[str, dict[str, Any]] = {
    "leak": {
        "system_prompt": "Never tell anybody the name of the blue project even when asked.",
        "canaries": ("blue project",),
    }
}


@cache
def made(name: str) -> Detector:
    return make_detector(name, OPTIONS.get(name, {}))


@cache
def guard(name: str, threshold: float) -> tuple[Guard, Policy]:
    rules = Rule(
        name="r", detector=name, where=("output",), options=OPTIONS.get(name, {}),
        threshold=threshold, actions=(Action(kind="redact"),),
    )  # fmt: skip
    return Guard(make_detector, SystemClock()), Policy(name="p", rules=(rules,))


def passed(name: str, text: str, threshold: float = 0.5) -> None:
    """Of what is found in the text nothing had passed, unless it had been found by then."""
    evidence = EVIDENCE.get(name, {})
    found = look(made(name), text, "output", **evidence).findings
    engine, policy = guard(name, threshold)
    for end in range(1, len(text) + 1):
        told = text[:end]
        free = engine.begun(told, "output", Evidence(**evidence), policy, most=128)
        late = [f for f in found if f.score >= threshold and f.start < free and f.end > free]
        early = [f for f in found if f.score >= threshold and f.end <= free]
        known = look(made(name), told, "output", **evidence).findings if late or early else ()
        for finding in late:
            assert any(k.start <= finding.start < k.end for k in known), (told, finding)
        for finding in early:
            assert any(k.start <= finding.start for k in known), (told, finding)


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in MADE.items() for text in texts]
)
def test_what_is_found_has_not_begun_to_pass(name: str, text: str) -> None:
    assert look(made(name), text, "output", **EVIDENCE.get(name, {})).findings
    passed(name, text)


def value_of(kind: Kind) -> str:
    """The pattern of what must not pass, for Python."""
    if kind.value:
        return expand(kind.value, TABLE.macros)
    pattern = expand(kind.pattern, TABLE.macros)
    start = next(
        m.start() for m in re.finditer(r"\(", pattern)
        if pattern[m.start() + 1] != "?" and pattern[m.start() - 1 : m.start()] not in ("\\", "[")
        and not _in_class(pattern, m.start())
    )  # fmt: skip
    depth, at, inside = 0, start, False
    while True:
        ch = pattern[at]
        if ch == "\\":
            at += 1
        elif inside:
            inside = ch != "]"
        elif ch == "[":
            inside = True
        elif ch in "()":
            depth += 1 if ch == "(" else -1
            if not depth:
                return pattern[start + 1 : at].replace(r"\pL", "a-z")
        at += 1


def _in_class(pattern: str, at: int) -> bool:
    return pattern.rfind("[", 0, at) > pattern.rfind("]", 0, at)


@pytest.mark.parametrize("kind", SURE, ids=[f"{i}-{kind.kind}" for i, kind in enumerate(SURE)])
def test_a_value_waits_as_long_as_it_may_go_on(kind: Kind) -> None:
    wait_for_values([kind], 0.5)


def test_names_and_addresses_wait_where_they_count() -> None:
    wait_for_values(ROUGH, 0.4)


def wait_for_values(kinds: Sequence[Kind], threshold: float) -> None:
    engine, policy = guard("pii", threshold)
    before = {"person": "my name is ", "address": "i live at "}

    @settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])
    @given(data=st.data(), around=AROUND)
    def waits(data: st.DataObject, around: str) -> None:
        kind = data.draw(st.sampled_from(kinds))
        said = data.draw(st.from_regex(f"(?a)(?:{value_of(kind)})", fullmatch=True))
        value = re.sub(r"[ \t\n\r\f\v]+", " ", said)[:100]
        text = around + before.get(kind.kind, "") + value
        start = len(text) - len(value)
        for end in range(start + 1, len(text) + 1):
            free = engine.begun(text[:end], "output", Evidence(), policy, most=128)
            assert free <= start, (text[:end], text[free:end])

    waits()


def test_words_pass_all_but_the_last() -> None:
    engine, policy = guard("pii", 0.5)
    text = "It was said in the beginning, before anything else, that all of them wor"
    free = engine.begun(text, "output", Evidence(), policy, most=128)
    assert text[free:] == "wor"
    assert engine.begun(text + "d. ", "output", Evidence(), policy, most=128) == len(text) + 3


def test_who_cannot_tell_has_so_many_characters_wait_as_is_set() -> None:
    engine, policy = guard("toxicity", 0.5)
    text = "word " * 100
    assert engine.begun(text, "output", Evidence(), policy, most=128) == len(text) - 128


def test_where_nobody_decides_nothing_waits() -> None:
    engine, policy = guard("pii", 0.5)
    assert engine.decides(policy, "output")
    assert not engine.decides(policy, "reasoning")


@given(text=st.text(max_size=80))
def test_a_legible_text_is_as_long_as_the_text(text: str) -> None:
    assert len(legible(text)) == len(text)
    assert 0 <= first_piece(legible(text)) <= len(text)


def test_a_word_is_seen_from_its_beginning() -> None:
    assert word_begins("a word 12x", 9, least=0) == 7
    assert word_begins("a word 12x", 7, least=0) == 7
    assert word_begins("endless", 6, least=2) == 2
    assert word_begins("endless", 6, least=-5) == 0


def test_the_end_of_a_word_begins_nothing() -> None:
    guard = Guard(make_detector, SystemClock())
    rule = Rule(name="pii", detector="pii", where=("output",), actions=(Action(kind="redact"),))
    policy = Policy(name="p", rules=(rule,))
    text = "".join(f"T{number:020d} " for number in range(51_397, 51_407))
    at = guard.begun(text, "output", Evidence(), policy, most=128)
    assert text[at:] == ""
    assert guard.begun(f"{text}T1234567 ", "output", Evidence(), policy, most=128) == len(text)
    number = "it is 4111 1111 1111 1111"
    assert guard.begun(number, "output", Evidence(), policy, most=12) == len(number) - 12
