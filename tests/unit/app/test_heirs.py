"""The core says of a call what its worker would have said."""

import msgspec
from msgspec.structs import replace

from tests.support.exchanges import make_record
from vedette.app.guard import open_desk
from vedette.app.heirs import LOST, Heir, open_heirs
from vedette.app.reduction import Reduction
from vedette.clock import SystemClock
from vedette.ingest.pending import Heirs
from vedette.model.governance import HITS, AllowEntry, Hit, PolicySnapshot, Threshold
from vedette.model.pending import STATE, Pending, RuleOrigin
from vedette.model.policy import Action, Policy, Rule

RULE = Rule(
    name="rivals", detector="keywords", where=("input", "output"), when="after",
    options={"words": ["acme"]}, actions=(Action(kind="alert"),),
)  # fmt: skip
POLICY = Policy(name="p", rules=(RULE,))
ORIGINS = {"rivals": RuleOrigin("own", 7, "rivals")}
ASKED = {"model": "m", "messages": [{"role": "user", "content": "What of Acme?"}]}
SAID = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "Acme is fine."}}]}


def pending(capture: str, **attributes: str) -> Pending:
    record = make_record(ASKED, SAID, capture=capture, attributes={STATE: "pending", **attributes})
    return Pending(Reduction(b"k" * 32)(record), POLICY, ORIGINS)


def test_what_was_recorded_is_looked_at() -> None:
    span = Heir(open_desk(SystemClock()))(pending("full", **{"vedette.guard.rules": "other"}))
    said = span.payload.attributes
    assert (said[STATE], said["vedette.guard.rules"]) == ("alert", "other, rivals")
    assert said["vedette.guard.alerts"] == "rivals"
    assert said["vedette.guard.findings"] == "keywords:keyword x2"
    hits = msgspec.json.decode(said[HITS], type=list[Hit])
    assert [(hit.policy, hit.version, hit.side) for hit in hits] == [
        ("own", 7, "request"),
        ("own", 7, "answer"),
    ]


def test_where_no_text_was_kept_it_says_that_this_is_lost() -> None:
    for capture in ("hash", "none"):
        span = Heir(open_desk(SystemClock()))(pending(capture))
        assert span.payload.attributes[STATE] == "lost"
        assert span.payload.attributes["vedette.guard.bypassed"] == LOST


def test_a_quiet_call_is_quiet() -> None:
    one = pending("full")
    quiet = replace(one, policy=Policy(name="p", rules=(replace(RULE, options={"words": ["x"]}),)))
    said = Heir(open_desk(SystemClock()))(quiet).payload.attributes
    assert said[STATE] == "allow"
    assert HITS not in said


def test_without_a_directory_there_is_nothing_to_inherit() -> None:
    class Nobody:
        def span(self, project_id: str, trace_id: str, span_id: str) -> None: ...

        async def write(self, spans: object) -> int:
            return 0

    heirs = open_heirs("", Nobody(), Nobody(), open_desk(SystemClock()))
    assert isinstance(heirs, Heirs)


def test_a_rule_that_allows_no_exception_allows_none_here() -> None:
    desk = open_desk(SystemClock())
    desk.take(PolicySnapshot(allowed=(AllowEntry(id="a", kind="value", value="acme"),)))
    one = pending("full")
    assert Heir(desk)(one).payload.attributes[STATE] == "allow"
    strict = replace(one, origins={"rivals": RuleOrigin("own", 7, "rivals", is_exempt=True)})
    assert Heir(desk)(strict).payload.attributes[STATE] == "alert"


def test_thresholds_were_applied_when_the_policies_were_stacked() -> None:
    desk = open_desk(SystemClock())
    one = pending("full")
    above = Threshold(project_id=one.span.project_id, detector="keywords", threshold=1.0)
    desk.take(PolicySnapshot(thresholds=(above,)))
    assert Heir(desk)(one).payload.attributes[STATE] == "alert"
