"""What the guard said of one exchange, and what was done about it."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final

import msgspec

from vedette.errors import VedetteError
from vedette.gateway.aside import Aside
from vedette.gateway.directory import header_value
from vedette.gateway.exchange import Exchange
from vedette.gateway.hits import Hits
from vedette.guard.decision import Names
from vedette.guard.engine import Passage
from vedette.guard.remedies import unmask
from vedette.model.governance import HITS
from vedette.model.pending import STATE, RuleOrigin
from vedette.model.policy import ACTION_RANK, ActionKind, Policy, Verdict, Where

if TYPE_CHECKING:
    from vedette.gateway.guarding import Guardian

_UNGUARDED = "The guard of this gateway is not available."
_MOST_REMEDIES = 32
_MOST_CHARS = 2_000
_NO_NAMES = Names()


class GuardFailed(VedetteError):
    """The guard failed, and the policy wants no call without it."""

    code = "guard_unavailable"
    status = 503
    retry_after_s = 5.0


class Later(Enum):
    """What is said of a verdict that is not there yet."""

    LATER = "later"


LATER: Final = Later.LATER


class Remedied(msgspec.Struct, frozen=True, omit_defaults=True):
    """One remedy as the span tells of it: never a text, only what tells two texts apart."""

    rule: str
    action: str
    outcome: str
    """`done`, `failed`, or what a judge said."""
    before: str = ""
    after: str = ""
    """Keyed hashes of the texts."""
    calls: int = 0
    cost_nano_usd: int = 0


class _Tale:
    """What a span has to say of an exchange in which there was something."""

    __slots__ = ("alerts", "allowed", "bypassed", "hits", "kinds", "remedies", "rules")

    def __init__(self, guardian: "Guardian") -> None:
        self.rules: dict[str, None] = {}
        self.kinds: Counter[str] = Counter()
        self.bypassed: dict[str, int] = {}
        self.alerts: dict[str, None] = {}
        self.remedies: list[Remedied] = []
        self.allowed: dict[str, None] = {}
        self.hits = Hits(guardian.policy, guardian.origins)

    def note(self, note: Callable[[str, str], None]) -> None:
        """Names and counts, never texts."""
        if self.allowed:
            note("vedette.guard.allowed", ", ".join(self.allowed)[:_MOST_CHARS])
        if hits := self.hits.encoded():
            note(HITS, hits)
        if self.rules:
            note("vedette.guard.rules", ", ".join(self.rules))
        if self.kinds:
            found = (f"{kind} x{count}" for kind, count in sorted(self.kinds.items()))
            note("vedette.guard.findings", ", ".join(found)[:_MOST_CHARS])
        if self.bypassed:
            told = (f"{name} x{n}" if n > 1 else name for name, n in self.bypassed.items())
            note("vedette.guard.bypassed", ", ".join(told)[:_MOST_CHARS])
        if self.alerts:
            note("vedette.guard.alerts", ", ".join(self.alerts)[:_MOST_CHARS])
        if self.remedies:
            note("vedette.guard.remedies", msgspec.json.encode(self.remedies).decode())


class Watch:
    """The guard's eyes on one exchange."""

    __slots__ = ("_action", "_exchange", "_make_aside", "_masked", "_ms", "_tale", "calls",
                 "guardian", "plain", "policy", "restore", "seen")  # fmt: skip

    def __init__(
        self, guardian: "Guardian", exchange: Exchange,
        make_aside: Callable[[], Aside] | None = None,
    ) -> None:  # fmt: skip
        """`make_aside` None: no calls can be made on behalf of this one."""
        self.guardian = guardian
        self.calls: Aside | None = None
        """Those on behalf of this one, once any was wanted."""
        self.restore: dict[str, str] = {}
        """What the placeholders in the request stand for: an answer gets them back. Never stored;
        what is masked in an answer is not among them."""
        self.policy: Policy = guardian.inline
        """Of the next look at the answer: what was tried is not tried again."""
        self.seen: list[Passage] = []
        """What is looked at once more when the answer has gone."""
        self.plain: list[Passage] | None = None
        """The texts of the request, where it has nothing else and nothing was changed."""
        self._masked: dict[str, str] = {}
        self._make_aside = make_aside
        self._exchange = exchange
        self._action: ActionKind = "allow"
        self._tale: _Tale | None = None
        self._ms = 0.0

    @property
    def aside(self) -> Aside | None:
        """Who makes calls on behalf of this one; None: nobody can."""
        if self.calls is None and self._make_aside is not None:
            self.calls = self._make_aside()
        return self.calls

    def is_quiet(self, passages: Sequence[Passage]) -> bool:
        """Whether it is known that nothing follows from any of the passages."""
        guardian = self.guardian
        if self.policy is not guardian.inline:
            return False
        now = guardian.clock.monotonic
        started = now()
        is_quiet = guardian.knows_quiet(passages)
        self._ms += (now() - started) * 1e3
        return is_quiet

    async def judge(
        self, passages: Sequence[Passage], *, policy: Policy | None = None,
        is_answer: bool = True, is_again: bool = False, is_stream: bool = False,
    ) -> Verdict | None:  # fmt: skip
        """The verdict on the passages; None where there is none and the call goes on.

        `is_again`: these very passages have been looked at before. Raises GuardFailed.
        """
        judged = self.judge_at_once(
            passages, policy=policy, is_answer=is_answer, is_again=is_again, is_stream=is_stream
        )
        if not isinstance(judged, Later):
            return judged
        verdict = await self.guardian.evaluate(
            passages, self._exchange, policy or self.policy, names=self._names(is_answer),
            aside=self.aside,
        )  # fmt: skip
        return self._heard(
            verdict, passages, is_answer=is_answer, is_again=is_again, is_stream=is_stream
        )

    def judge_at_once(
        self, passages: Sequence[Passage], *, policy: Policy | None = None,
        is_answer: bool = True, is_again: bool = False, is_stream: bool = False,
    ) -> Verdict | Later | None:  # fmt: skip
        """The same; LATER where it cannot be said without waiting. Raises GuardFailed."""
        verdict = self.guardian.evaluate_at_once(
            passages, self._exchange, policy or self.policy, names=self._names(is_answer),
            aside=self.aside,
        )  # fmt: skip
        if isinstance(verdict, Later):
            return verdict
        return self._heard(
            verdict, passages, is_answer=is_answer, is_again=is_again, is_stream=is_stream
        )

    def _names(self, is_answer: bool) -> Names:
        if is_answer and (self._masked or self.restore):
            return Names(self._masked, tuple(self.restore))
        return _NO_NAMES

    def _heard(
        self, verdict: Verdict | None, passages: Sequence[Passage], *, is_answer: bool,
        is_again: bool, is_stream: bool,
    ) -> Verdict | None:  # fmt: skip
        if verdict is None:
            self.bypass("guard:error")
            if self.guardian.fails_closed:
                raise GuardFailed(_UNGUARDED)
            return None
        if is_answer:
            self._masked = verdict.restore
        self.take(verdict, passages, is_again=is_again)
        if verdict.fired:
            self._told.hits.add(
                verdict, passages, "answer" if is_answer else "request", is_stream=is_stream
            )
        return verdict

    async def judge_rest(self, passages: Sequence[Passage]) -> None:
        """Have the rules that only report look at what was said of a stream that broke off."""
        if passages and self.guardian.reports.rules:
            await self.judge(passages, policy=self.guardian.reports, is_stream=True)

    @property
    def late_rules(self) -> tuple[Policy, dict[str, RuleOrigin]]:
        """The rules that look when the answer has gone, and where they come from."""
        policy = self.guardian.late_rules(self._exchange)
        origins = {
            name: RuleOrigin(origin.policy, origin.version, origin.rule, origin.is_exempt)
            for name, origin in self.guardian.origins.items()
        }
        return policy, origins

    async def look_afterwards(self) -> None:
        """What the rules say that look when the answer has gone."""
        if self.seen:
            verdict = await self.guardian.evaluate(
                self.seen, self._exchange, self.guardian.afterwards, aside=self.aside
            )
            if verdict is None:
                self.bypass("guard:error")
            else:
                done = self._action
                self.take(verdict, self.seen)
                self._told.hits.add(verdict, self.seen, None, is_stream=True)
                self._action = done
                self._exchange.note(STATE, verdict.action)
        self.note()

    def take(
        self, verdict: Verdict, passages: Sequence[Passage], *, is_again: bool = False
    ) -> None:
        """Remember what a verdict says."""
        self._ms += verdict.latency_ms
        if verdict.action == "allow" and not (verdict.fired or verdict.bypassed or verdict.allowed):
            return
        self._action = max(self._action, verdict.action, key=ACTION_RANK.index)
        tale = self._told
        for fired in verdict.fired:
            shadow = "" if fired.mode == "enforce" else " (shadow)"
            tale.rules[f"{fired.rule}{shadow}"] = None
        if not is_again:
            tale.kinds.update(f"{f.detector}:{f.kind}" for f in verdict.findings)
        for bypass in verdict.bypassed:
            self.bypass(f"{bypass.detector}:{bypass.reason}")
        tale.allowed.update(dict.fromkeys(verdict.allowed))
        tale.alerts.update(dict.fromkeys(verdict.alerts))
        for ruling in verdict.rulings:
            said = passages[ruling.message].text
            self.remedied(ruling.rule, "escalate", ruling.verdict, said, "")
        if verdict.remedy is None:
            self._note_edits(verdict, passages)

    def remedied(
        self, rule: str, action: str, outcome: str, before: str, after: str,
        *, calls: int = 0, cost_nano_usd: int = 0,
    ) -> None:  # fmt: skip
        """One more remedy for the span."""
        remedies = self._told.remedies
        if len(remedies) < _MOST_REMEDIES:
            remedies.append(
                Remedied(
                    rule, action, outcome, self._hash(before), self._hash(after), calls,
                    cost_nano_usd,
                )
            )  # fmt: skip

    def note(self) -> None:
        """Have the span say what came of it: names and counts, never texts."""
        exchange, guardian = self._exchange, self.guardian
        if exchange.attributes is None:
            exchange.attributes = {}
        told, note = exchange.attributes, exchange.note
        told["vedette.guard.policy"] = guardian.policy.name
        told["vedette.guard.action"] = self._action
        told["vedette.guard.latency_ms"] = f"{self._ms:.3f}"
        told["vedette.guard.versions"] = guardian.versions
        if guardian.arms:
            note("vedette.guard.share", guardian.arms)
        if self._tale is not None:
            self._tale.note(note)
        if self.calls is not None and self.calls.calls:
            note("vedette.guard.calls", str(self.calls.calls))
            note("vedette.guard.calls_cost_nano_usd", str(self.calls.cost_nano_usd))

    def bypass(self, reason: str, count: int = 1) -> None:
        """Something was not looked at."""
        bypassed = self._told.bypassed
        bypassed[reason] = bypassed.get(reason, 0) + count

    def unmasked(self, text: str, where: Where = "output") -> str:
        if not self.restore:
            return text
        return unmask(text, self.restore, is_json=where == "tool_arguments")

    @property
    def _told(self) -> _Tale:
        if self._tale is None:
            self._tale = _Tale(self.guardian)
        return self._tale

    def _note_edits(self, verdict: Verdict, passages: Sequence[Passage]) -> None:
        changed = [
            (passage.text, text)
            for passage, text in zip(passages, verdict.messages, strict=True)
            if text != passage.text
        ]
        if changed:
            rules = dict.fromkeys(fired.rule for fired in verdict.fired if fired.mode == "enforce")
            before, after = ("\0".join(texts) for texts in zip(*changed, strict=True))
            self.remedied("+".join(rules), verdict.action, "done", before, after)

    def _hash(self, text: str) -> str:
        """Without its key nobody can find the text by trying."""
        if not text or self.aside is None:
            return ""
        raw = text.encode("utf-8", "replace")
        return hmac.new(self.aside.hash_key, raw, hashlib.sha256).hexdigest()[:32]


def say_unseen(exchange: Exchange, what: str, count: int) -> None:
    """Tell the client of something that no detector looks at."""
    exchange.limit_lines += b"x-vedette-guard: bypass=%b;n=%d\r\n" % (header_value(what), count)


def pass_unseen(exchange: Exchange, guardian: "Guardian | None", what: str) -> None:
    """A call that goes by the guard: its span and its client hear of it."""
    if guardian is not None:
        exchange.note("vedette.guard.policy", guardian.policy.name)
        exchange.note("vedette.guard.action", "allow")
        exchange.note("vedette.guard.bypassed", what)
        say_unseen(exchange, what, 1)
