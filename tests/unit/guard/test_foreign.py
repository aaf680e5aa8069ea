"""What a detector of another package says is not taken on trust."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from vedette.clock import FakeClock
from vedette.errors import ConfigError
from vedette.guard.engine import Guard, Passage
from vedette.guard.foreign import Foreign, checked, foreign
from vedette.model.policy import WHERES, Action, Finding, Policy, Rule, Where
from vedette.ports.detector import Detection, Evidence, Subject


def found(start: int, end: int, score: Any = 0.9, kind: Any = "k") -> Detection:
    one = Finding(detector="other", kind=kind, score=score, start=start, end=end)
    return Detection(score=score, findings=(one,))


class Strange:
    """A detector that says what it is told to say."""

    name = "strange"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = False

    def __init__(self, says: Callable[[Subject], Any]) -> None:
        self._says = says
        self.looks = 0

    def detect(self, subject: Subject) -> Detection:
        self.looks += 1
        said: Detection = self._says(subject)
        return said


@pytest.mark.parametrize(
    ("start", "end", "range"),
    [(2, 5, (2, 5)), (-4, 3, (0, 3)), (4, 900, (4, 10)), (7, 7, (0, 10)), (9, 2, (0, 10)),
     (50, 60, (0, 10))],
    ids=str,
)  # fmt: skip
def test_a_finding_lies_in_the_text(start: int, end: int, range: tuple[int, int]) -> None:
    [finding] = checked(found(start, end), "strange", 10).findings
    assert (finding.start, finding.end) == range
    assert finding.detector == "strange"


def test_scores_and_names_have_bounds() -> None:
    detection = checked(found(0, 3, score=7.5, kind="k" * 500), "strange", 10)
    assert detection.score == 1.0
    assert detection.findings[0].score == 1.0
    assert detection.findings[0].kind == "k" * 80
    assert checked(found(0, 3), "strange", 0).findings == ()
    many = Detection(score=1.0, findings=found(0, 1).findings * 5_000)
    assert len(checked(many, "strange", 10).findings) == 1_000


NONSENSE: dict[str, Any] = {
    "nothing": None, "a number": 0.9, "a score that is none": Detection(score=float("nan")),
    "a text as score": Detection(score="0.9"),  # type: ignore[arg-type]
    "a finding that is none": found(0, 3, score=float("inf")),
}  # fmt: skip


@pytest.mark.parametrize("name", NONSENSE)
@pytest.mark.parametrize("on_error", ["open", "closed"])
def test_nonsense_is_a_failure_of_its_own(name: str, on_error: Any) -> None:
    made = {"strange": Foreign("strange", Strange(lambda _: NONSENSE[name]))}
    guard = Guard(lambda name, _: made[name], FakeClock())
    rule = Rule(
        name="r", detector="strange", actions=(Action(kind="redact"),), on_error=on_error
    )  # fmt: skip
    verdict = guard.evaluate([Passage(text="hello")], Policy(name="p", rules=(rule,)))
    assert [(one.detector, one.reason) for one in verdict.bypassed] == [("strange", "error")]
    assert verdict.action == ("block" if on_error == "closed" else "allow")


def test_it_looks_in_a_thread_and_is_remembered_where_it_says_so() -> None:
    strange = Strange(lambda _: Detection())
    made = Foreign("strange", strange)
    guard = Guard(lambda *_: made, FakeClock())
    policy = Policy(name="p", rules=(Rule(name="r", detector="strange"),))
    assert guard.takes_long(policy)
    for _ in range(3):
        guard.evaluate([Passage(text="hello")], policy)
    assert strange.looks == 1
    assert guard.knows_quiet([Passage(text="hello")], policy)


def test_a_place_that_is_none_makes_as_much_wait_as_is_set() -> None:
    strange = Strange(lambda _: Detection())
    strange.begun = lambda *_: "nowhere"  # type: ignore[attr-defined]
    guard = Guard(lambda *_: Foreign("strange", strange), FakeClock())
    rule = Rule(
        name="r", detector="strange", where=("output",), actions=(Action(kind="block"),)
    )  # fmt: skip
    policy = Policy(name="p", rules=(rule,))
    text = "word " * 50
    begun = guard.begun(text, "output", Evidence(), policy, most=64)
    assert begun == len(text) - 64


def test_what_cannot_be_made_is_refused_with_its_reason() -> None:
    def broken(options: Mapping[str, Any]) -> Strange:
        raise LookupError("no model here")

    with pytest.raises(ConfigError, match=r"'strange' cannot be made: LookupError: no model here"):
        foreign("strange", broken, {})
    with pytest.raises(ConfigError, match="AttributeError"):
        foreign("strange", lambda _: object(), {})  # type: ignore[arg-type, return-value]
    strange = Strange(lambda _: Detection())
    strange.reads = ("the mind",)  # type: ignore[attr-defined]
    with pytest.raises(ConfigError, match="the mind"):
        foreign("strange", lambda _: strange, {})
