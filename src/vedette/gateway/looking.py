"""A whole answer, or what has come of a stream, before the guard: what of it may go."""

import contextlib
from collections.abc import Callable

from vedette.dialects.reading import Unreadable
from vedette.dialects.registry import CODECS, TALKS, Framing, framing_of
from vedette.errors import BadRequest, VedetteError
from vedette.gateway.aside import Spoken
from vedette.gateway.conditions import asked
from vedette.gateway.course import Anew, Course
from vedette.gateway.encoding import coding_of, decoded
from vedette.gateway.exchange import Exchange
from vedette.gateway.guarding import blocked_answer, swaps_for
from vedette.gateway.holding import Holding
from vedette.gateway.passages import (
    evidence_of,
    evidence_of_plain,
    of_answer,
    of_plain_answer,
    of_unread,
    rewritten,
    uninspected,
)
from vedette.gateway.translation import ChatTranslation, translation_of
from vedette.gateway.watching import Later, Watch
from vedette.gateway.window import Window
from vedette.guard.engine import Passage
from vedette.http1.response import Headers
from vedette.model.chat import Message
from vedette.model.policy import ANEW, Verdict
from vedette.ports.detector import Evidence

HELD_BYTES = 16_777_216
"""An answer of which more had to be held is ended."""
_UNPACKED_BYTES = 67_108_864


class TooLarge(VedetteError):
    """The answer cannot be looked at as a whole."""

    code = "guard_answer_too_large"
    status = 502


class BrokenOff(VedetteError):
    """An answer that was held has no end."""

    code = "upstream_broke_off"
    status = 502


class Packed(VedetteError):
    """The answer comes in a form that nobody here unpacks, or is damaged, or grows too large."""

    code = "invalid_answer"
    status = 502


class Held:
    """A streamed answer that waits for its end."""

    def __init__(self, status: int, headers: Headers, lines: bytes) -> None:
        self.status, self.headers, self.lines = status, headers, lines
        self.parts: list[bytes] = []
        self.size = 0

    def add(self, data: bytes) -> None:
        """Raises TooLarge."""
        self.parts.append(data)
        self.size += len(data)
        if self.size > HELD_BYTES:
            raise TooLarge("The answer is too large to be looked at as a whole.")

    def spoken(self) -> Spoken:
        return Spoken(self.status, self.headers, b"".join(self.parts), self.lines)


