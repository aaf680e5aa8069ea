"""The guard on the way of a call: its request before it leaves, its answer before it arrives.

The answer is guarded at the client's end, in the client's dialect, whatever it came through:
providers, translation, recovery, the cache. So what is kept in a cache is what the provider said,
and is looked at on each hit under the policy of the caller who gets it.

A detector that fails is the business of its rules (`on_error`). Should the guard itself fail, calls
go on unguarded and say so, unless a rule of the policy wants them to end (`on_error: closed`).
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from vedette.clock import Clock
from vedette.dialects.contract import Fault
from vedette.dialects.openai_head import peek
from vedette.dialects.registry import CODECS, EMBEDDINGS
from vedette.errors import BadRequest, VedetteError
from vedette.gateway import answers
from vedette.gateway.breaker import Breaker
from vedette.gateway.conditions import asked
from vedette.gateway.exchange import Exchange
from vedette.gateway.passages import of_other, of_request, rewritten, swaps_of
from vedette.gateway.translation import ChatTranslation, translation_of
from vedette.guard.engine import Caller, Guard, Passage
from vedette.guard.remedies import unmask
from vedette.model.chat import Answer, Message, TextPart
from vedette.model.policy import ACTION_RANK, ActionKind, Policy, Verdict
from vedette.model.settings import GuardSettings
from vedette.model.usage import Usage

_BLOCKED = "The request was blocked by the policy of this gateway."
_BLOCKED_ANSWER = "The answer was blocked by the policy of this gateway."
_UNGUARDED = "The guard of this gateway is not available."
_ANSWERS = frozenset({"output", "reasoning", "tool_arguments"})


class GuardBlocked(VedetteError):
    """A policy forbids the call or its answer."""

    code = "guard_blocked"
    status = 400


class GuardFailed(VedetteError):
    """The guard failed, and the policy wants no call without it."""

    code = "guard_unavailable"
    status = 503
    retry_after_s = 5.0


class Watch:
    """What the guard said of one exchange so far."""

    def __init__(self, guardian: "Guardian", exchange: Exchange) -> None:
        self.settings = guardian.settings
        self.restore: dict[str, str] = {}
        """What the placeholders in the request stand for: an answer gets them back. Never stored;
        what is masked in an answer is not among them."""
        self._guardian = guardian
        self._exchange = exchange
        self._action: ActionKind = "allow"
        self._rules: dict[str, None] = {}
        self._kinds: Counter[str] = Counter()
        self._bypassed: dict[str, None] = {}
        self._ms = 0.0

    async def judge(self, passages: Sequence[Passage]) -> Verdict | None:
        """The verdict on the passages; None where there is none and the call goes on. Raises
        GuardFailed."""
        verdict = await self._guardian.evaluate(passages, self._exchange)
        if verdict is None:
            self._bypassed["guard:error"] = None
            if self._guardian.fails_closed:
                raise GuardFailed(_UNGUARDED)
            return None
        self._ms += verdict.latency_ms
        self._action = max(self._action, verdict.action, key=ACTION_RANK.index)
        for fired in verdict.fired:
            shadow = "" if fired.mode == "enforce" else " (shadow)"
            self._rules[f"{fired.rule}{shadow}"] = None
        self._kinds.update(f"{f.detector}:{f.kind}" for f in verdict.findings)
        for bypass in verdict.bypassed:
            self._bypassed[f"{bypass.detector}:{bypass.reason}"] = None
        return verdict

    def note(self) -> None:
        """Have the span say what came of it: names and counts, never texts."""
        note = self._exchange.note
        note("vedette.guard.policy", self._guardian.policy.name)
        note("vedette.guard.action", self._action)
        note("vedette.guard.latency_ms", f"{self._ms:.3f}")
        if self._rules:
            note("vedette.guard.rules", ", ".join(self._rules))
        if self._kinds:
            found = (f"{kind} x{count}" for kind, count in sorted(self._kinds.items()))
            note("vedette.guard.findings", ", ".join(found)[:2_000])
        if self._bypassed:
            note("vedette.guard.bypassed", ", ".join(self._bypassed))

    def bypass(self, reason: str) -> None:
        """Something was not looked at."""
        self._bypassed[reason] = None

    def unmasked(self, text: str) -> str:
        return unmask(text, self.restore) if self.restore else text


class Guardian:
    """The guard of one configuration snapshot."""

    def __init__(self, settings: GuardSettings, policy: Policy, guard: Guard, clock: Clock) -> None:
        self.settings = settings
        self.policy = policy
        self.fails_closed = any(
            rule.on_error == "closed" and rule.mode == "enforce" for rule in policy.rules
        )
        wheres = {where for rule in policy.rules for where in rule.where}
        self.looks_at_answers = not wheres.isdisjoint(_ANSWERS)
        self.breaker = Breaker("guard", clock)
        self._guard = guard

    async def check_request(self, exchange: Exchange, watch: Watch) -> None:
        """Look at the request and change what has to be changed. Raises GuardBlocked, GuardFailed
        and NotRewritten."""
        is_chat = exchange.endpoint.dialect and exchange.endpoint.dialect not in EMBEDDINGS
        request = asked(exchange) if is_chat else None
        passages = of_request(request) if request is not None else of_other(exchange.body)
        if not passages:
            return
        verdict = await watch.judge(passages)
        if verdict is None:
            return
        if verdict.action == "block":
            raise GuardBlocked(reason_of(verdict) or _BLOCKED)
        watch.restore = verdict.restore
        swaps = swaps_for(passages, verdict.messages)
        if swaps:
            exchange.body = rewritten(exchange.body, swaps)
            exchange.asked = exchange.translation = None
            if exchange.head is not None:
                exchange.head = peek(exchange.body, needs_model=False)

    async def evaluate(self, passages: Sequence[Passage], exchange: Exchange) -> Verdict | None:
        """In a thread where it takes more than about a millisecond; None where the guard failed."""
        tenant = exchange.tenant
        caller = Caller(
            organization=tenant.organization_id if tenant is not None else "",
            project=exchange.project_id, key=tenant.id if tenant is not None else "",
            route=exchange.plan.route, model=exchange.requested_model,
            tags=tuple(exchange.caller.tags),
        )  # fmt: skip
        ask = partial(self._guard.evaluate, policy=self.policy, caller=caller)
        otherwise: Verdict | None = None
        is_quick = partial(self._guard.is_quick, policy=self.policy)
        if self.breaker.call(is_quick, passages, False):
            return self.breaker.call(ask, passages, otherwise)
        return await asyncio.to_thread(self.breaker.call, ask, passages, otherwise)


def reason_of(verdict: Verdict) -> str:
    """What the rule that blocked says."""
    for fired in verdict.fired:
        if fired.mode == "enforce" and "block" in fired.actions:
            return fired.text
    return ""


def swaps_for(passages: Sequence[Passage], edited: Iterable[str]) -> dict[str, str]:
    """Which texts have to be exchanged for which. Raises NotRewritten."""
    swaps: dict[str, str] = {}
    for passage, text in zip(passages, edited, strict=True):
        if text != passage.text:
            swaps |= swaps_of(passage, text)
    return swaps


def answer_instead(exchange: Exchange, said: str) -> bool:
    """Answer a blocked call with words instead of an error; False where the dialect has none."""
    if not exchange.endpoint.dialect or exchange.endpoint.dialect in EMBEDDINGS:
        return False
    translation = translation_of(exchange)
    if not isinstance(translation, ChatTranslation) or not hasattr(
        CODECS[exchange.endpoint.dialect], "write_answer"
    ):
        return False
    part = TextPart(content=said)
    message = Message("assistant", (part,), finish_reason="content_filter")
    answer = Answer(
        model=exchange.requested_model,
        messages=(message,),
        finish_reasons=("content_filter",),
        usage=Usage(),
    )
    exchange.status = 200
    lines = answers.ours(exchange) + b"x-vedette-guard: block\r\n"
    if exchange.stream:
        kind = (b"content-type", translation.stream_type)
        exchange.response.start(200, [kind, (b"cache-control", b"no-cache")], more=lines)
        exchange.response.write(translation.stream(answer))
        exchange.response.end()
    else:
        body = translation.written(answer)
        exchange.response.send(200, [answers.JSON], body, more=lines)
    return True


def fault_for(error: VedetteError) -> Fault:
    """What ends a stream that the guard stopped."""
    kind = "invalid_request_error" if error.status < 500 else "api_error"
    return Fault(error.status, error.message, kind, error.code)


def blocked_answer(verdict: Verdict) -> GuardBlocked:
    return GuardBlocked(reason_of(verdict) or _BLOCKED_ANSWER)


async def no_guards(named: str, settings: GuardSettings) -> Guardian:
    """A gateway without detectors."""
    raise BadRequest("There are no policies here.")
