"""Items of the guard's API: what is asked, the verdict, and what the audit log gets of it."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from vedette.api.bodies import InvalidBody
from vedette.api.threads import StoreThreads
from vedette.audit.verdicts import evaluation_event
from vedette.errors import VedetteError
from vedette.guard.desk import GuardDesk
from vedette.guard.engine import Caller, Passage
from vedette.model.audit import AuditEvent
from vedette.model.policy import (
    ActionKind,
    Bypass,
    Finding,
    Fired,
    Policy,
    Ruling,
    Verdict,
    Where,
)
from vedette.ports.detector import Evidence

Note = Callable[[Sequence[AuditEvent]], None]
"""Has events in the audit log; may block."""

_WHERE_OF_ROLE: dict[str, Where] = {
    "system": "system", "developer": "system", "user": "input", "assistant": "output",
    "model": "output", "tool": "tool_result", "function": "tool_result",
}  # fmt: skip


class EvidenceBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known beside the text, for detectors that compare."""

    system_prompt: str = ""
    canaries: Annotated[tuple[str, ...], Meta(max_length=100)] = ()
    schema: Any = None
    tools: dict[str, Any] = {}
    tool_name: str = ""
    question: str = ""
    sources: Annotated[tuple[str, ...], Meta(max_length=1_000)] = ()

    def known(self) -> Evidence:
        """The same as detectors read it."""
        return Evidence(**{name: getattr(self, name) for name in self.__struct_fields__})


class GuardItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to evaluate: a text, or the messages of a conversation."""

    text: str | None = None
    messages: tuple[dict[str, Any], ...] | None = None
    """`role` and `content` (a text or parts), as in chat completions."""
    where: Annotated[
        Where, Meta(description="Where the text stands; messages stand where their role says.")
    ] = "input"
    detectors: Annotated[tuple[str, ...], Meta(max_length=50)] | None = None
    """Ask these only; without, those of the policy."""
    policy: Annotated[str, Meta(max_length=80, description="Its name; `balanced` without.")] = ""
    project: Annotated[
        str, Meta(max_length=200, description="Id or name; its allow-lists and thresholds hold.")
    ] = ""
    evidence: EvidenceBody = EvidenceBody()


class EvaluateResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """The verdict on one item. Ranges are characters of the text as it was sent."""

    action: ActionKind
    text: Annotated[str, Meta(description="After redaction; of messages: all, joined.")]
    messages: tuple[str, ...] | None = None
    findings: tuple[Finding, ...]
    scores: Annotated[
        dict[str, float], Meta(description="Every detector that was asked, in [0, 1].")
    ]
    rules: tuple[Fired, ...]
    rulings: Annotated[tuple[Ruling, ...], Meta(description="What judges said.")]
    bypassed: tuple[Bypass, ...]
    allowed: Annotated[tuple[str, ...], Meta(description="Entries of allow-lists that counted.")]
    restore: Annotated[dict[str, str], Meta(description="What placeholders of `mask` stand for.")]
    policy: str
    policy_version: int
    latency_ms: float


class EvaluationDelivered(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the callback gets."""

    id: str
    results: tuple[EvaluateResult, ...] = ()
    error: str = ""
    """Why there are none."""


class Asked(NamedTuple):
    """An item, its name in messages, its texts, and in whose name they are looked at."""

    item: GuardItem
    name: str
    passages: tuple[Passage, ...]
    caller: Caller

    @classmethod
    def of(cls, item: GuardItem, name: str, project_id: str) -> "Asked":
        """Raises InvalidBody."""
        return cls(item, name, tuple(_passages(item, name)), Caller(project=project_id))


async def verdict_on(
    one: Asked, desk: GuardDesk, threads: StoreThreads, note: Note
) -> EvaluateResult:
    """The verdict; where it may have to wait for others, in a thread that the store can spare."""
    waits = await threads.run(desk.waits, one.item.policy, one.item.detectors)
    evaluated = partial(_evaluate, desk, one)
    if waits:
        policy, verdict = await asyncio.wrap_future(desk.engine.submit(evaluated))
    else:
        policy, verdict = await threads.run(evaluated)
    if events := _events(one, policy, verdict):
        await threads.run(note, events)
    return verdict_shape(policy, verdict, has_messages=one.item.messages is not None)


