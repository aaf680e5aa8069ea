"""Hits: what fired, where it stands in what is recorded, and from which policy."""

from typing import Any

import msgspec

from vedette.gateway.hits import Hits
from vedette.guard.engine import Passage
from vedette.guard.stacking import Origin
from vedette.model.governance import MOST_HITS, Hit
from vedette.model.policy import Action, Finding, Fired, Policy, Rule, Verdict

RULE = Rule(name="pii", detector="pii", actions=(Action(kind="redact"),))
POLICY = Policy(name="p", version=3, rules=(RULE,))


def verdict(text: str, edited: str, *ranges: tuple[int, int], **changes: Any) -> Verdict:
    findings = tuple(
        Finding(detector="pii", kind="email", score=0.9, start=start, end=end)
        for start, end in ranges
    )
    fired = Fired(
        rule="pii", detector="pii", where="input", score=0.9, actions=("redact",), mode="enforce",
        findings=len(findings),
    )  # fmt: skip
    fields: dict[str, Any] = {"action": "redact", "text": edited, "messages": (edited,),
                              "findings": findings, "fired": (fired,), **changes}  # fmt: skip
    return Verdict(**fields)


def gathered(hits: Hits) -> list[Hit]:
    return msgspec.json.decode(hits.encoded() or "[]", type=list[Hit])


def test_a_range_is_that_of_the_text_as_it_is_kept() -> None:
    text = "Mail ada@lovelace.org or bob@example.org."
    edited = "Mail [email] or [email]."
    hits = Hits(POLICY, {})
    hits.add(verdict(text, edited, (5, 21), (25, 40)), [Passage(text=text)], "request",
             is_stream=False)  # fmt: skip
    found = gathered(hits)
    assert [edited[hit.start : hit.end] for hit in found] == ["[email]", "[email]"]
    assert (found[0].policy, found[0].version, found[0].rule) == ("p", 3, "pii")
    assert (found[0].side, found[0].place, found[0].action) == ("request", 0, "redact")
    assert "ada" not in hits.encoded()


def test_a_stream_that_is_looked_at_again_counts_once() -> None:
    hits = Hits(POLICY, {"pii": Origin("org", 7, "personal")})
    for offset, start in ((0, 105), (100, 5)):
        text = "x" * 200
        hits.add(
            verdict(text, text, (start, start + 9)), [Passage(text=text, offset=offset)], "answer",
            is_stream=True,
        )  # fmt: skip
    (found,) = gathered(hits)
    assert (found.start, found.end, found.place) == (105, 114, -1)
    assert (found.policy, found.version, found.rule) == ("org", 7, "personal")


def test_a_score_alone_is_a_hit_without_a_range() -> None:
    hits = Hits(POLICY, {})
    hits.add(verdict("x", "x"), [Passage(text="x")], "request", is_stream=False)
    (found,) = gathered(hits)
    assert (found.kind, found.start, found.end, found.score) == ("", 0, 0, 0.9)


def test_hits_of_one_call_are_bounded() -> None:
    text = "x" * 2_000
    ranges = [(at, at + 1) for at in range(1_000)]
    hits = Hits(POLICY, {})
    hits.add(verdict(text, text, *ranges), [Passage(text=text)], "request", is_stream=False)
    assert len(gathered(hits)) == MOST_HITS
    assert Hits(POLICY, {}).encoded() == ""