class Looking:
    """The looks at the answers of one exchange."""

    __slots__ = ("_course", "_exchange", "_left", "_watch", "_window", "looked", "loud")

    def __init__(self, exchange: Exchange, watch: Watch) -> None:
        self.looked: list[Passage] = []
        """What was looked at last."""
        self.loud: list[Passage] = []
        """Of a stream, what has to be judged before anything else of it passes."""
        self._course: Course | None = None
        self._left: Window | None = None
        """A stream of which not all was looked at as a whole."""
        self._window: Window | None = None
        self._exchange = exchange
        self._watch = watch

    @property
    def is_optimistic(self) -> bool:
        """Whether a stream passes before it is looked at. What was masked has to be put back: then
        nothing passes unseen."""
        guardian = self._watch.guardian
        return guardian.stream == "optimistic" and not self._watch.restore and not guardian.holds

    @property
    def course(self) -> Course:
        """The ways to another answer."""
        if self._course is None:
            self._course = Course(self._exchange, self._watch)
        return self._course

    @property
    def taken(self) -> tuple[str, ...]:
        """Remedies that brought an answer."""
        return tuple(self._course.names) if self._course is not None else ()

    def is_chat(self) -> bool:
        return self._exchange.endpoint.dialect in TALKS

    def framing(self, headers: Headers) -> Framing | None:
        exchange = self._exchange
        for name, value in headers:
            if name == b"content-type":
                dialect = exchange.endpoint.dialect
                return framing_of(value, dialect=dialect, stream=exchange.stream)
        return None

    def window(self, framing: Framing) -> Window:
        """A new window for a stream to this client."""
        self._left = self._window = made = self._new_window(framing)
        return made

    @property
    def is_rewriting(self) -> bool:
        """Whether something was changed in a stream."""
        return self._window is not None and self._window.is_rewriting

    def _new_window(self, framing: Framing) -> Window:
        exchange, watch, guardian = self._exchange, self._watch, self._watch.guardian
        translation = translation_of(exchange)
        assert isinstance(translation, ChatTranslation)
        dialect = exchange.endpoint.dialect
        holding = Holding(
            guardian.settings.hold_chars, whole=guardian.holds or guardian.stream == "whole",
            begun=guardian.begun, free=frozenset() if watch.restore else guardian.free,
        )  # fmt: skip
        return Window(
            CODECS[dialect], dialect, framing, translation.writer(),
            holding=holding, evidence=self._evidence(), can_write=translation.can_write,
        )  # fmt: skip

    def at_once(self, spoken: Spoken) -> bytes | None:
        """What of a whole answer that is no stream may go, where that can be said without waiting,
        else None.

        Raises as `settled`, and Anew.
        """
        read = self._read(spoken)
        if read is None:
            return spoken.body
        plain, passages = read
        watch = self._watch
        if not watch.restore and watch.is_quiet(passages):
            return spoken.body
        verdict = watch.judge_at_once(passages) if passages else None
        if isinstance(verdict, Later):
            return None
        return self._edited(spoken, plain, self._heard(verdict, passages), passages)

    async def settled(self, spoken: Spoken, wanted: Anew | None = None) -> tuple[Spoken, bytes]:
        """The answer that the client gets, and what of it; `wanted` says that another one must
        come. Raises GuardBlocked, GuardFailed."""
        while True:
            if wanted is not None:
                said = [passage.text for passage in self.looked]
                spoken = await self.course.another(wanted.verdict, said, spoken)
            try:
                return spoken, await self._looked_at(spoken)
            except Anew as again:
                wanted = again

    def glance(self, window: Window) -> bytes:
        """What may pass by now, as far as that is known or quickly seen; what has to be judged
        first is `loud` then, and `look` goes on from there. Raises NotRewritten."""
        passed = b""
        while passages := window.passages():
            self.looked = passages
            if not self._watch.is_quiet(passages):
                self.loud = passages
                return passed + window.released()
            passed += window.pass_on([p.text for p in passages], self._watch.unmasked)
        if window.is_ended:
            self._left = None
            self._tell_unread(window)
        return passed or window.released()

    async def look(self, window: Window, tell: Callable[[bytes], None]) -> bytes:
        """What may pass by now. Raises Anew, GuardBlocked, GuardFailed: then `tell` was given what
        may pass all the same."""
        passed = b"" if self.loud else self.glance(window)
        while passages := self.loud:
            self.loud = []
            try:
                verdict = await self._judge(passages, is_stream=True)
            except VedetteError:
                tell(passed)
                raise
            edited = [p.text for p in passages] if verdict is None else list(verdict.messages)
            if self.is_optimistic and any(
                text != passage.text for text, passage in zip(edited, passages, strict=True)
            ):
                # It is with the client already.
                self._watch.bypass("optimistic")
                edited = [passage.text for passage in passages]
            passed += window.pass_on(edited, self._watch.unmasked)
            passed += self.glance(window)
        return passed

    async def look_at_rest(self) -> None:
        """Have told what was said, where a stream broke off; nothing follows from it any more."""
        window, self._left = self._left, None
        if window is not None:
            self._tell_unread(window)
            with contextlib.suppress(VedetteError):
                await self._watch.judge_rest(window.everything())

    def _tell_unread(self, window: Window) -> None:
        if count := window.unread.counted():
            self._watch.bypass("answer:unread_events", count)

    async def _looked_at(self, spoken: Spoken) -> bytes:
        """What of the answer may go. Raises Anew, GuardBlocked, GuardFailed."""
        framing = self.framing(spoken.headers)
        if framing is None:
            return await self._body(spoken)
        window = self.window(framing)
        window.feed(spoken.body)
        window.close()
        return await self.look(window, _nobody)

    async def _body(self, spoken: Spoken) -> bytes:
        read = self._read(spoken)
        if read is None:
            return spoken.body
        plain, passages = read
        verdict = await self._judge(passages) if passages else None
        return self._edited(spoken, plain, verdict, passages)

    def _read(self, spoken: Spoken) -> tuple[bytes, list[Passage]] | None:
        """A whole answer and its texts; None where it cannot be read."""
        coding = coding_of(spoken.headers)
        body, dialect = spoken.body, self._exchange.endpoint.dialect
        plain = _unpacked(body, coding) if coding else body
        evidence = self._evidence()
        passages = of_plain_answer(dialect, plain, evidence)
        if not passages:
            messages: tuple[Message, ...] = ()
            try:
                answer = CODECS[dialect].read_answer(plain)
                messages, passages = answer.messages, of_answer(answer, evidence)
            except Unreadable:
                passages = of_unread(plain)
                if not passages:
                    self._watch.bypass("answer:unreadable")
                    return None
            passages = passages or of_unread(plain)
            for modality, count in uninspected(messages).items():
                self._watch.bypass(f"media:{modality}", count)
        self.looked = passages
        return plain, passages

    def _evidence(self) -> Evidence:
        """What the request says that detectors of the answer need."""
        plain = self._watch.plain
        if plain is not None:
            return evidence_of_plain(plain)
        return evidence_of(asked(self._exchange))

    def _edited(
        self, spoken: Spoken, plain: bytes, verdict: Verdict | None, passages: list[Passage]
    ) -> bytes:
        edited = [p.text for p in passages] if verdict is None else list(verdict.messages)
        places = (passage.where for passage in passages)
        swaps = swaps_for(passages, map(self._watch.unmasked, edited, places))
        return rewritten(plain, swaps) if swaps else spoken.body

    async def _judge(self, passages: list[Passage], *, is_stream: bool = False) -> Verdict | None:
        """Raises Anew, GuardBlocked, GuardFailed."""
        return self._heard(await self._watch.judge(passages, is_stream=is_stream), passages)

    def _heard(self, verdict: Verdict | None, passages: list[Passage]) -> Verdict | None:
        if self._course is not None:
            self._course.heard([passage.text for passage in passages])
        if verdict is None or verdict.remedy is None:
            return verdict
        if verdict.remedy.kind in ANEW and self._watch.guardian.holds:
            raise Anew(verdict)
        raise blocked_answer(verdict)


def why_unread(headers: Headers) -> str:
    """Why an answer that comes in pieces and is no stream of events is not looked at."""
    kind = next((value for name, value in headers if name == b"content-type"), b"")
    return "too_large" if b"json" in kind.lower() else "unreadable"


def _unpacked(body: bytes, coding: bytes) -> bytes:
    """Raises Packed."""
    try:
        return decoded(body, coding, limit=_UNPACKED_BYTES)
    except BadRequest as error:
        raise Packed(f"The provider's answer cannot be looked at. {error.message}") from None


def _nobody(data: bytes) -> None:
    """Nothing has been said to the client yet."""
