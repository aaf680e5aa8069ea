"""The guard on the way of a call: its request before it leaves, its answer before it arrives.

The answer is guarded at the client's end, in the client's dialect, whatever it came through:
providers, translation, recovery, the cache. So what is kept in a cache is what the provider said,
and is looked at on each hit under the policy of the caller who gets it.

A detector that fails is the business of its rules (`on_error`). Should the guard itself fail, calls
go on unguarded and say so, unless a rule of the policy wants them to end (`on_error: closed`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from vedette.clock import Clock
from vedette.dialects.contract import Fault
from vedette.dialects.openai_head import peek
from vedette.dialects.registry import CODECS, EMBEDDINGS
from vedette.errors import BadRequest, VedetteError
from vedette.gateway import answers
from vedette.gateway.aside import Aside
from vedette.gateway.breaker import Breaker
from vedette.gateway.conditions import asked
from vedette.gateway.directory import Directory, Plan, Target
from vedette.gateway.exchange import Exchange
from vedette.gateway.lookalikes import lookalike
from vedette.gateway.passages import (
    of_known_request,
    of_other,
    of_plain_request,
    of_request,
    rewritten,
    swaps_of,
    uninspected,
)
from vedette.gateway.remaking import with_settings
from vedette.gateway.translation import ChatTranslation, translation_of
from vedette.gateway.watching import LATER, Later, Watch, say_unseen
from vedette.guard.allowing import Sieve
from vedette.guard.chains import overruled, spent
from vedette.guard.checks import ANSWERS
from vedette.guard.decision import Names
from vedette.guard.engine import Caller, Guard, Passage
from vedette.guard.prepared import applies, only_reports, rules_of
from vedette.guard.stacking import Origin
from vedette.model.chat import Answer, Message, TextPart
from vedette.model.policy import ANEW, Action, ActionKind, Policy, Rule, Scope, Verdict, Where
from vedette.model.settings import GuardSettings
from vedette.model.usage import Usage
from vedette.ports.detector import Evidence

_NO_NAMES = Names()
_NO_ORIGINS: Mapping[str, Origin] = MappingProxyType({})
_BLOCKED = "The request was blocked by the policy of this gateway."
_BLOCKED_ANSWER = "The answer was blocked by the policy of this gateway."
_ANYBODYS = Scope()
_MOST_NARROWER = 64
_HELD: frozenset[ActionKind] = ANEW | {"transform", "escalate"}
"""Actions that need the whole answer."""


class GuardBlocked(VedetteError):
    """A policy forbids the call or its answer."""

    code = "guard_blocked"
    status = 400


class Guardian:
    """The guard of one configuration snapshot, or of what several policies come to."""

    def __init__(
        self, settings: GuardSettings, policy: Policy, guard: Guard, clock: Clock, *,
        breaker: Breaker | None = None, origins: Mapping[str, Origin] = _NO_ORIGINS,
        sieve: Sieve | None = None, organization_of: Callable[[str], str] | None = None,
    ) -> None:  # fmt: skip
        self.settings = settings
        self.policy = policy
        self.origins = origins
        """Where its rules come from; of a policy that stands alone, from there."""
        self.sieve = sieve
        self.arms = ""
        """Policies of which versions are tried, and the side of this call."""
        self.versions = f"{policy.name}@{policy.version}"
        self.clock = clock
        self.pace = guard.pace
        self._organization_of = organization_of
        self.fails_closed = any(
            rule.on_error == "closed" and rule.mode == "enforce" for rule in policy.rules
        )
        self.inline, self.afterwards = (
            replace(policy, rules=tuple(rule for rule in policy.rules if rule.when == when))
            for when in ("inline", "after")
        )
        self.reports = replace(policy, rules=tuple(filter(only_reports, self.inline.rules)))
        """The rules that only tell of a text."""
        self.looks_at_answers = any(map(_is_of_answers, policy.rules))
        self.holds = any(
            rule.mode == "enforce"
            and _is_of_answers(rule)
            and any(action.kind in _HELD for action in rule.actions)
            for rule in self.inline.rules
        )
        """Whether an answer is held until all of it was looked at, since it may be exchanged."""
        self.stream = policy.stream or settings.stream
        self.looks_afterwards = bool(self.afterwards.rules)
        self.breaker = breaker or Breaker("guard", clock)
        self._guard = guard
        self._is_scoped = any(rule.scope != _ANYBODYS for rule in policy.rules)
        self._narrower: dict[tuple[str, ...], Guardian] = {}
        self._inline_waits: bool | None = None
        self._free: frozenset[Where] | None = None

    def for_caller(self, exchange: Exchange) -> "Guardian":
        """The same without the rules that are for others: what they need of an answer keeps nobody
        else waiting."""
        if not self._is_scoped:
            return self
        caller = caller_of(exchange, self._organization_of)
        rules = rules_of(self.policy, caller)
        key = tuple(rule.name for rule in rules)
        narrower = self._narrower.get(key)
        if narrower is None:
            if len(self._narrower) >= _MOST_NARROWER:
                self._narrower.clear()
            policy = replace(self.policy, rules=rules)
            narrower = Guardian(
                replace(self.settings, policy=policy), policy, self._guard, self.clock,
                breaker=self.breaker, origins=self.origins, sieve=self.sieve,
                organization_of=self._organization_of,
            )  # fmt: skip
            narrower.arms, narrower.versions = self.arms, self.versions
            self._narrower[key] = narrower
        return narrower

    def check_request(self, exchange: Exchange, watch: Watch) -> Awaitable[None] | None:
        """Look at the request; None where nothing follows, else what has to be waited for, which
        changes what has to be changed and raises GuardBlocked, GuardFailed and NotRewritten.

        Raises BadRequest for what some servers read otherwise than we do.
        """
        passages = of_known_request(exchange.endpoint.dialect, exchange.body)
        if passages and exchange.asked is None:
            watch.plain = passages
        else:
            self._check_names(exchange, watch)
            passages = self._passages(exchange, watch)
        if not passages:
            return None
        if self.looks_afterwards:
            watch.seen += passages
        if watch.is_quiet(passages):
            return None
        return self._judge_request(exchange, watch, passages)

    async def _judge_request(
        self, exchange: Exchange, watch: Watch, passages: Sequence[Passage]
    ) -> None:
        policy = self.inline
        changes: dict[str, Any] = {}
        verdict = await watch.judge(passages, is_answer=False)
        while verdict is not None and verdict.remedy is not None:
            remedy, rule = verdict.remedy, verdict.ended_by
            if remedy.kind == "block":
                raise GuardBlocked(remedy.text or _BLOCKED)
            if self._go_another_way(exchange, watch, remedy):
                changes |= remedy.settings if remedy.kind == "retry" else {}
                watch.remedied(rule, remedy.kind, "done", "", "")
                policy = overruled(policy, rule)
            else:
                policy = spent(policy, rule, wholly=True)
            verdict = await watch.judge(passages, policy=policy, is_answer=False, is_again=True)
        if verdict is not None:
            watch.restore = verdict.restore
            self._change(exchange, watch, passages, verdict.messages, changes)

    def _check_names(self, exchange: Exchange, watch: Watch) -> None:
        name = lookalike(exchange.body)
        if name and any(rule.mode == "enforce" for rule in self.inline.rules):
            raise BadRequest(f"Some servers read {name!r} as {name.casefold()!r}: leave it out.")
        if name:
            watch.bypass("request:lookalike")

    def _passages(self, exchange: Exchange, watch: Watch) -> list[Passage]:
        """The texts of a request; what cannot be looked at is told."""
        dialect = exchange.endpoint.dialect
        if not dialect or dialect in EMBEDDINGS:
            return of_other(exchange.body)
        if exchange.asked is None and (plain := of_plain_request(dialect, exchange.body)):
            watch.plain = plain
            return plain
        request = asked(exchange)
        if request is None:
            return of_other(exchange.body)
        for modality, count in uninspected(request.messages).items():
            watch.bypass(f"media:{modality}", count)
            say_unseen(exchange, modality, count)
        return of_request(request)

    def knows_quiet(self, passages: Sequence[Passage]) -> bool:
        """Whether it is known of all these texts that nothing follows from them."""
        return self.breaker.call(self._known_quiet, passages, False)

    def _known_quiet(self, passages: Sequence[Passage]) -> bool:
        return self._guard.knows_quiet(passages, self.inline)

    def evaluate_at_once(
        self, passages: Sequence[Passage], exchange: Exchange, policy: Policy,
        *, names: Names = _NO_NAMES, aside: Aside | None = None,
    ) -> Verdict | Later | None:  # fmt: skip
        """The verdict, where that takes less than about a millisecond, else LATER; None where the
        guard failed."""
        if policy is self.afterwards or self._waits():
            return LATER

        def ask(passages: Sequence[Passage]) -> Verdict | Later | None:
            if not self._guard.is_quick(passages, policy):
                return LATER
            return self._asking(exchange, policy, names, aside)(passages)

        return self.breaker.call(ask, passages, None)

    async def evaluate(
        self, passages: Sequence[Passage], exchange: Exchange, policy: Policy,
        *, names: Names = _NO_NAMES, aside: Aside | None = None,
    ) -> Verdict | None:  # fmt: skip
        """The verdict of a thread; None where the guard failed."""
        ask = self._asking(exchange, policy, names, aside)
        if policy is self.afterwards or self._waits():
            look = partial(self.breaker.call, ask, passages, None)
            return await asyncio.wrap_future(self._guard.submit(look))
        return await asyncio.to_thread(self.breaker.call, ask, passages, None)

    def _asking(
        self, exchange: Exchange, policy: Policy, names: Names, aside: Aside | None
    ) -> Callable[[Sequence[Passage]], Verdict | None]:
        return partial(
            self._guard.evaluate, policy=policy, names=names, sieve=self.sieve,
            caller=caller_of(exchange, self._organization_of),
            models=aside.from_threads if aside is not None else None,
        )  # fmt: skip

    @property
    def free(self) -> frozenset[Where]:
        """Places of an answer where no rule decides how a text passes that is being written."""
        if self._free is None:
            found = self.breaker.call(self._undecided, self.inline, None)
            self._free = found or frozenset()
        return self._free

    def late_rules(self, exchange: Exchange) -> Policy:
        """The rules that look at this call when its answer has gone, without their scopes."""
        caller = caller_of(exchange, self._organization_of)
        rules = (rule for rule in self.afterwards.rules if applies(rule.scope, caller))
        everybodys = tuple(replace(rule, scope=Scope()) for rule in rules)
        return replace(self.afterwards, rules=everybodys)

    def begun(self, text: str, where: Where, evidence: Evidence) -> int | None:
        """From where on a text of an answer has to wait that goes on; None: that is not known."""
        begun = partial(
            self._guard.begun, where=where, evidence=evidence, policy=self.inline,
            most=self.settings.hold_chars,
        )  # fmt: skip
        return self.breaker.call(begun, text, None)

    def _undecided(self, policy: Policy) -> frozenset[Where]:
        return frozenset(where for where in ANSWERS if not self._guard.decides(policy, where))

    def _waits(self) -> bool:
        if self._inline_waits is None:
            self._inline_waits = self.breaker.call(self._guard.takes_long, self.inline, None)
        return self._inline_waits is True

    @staticmethod
    def _go_another_way(exchange: Exchange, watch: Watch, remedy: Action) -> bool:
        """What a remedy means for a request that nobody has got yet."""
        if remedy.kind in ("reroute", "fallback") and watch.aside is not None:
            plan = plan_for(remedy, exchange, watch.aside.directory)
            if plan is not None:
                exchange.plan = plan
            return plan is not None
        return remedy.kind == "retry"

    @staticmethod
    def _change(
        exchange: Exchange, watch: Watch, passages: Sequence[Passage], edited: Sequence[str],
        changes: Mapping[str, Any],
    ) -> None:  # fmt: skip
        swaps = swaps_for(passages, edited)
        if swaps:
            exchange.body = rewritten(exchange.body, swaps)
        if changes:
            exchange.body = with_settings(exchange, changes)
        if swaps or changes:
            exchange.asked = exchange.translation = None
            watch.plain = None
            if exchange.head is not None:
                exchange.head = peek(exchange.body, needs_model=False)


def caller_of(exchange: Exchange, organization_of: Callable[[str], str] | None = None) -> Caller:
    """Whose call it is, as scopes ask."""
    tenant, project = exchange.tenant, exchange.project_id
    organization = organization_of(project) if organization_of is not None else ""
    return Caller(
        organization=tenant.organization_id if tenant is not None else organization,
        project=project, key=tenant.id if tenant is not None else "",
        account=tenant.account_id if tenant is not None else "",
        route=exchange.plan.route, model=exchange.requested_model,
        tags=tuple(exchange.caller.tags),
    )  # fmt: skip


def _is_of_answers(rule: Rule) -> bool:
    return not ANSWERS.isdisjoint(rule.where)


def plan_for(
    remedy: Action, exchange: Exchange, directory: Directory, tried: Sequence[Target] = ()
) -> Plan | None:
    """Whom a remedy wants to be asked; None where there is nobody else."""
    plan = exchange.plan
    if remedy.kind == "reroute":
        try:
            return directory.plan(remedy.target)
        except VedetteError:
            return None
    if remedy.kind == "fallback":
        known = [exchange.target or plan.targets[0], *tried]
        others = tuple(target for target in plan.targets if target not in known)
        return replace(plan, targets=others) if others else None
    return plan


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
    said = verdict.remedy.text if verdict.remedy is not None else ""
    return GuardBlocked(said or _BLOCKED_ANSWER)
