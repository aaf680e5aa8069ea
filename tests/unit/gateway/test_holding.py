"""What of a stream waits, and what need not."""

from tests.unit.gateway.test_guarding import guardian, rule
from vedette.gateway.channels import Said
from vedette.gateway.holding import MAX_HELD, Holding
from vedette.model.policy import Action, Where
from vedette.ports.detector import Evidence

NOTHING = Evidence()


def said(text: str, where: Where = "output") -> Said:
    made = Said(where, NOTHING)
    made.add(text)
    return made


def last_word(text: str, where: Where, evidence: Evidence) -> int:
    return text.rfind(" ") + 1


def test_the_first_words_go_as_soon_as_it_is_known_that_they_may() -> None:
    first = said("It is so")
    assert Holding(128, begun=last_word).is_due(first)
    assert first.end == len("It is ")
    assert not Holding(128, begun=last_word).is_due(said("It"))


def test_what_was_looked_at_is_due_when_more_of_it_came() -> None:
    later = said("one two ")
    holding = Holding(128, begun=last_word)
    assert holding.is_due(later)
    later.looked = len(later.waiting)
    assert not holding.is_due(later)
    later.add("three")
    assert holding.is_due(later)


def test_without_that_knowledge_a_number_of_characters_waits() -> None:
    assert not Holding(128).is_due(said("word " * 25))
    long = said("word " * 30)
    assert Holding(128).is_due(long)
    assert long.end == 20


def test_a_key_waits_for_the_end_of_its_last_line() -> None:
    key = said("See -----BEGIN KEY-----\nabc def\n-----END KEY--")
    assert Holding(128, begun=last_word).is_due(key)
    assert key.end == len("See ")
    key.add("---\n and more")
    assert Holding(128, begun=last_word).is_due(key)
    assert key.end > len("See ") + 40


def test_an_endless_word_passes_in_the_end() -> None:
    endless = said("x" * (MAX_HELD + 200))
    assert Holding(128).is_due(endless)


def test_where_rules_only_report_nothing_waits() -> None:
    reports = rule(where=("output",), actions=(Action(kind="flag"),))
    assert "output" in guardian(reports).free
    decides = rule(where=("output",), actions=(Action(kind="redact"),))
    assert guardian(decides).free == {"reasoning", "tool_arguments"}
    assert Holding(32, whole=True, free=frozenset({"output"})).free == frozenset()
