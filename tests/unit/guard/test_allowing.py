"""What is allowed is no finding, until it expires."""

from typing import Any

import pytest
from msgspec.structs import replace

from vedette.clock import FakeClock
from vedette.errors import ConfigError
from vedette.guard.allowing import AllowBook, Sieve, check_entry, compiled, text_hash
from vedette.model.governance import AllowEntry
from vedette.model.policy import Finding, Rule
from vedette.ports.detector import Detection

TEXT = "Mail help@acme.org or ada@lovelace.org."
RULE = Rule(name="pii", detector="pii")


def seen(*values: str, scores: tuple[float, ...] = (0.9, 0.8)) -> Detection:
    findings = tuple(
        Finding(
            detector="pii", kind="email", score=score, start=TEXT.index(value),
            end=TEXT.index(value) + len(value),
        )
        for value, score in zip(values, scores, strict=False)
    )  # fmt: skip
    return Detection(score=max(f.score for f in findings), findings=findings)


BOTH = seen("help@acme.org", "ada@lovelace.org")


def sieve(clock: FakeClock | None = None, **entry: Any) -> Sieve:
    made = AllowEntry(id="e", **entry)
    return Sieve([made], clock or FakeClock(), exempt=frozenset({"strict"}))


def left(sieve: Sieve, rule: Rule = RULE) -> list[str]:
    detection, _ = sieve.sift(rule, TEXT, BOTH)
    return [TEXT[f.start : f.end] for f in detection.findings]


def test_a_value_is_allowed_in_any_case() -> None:
    detection, used = sieve(kind="value", value="HELP@acme.org").sift(RULE, TEXT, BOTH)
    assert [TEXT[f.start : f.end] for f in detection.findings] == ["ada@lovelace.org"]
    assert (detection.score, used) == (0.8, ("e",))


def test_a_pattern_matches_from_end_to_end() -> None:
    assert left(sieve(kind="pattern", value=r".*@acme\.org")) == ["ada@lovelace.org"]
    assert len(left(sieve(kind="pattern", value="acme"))) == 2
    nothing, _ = sieve(kind="pattern", value=".*").sift(RULE, TEXT, BOTH)
    assert (nothing.score, nothing.findings) == (0.0, ())


def test_a_whole_text_is_allowed_by_its_hash() -> None:
    assert left(sieve(kind="text", value=text_hash(f"  {TEXT}\n"))) == []
    assert len(left(sieve(kind="text", value=text_hash("else")))) == 2


def test_detector_and_kind_narrow_an_entry() -> None:
    value: dict[str, Any] = {"kind": "value", "value": "help@acme.org"}
    assert len(left(sieve(**value, detector="secrets"))) == 2
    assert len(left(sieve(**value, finding_kind="phone"))) == 2
    assert len(left(sieve(**value, detector="pii", finding_kind="email"))) == 1


def test_an_entry_ends_when_it_expires() -> None:
    clock = FakeClock()
    one = sieve(clock, kind="value", value="help@acme.org", expires_ns=clock.now_ns() + 10**9)
    assert len(left(one)) == 1
    clock.advance(1.0)
    assert len(left(one)) == 2


def test_a_rule_without_exceptions_is_left_alone() -> None:
    one = sieve(kind="pattern", value=".*")
    assert len(left(one, replace(RULE, name="strict"))) == 2


def test_entries_hold_in_their_project() -> None:
    entries = [
        AllowEntry(id="a", kind="value", value="x", project_id="p"),
        AllowEntry(id="b", kind="value", value="y"),
    ]
    book = AllowBook(entries, FakeClock())
    assert book.of("p")
    assert book.of("q")
    assert AllowBook(entries[:1], FakeClock()).of("q") is None


def test_patterns_are_of_re2_and_bounded() -> None:
    with pytest.raises(ConfigError, match="RE2"):
        compiled("(?=x)")
    with pytest.raises(ConfigError, match="1001"):
        compiled("x" * 1_001)
    with pytest.raises(ConfigError):
        check_entry(AllowEntry(id="", kind="pattern", value="("))
    assert check_entry(AllowEntry(id="", kind="value", value=" v ")).value == "v"