def write_items(asked: Sequence[Asked]) -> bytes:
    """Items as they wait for a callback, with the ids of their projects."""
    items = []
    for item, _, _, caller in asked:
        fields = {name: getattr(item, name) for name in GuardItem.__struct_fields__}
        items.append(GuardItem(**{**fields, "project": caller.project}))
    return msgspec.json.encode(items)


class Deliveries:
    """Works out what callbacks wait for: see `Callbacks`."""

    def __init__(self, desk: GuardDesk, note: Note) -> None:
        self._desk = desk
        self._note = note

    async def __call__(self, id: str, items: bytes) -> bytes:
        """What is posted. Never raises our errors: it tells of them."""
        try:
            found = msgspec.json.decode(items, type=tuple[GuardItem, ...])
            asked = [
                Asked.of(item, f"items[{index}]", item.project) for index, item in enumerate(found)
            ]
            results = [await self._verdict_on(one, f"{id}:{n}") for n, one in enumerate(asked)]
        except VedetteError as error:
            return msgspec.json.encode(EvaluationDelivered(id, error=error.message))
        return msgspec.json.encode(EvaluationDelivered(id, tuple(results)))

    async def _verdict_on(self, one: Asked, source: str) -> EvaluateResult:
        engine = await asyncio.to_thread(lambda: self._desk.engine)
        evaluated = partial(_evaluate, self._desk, one)
        policy, verdict = await asyncio.wrap_future(engine.submit(evaluated))
        if events := _events(one, policy, verdict, source):
            await asyncio.to_thread(self._note, events)
        return verdict_shape(policy, verdict, has_messages=one.item.messages is not None)


def _evaluate(desk: GuardDesk, one: Asked) -> tuple[Policy, Verdict]:
    item = one.item
    return desk.evaluate(
        one.passages, policy=item.policy, detectors=item.detectors, caller=one.caller
    )


def _events(one: Asked, policy: Policy, verdict: Verdict, source: str = "") -> list[AuditEvent]:
    event = evaluation_event(one.caller.project, policy, verdict, source=source)
    return [] if event is None else [event]


def verdict_shape(policy: Policy, verdict: Verdict, *, has_messages: bool) -> EvaluateResult:
    return EvaluateResult(
        action=verdict.action,
        text=verdict.text,
        messages=verdict.messages if has_messages else None,
        findings=verdict.findings,
        scores=verdict.scores,
        rules=verdict.fired,
        rulings=verdict.rulings,
        bypassed=verdict.bypassed,
        allowed=verdict.allowed,
        restore=verdict.restore,
        policy=policy.name,
        policy_version=policy.version,
        latency_ms=verdict.latency_ms,
    )


def _passages(item: GuardItem, name: str) -> Iterator[Passage]:
    """The texts of an item; raises InvalidBody."""
    evidence = item.evidence.known()
    if (item.text is None) == (item.messages is None):
        raise InvalidBody(f"Give {name} either `text` or `messages`.")
    if item.text is not None:
        yield Passage(text=item.text, where=item.where, evidence=evidence)
    for index, message in enumerate(item.messages or ()):
        role, content = message.get("role"), message.get("content")
        if not isinstance(role, str):
            raise InvalidBody(f"messages[{index}] of {name} has no `role`.")
        where = _WHERE_OF_ROLE.get(role, item.where)
        yield Passage(text=_text_of(content, index, name), where=where, evidence=evidence)


def _text_of(content: object, index: int, name: str) -> str:
    """The text of a message: a string, or the texts of its parts."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    if isinstance(content, Sequence):
        texts = [part.get("text") for part in content if isinstance(part, dict)]
        return "\n".join(text for text in texts if isinstance(text, str))
    raise InvalidBody(f"messages[{index}] of {name}: `content` must be a text or a list of parts.")
