"""What the guard saw of one exchange, gathered for its span: names, scores and places, no texts.

Places are those of the texts as they are recorded: after what was redacted. A stream is looked at
again and again while it grows; what is seen twice counts once.
"""

from collections.abc import Mapping, Sequence

import msgspec

from vedette.gateway.places import Places
from vedette.guard.checks import ANSWERS
from vedette.guard.engine import Passage
from vedette.guard.stacking import Origin
from vedette.model.governance import MOST_HITS, Hit, Side
from vedette.model.policy import ACTION_RANK, ANEW, CHANGING, Finding, Fired, Policy, Verdict


class Hits:
    """The hits of one exchange."""

    def __init__(self, policy: Policy, origins: Mapping[str, Origin]) -> None:
        self._rules = {rule.name: rule for rule in policy.rules}
        self._origins = origins
        self._policy = policy
        self._hits: dict[tuple[object, ...], Hit] = {}

    def add(
        self, verdict: Verdict, passages: Sequence[Passage], side: Side | None, *, is_stream: bool
    ) -> None:
        """Take up what fired. Without a side texts are of the side where such texts stand."""
        is_gone = verdict.remedy is not None and verdict.remedy.kind in ANEW and side == "answer"
        places: dict[int, Places] = {}
        for fired in verdict.fired:
            if len(self._hits) >= MOST_HITS:
                return
            at, place = fired.message, -1 if is_stream else fired.message
            place = -2 if is_gone else place
            on = side or ("answer" if fired.where in ANSWERS else "request")
            if at not in places:
                places[at] = self._places(verdict, passages[at].text, at)
            seen: list[Finding | None] = [f for f in verdict.findings if self._is_of(f, fired)]
            for finding in seen or [None]:
                start, end = places[at].of(finding.start, finding.end) if finding else (0, 0)
                offset = passages[at].offset if finding else 0
                hit = self._hit(fired, finding, (on, place), (start + offset, end + offset))
                key = (on, place, hit.where, hit.rule, hit.policy, hit.kind, hit.start)
                self._hits[key] = hit

    def encoded(self) -> str:
        """As a span carries them; empty where there are none."""
        hits = list(self._hits.values())[:MOST_HITS]
        return msgspec.json.encode(hits).decode() if hits else ""

    def _is_of(self, finding: Finding, fired: Fired) -> bool:
        if finding.detector != fired.detector or finding.message != fired.message:
            return False
        rule = self._rules.get(fired.rule)
        if rule is None:
            return True
        is_kind = not rule.kinds or finding.kind in rule.kinds
        return is_kind and finding.score >= rule.threshold

    def _places(self, verdict: Verdict, text: str, message: int) -> Places:
        edited = [
            (finding.start, finding.end)
            for fired in verdict.fired
            if fired.message == message and fired.mode == "enforce"
            and not CHANGING.isdisjoint(fired.actions)
            for finding in verdict.findings
            if self._is_of(finding, fired)
        ]  # fmt: skip
        return Places(text, verdict.messages[message], edited)

    def _hit(
        self, fired: Fired, finding: Finding | None, at: tuple[Side, int], range: tuple[int, int]
    ) -> Hit:
        origin = self._origins.get(fired.rule)
        return Hit(
            detector=fired.detector,
            kind=finding.kind if finding is not None else "",
            score=round(finding.score if finding is not None else fired.score, 4),
            where=fired.where,
            side=at[0],
            place=at[1],
            start=range[0],
            end=range[1],
            policy=origin.policy if origin else self._policy.name,
            version=origin.version if origin else self._policy.version,
            rule=origin.rule if origin else fired.rule,
            action=max(fired.actions, key=ACTION_RANK.index, default="flag"),
            mode=fired.mode,
            view=finding.view if finding is not None else "plain",
        )
