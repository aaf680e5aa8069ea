"""A stream that is looked at before it goes on: what may pass, what must wait, what is changed.

Without sockets and without a guard: bytes of the client's dialect go in, passages come out, and for
each the text that may be said instead comes back in. Each kind of text of each choice is a channel.
Of a channel that is still being written the end waits, where something may have begun (`holding`).
Channels that are over (the next one has begun, the choice has stopped) pass to their end; arguments
of a tool only then, since half of a JSON text says nothing.

While nothing is changed, the very bytes that came go on. From the first change on a writer goes on
that has kept step.
"""

from collections import deque
from collections.abc import Callable, Sequence
from types import ModuleType

from vedette.dialects.contract import Fault, StreamWriter
from vedette.dialects.registry import Framing
from vedette.dialects.stops import neutral_stop
from vedette.gateway.channels import (
    Asked,
    Channel,
    Item,
    Piece,
    Said,
    changed,
    divided,
    with_text,
)
from vedette.gateway.holding import MAX_HELD, Holding
from vedette.gateway.passages import NotRewritten, Unmask, as_it_is
from vedette.gateway.unread import Unread
from vedette.guard.engine import Passage
from vedette.guard.reading import with_tool
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    RawDelta,
    ReasoningDelta,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolEnd,
    ToolStart,
)
from vedette.model.policy import Where
from vedette.ports.detector import Evidence

CONTEXT = 512
"""Characters that have passed and are looked at once more with what follows."""
_FIRST_BYTES = 4_096
"""If no words of so much may pass, what comes next is in no hurry either."""


class Window:
    """One stream."""

    def __init__(
        self, codec: ModuleType, dialect: str, framing: Framing, writer: StreamWriter, *,
        holding: Holding, evidence: Evidence, can_write: bool = True,
    ) -> None:  # fmt: skip
        """`can_write` False: the dialect has no writer, and what would have to be changed ends the
        stream."""
        self.writer = writer
        self._follow: Callable[[Delta], object] = getattr(writer, "follow", writer.write)
        self.can_write = can_write
        self.is_rewriting = False
        """Whether something was changed."""
        self.is_ended = False
        """Whether nothing more comes."""
        self._dialect = dialect
        self._framing = framing()
        self._read = codec.StreamReader().read
        self._holding = holding
        self._free = holding.free
        self._whole = holding.whole
        self._evidence = evidence
        self._items: deque[Item] = deque()
        self._channels: dict[Channel, Said] = {}
        self._names: dict[tuple[int, int], str] = {}
        self._callers: set[int] = set()
        self._asked: list[Asked] = []
        self._started = False
        self._has_stopped = False
        self._has_passed = False
        self._has_ended = False
        self.held_bytes = 0
        self.unread = Unread()

    def feed(self, data: bytes) -> list[Item]:
        """Take what the client would have got; returns the events. Raises FramingError."""
        return [self._take(event.raw, event.data) for event in self._framing.feed(data)]

    def close(self) -> None:
        """Nothing more comes."""
        for event in self._framing.close():
            self._take(event.raw, event.data)
        self.is_ended = True
        for said in self._channels.values():
            said.is_over = True

    @property
    def is_urgent(self) -> bool:
        """Whether somebody waits for what comes: for the first words, or as nothing need wait."""
        is_first = not self._has_passed and self.held_bytes < _FIRST_BYTES
        return is_first or "output" in self._free

    def passages(self) -> list[Passage]:
        """What should be looked at now; `pass_on` must follow."""
        if self._free:
            self._pass_free()
        self._asked = []
        passages: list[Passage] = []
        for channel, said in self._channels.items():
            if self._is_due(said):
                text = said.context + said.waiting
                is_all = said.is_over and not said.context and said.where == "output"
                evidence = self._evidence if is_all else said.evidence
                said.looked_whole = said.looked_whole or is_all
                passages.append(
                    Passage(
                        text=text, where=said.where, evidence=evidence,
                        offset=said.passed_chars - len(said.context),
                        is_part=said.is_kept and bool(said.context or not said.is_over),
                    )
                )  # fmt: skip
                asked = Asked(said, channel, said.waiting, said.is_over)
                asked.end = len(text) if said.is_over else said.end
                self._asked.append(asked)
            if said.is_over and not said.looked_whole and self._needs_whole(said):
                whole = "".join(said.whole)
                calls = said.where == "tool_arguments"
                evidence = said.evidence if calls else self._evidence
                passages.append(Passage(text=whole, where=said.where, evidence=evidence))
                self._asked.append(Asked(said, channel, whole, is_over=True, is_whole=True))
        return passages

    def pass_on(self, edited: Sequence[str], unmask: Unmask = as_it_is) -> bytes:
        """Take what the passages may say, in their order; returns what may go to the client, with
        what `unmask` puts back. What was fed since they were asked for waits for the next time."""
        asked, self._asked = self._asked, []
        for look, text in zip(asked, edited, strict=True):
            if look.is_whole:
                look.said.looked_whole = look.said.whole_size == len(look.text)
            else:
                self._settle(look, text, unmask)
        return self.released()

    def released(self) -> bytes:
        """What is free to go, in the order in which it came."""
        if self._free:
            self._pass_free()
        out: list[bytes] = []
        while self._items:
            free = self._rewritten(out) if self.is_rewriting else self._as_it_came(out)
            if not free:
                break
        if self.is_ended and self.is_rewriting and self._has_stopped and not self._items:
            # Some dialects end without an event that says so.
            out.append(self._written_end())
        return b"".join(out)

    def skip(self) -> None:
        """Have the writer keep step with what was told before it was looked at."""
        self._items = deque(item for item in self._items if item.is_told)
        for item in self._items:
            for piece in item.pieces:
                piece.left = 0
        self._whole = False
        self.released()

    def everything(self) -> list[Passage]:
        """All that was said, as far as it was kept."""
        return [
            Passage(text="".join(said.whole), where=said.where, evidence=said.evidence)
            for said in self._channels.values()
            if said.whole
        ]

    def stop(self, fault: Fault, *, said: str = "", error: bool = True) -> bytes:
        """End the stream here: with an error, or with some last words and their reason."""
        self._items.clear()
        self._has_ended = True
        if error or not self.can_write:
            return self.writer.error(fault)
        out = b"" if self._started else self.writer.write(Start())
        if said:
            out += self.writer.write(TextDelta(said))
        return out + self.writer.write(Stop("content_filter")) + self.writer.end()

    def _take(self, raw: bytes, data: bytes) -> Item:
        deltas: list[Delta] = self._read(data) if data else []
        if data:
            self.unread.take(data, deltas)
        item = Item(raw, data, [self._piece(delta) for delta in deltas])
        self._items.append(item)
        self.held_bytes += len(raw)
        return item

    def _piece(self, delta: Delta) -> Piece:
        match delta:
            case TextDelta(text=text, choice=choice) | RefusalDelta(text=text, choice=choice):
                return self._said(("output", choice, 0), delta, text)
            case ReasoningDelta(text=text, choice=choice, redacted=False):
                return self._said(("reasoning", choice, 0), delta, text)
            case ToolStart(index=index, name=name, choice=choice):
                self._names[choice, index] = name
                self._callers.add(choice)
                self._over(choice, but=("tool_arguments", choice, index))
            case ToolArguments(index=index, fragment=text, choice=choice):
                return self._said(("tool_arguments", choice, index), delta, text)
            case ToolEnd(index=index, choice=choice):
                if (said := self._channels.get(("tool_arguments", choice, index))) is not None:
                    said.is_over = True
            case Stop(choice=choice):
                self._over(choice, but=None)
            case _:
                pass
        return Piece(delta, None, "")

    def _said(self, channel: Channel, delta: Delta, text: str) -> Piece:
        if not text:
            return Piece(delta, None, "")
        said = self._channels.get(channel)
        if said is None:
            said = self._channels[channel] = self._new(channel)
        self._over(channel[1], but=channel)
        said.add(text)
        return Piece(delta, channel, text)

    def _new(self, channel: Channel) -> Said:
        kind, choice, index = channel
        if kind == "tool_arguments":
            name = self._names.get((choice, index), "")
            evidence = with_tool(self._evidence, name)
            return Said("tool_arguments", evidence, is_free="tool_arguments" in self._free)
        where: Where = "output" if kind == "output" else "reasoning"
        # A part of a text follows no schema.
        evidence = Evidence(
            system_prompt=self._evidence.system_prompt, canaries=self._evidence.canaries
        )
        return Said(where, evidence, is_free=where in self._free)

    def _over(self, choice: int, *, but: Channel | None) -> None:
        for channel, said in self._channels.items():
            if channel[1] == choice and channel != but:
                said.is_over = True

    def _is_due(self, said: Said) -> bool:
        if not said.waiting:
            return False
        if said.is_over:
            return self.is_ended or not self._whole
        return self._holding.is_due(said)

    def _pass_free(self) -> None:
        """Let pass what waits where nobody decides; it is looked at as a whole at its end."""
        for channel, said in self._channels.items():
            if said.waiting and said.is_free and said.is_kept:
                text, said.waiting = said.waiting, ""
                self._cleared(channel, len(text), None)
                said.context = (said.context + text)[-CONTEXT:]
                said.passed_chars += len(text)

    def _needs_whole(self, said: Said) -> bool:
        """Whether the whole of it was not what was looked at anyway."""
        if said.where == "tool_arguments" and not said.is_free:
            said.looked_whole = True
        elif said.where == "output" and self._evidence.schema is not None:
            return not self._whole or self.is_ended
        elif not said.context:
            said.looked_whole = True
        return not said.looked_whole

    def _settle(self, look: Asked, edited: str, unmask: Unmask) -> None:
        """Decide how far the channel may pass, and as what."""
        said = look.said
        window, shown = said.context + look.text, len(said.context)
        end = look.end
        said.looked = len(look.text)
        first, last = changed(window, edited) if edited != window else (0, 0)
        if last > end:
            # The change reaches into what may still grow: it waits, but not for ever.
            end = last if len(look.text) > MAX_HELD else min(end, first)
        if end <= shown:
            return
        self._has_passed = True
        # What is put before the first of it changes nothing that was there.
        is_changed = edited != window and last <= end and (shown < last or first == last == shown)
        passed = edited[min(first, shown) : len(edited) - (len(window) - end)]
        if not is_changed:
            passed = window[shown:end]
        instead = unmask(passed, said.where)
        if not is_changed and instead == passed:
            end = self._cleared(look.channel, end - shown, None) + shown
            passed = window[shown:end]
        else:
            self._cleared(look.channel, end - shown, instead)
        said.waiting = said.waiting[end - shown :]
        said.looked = min(said.looked, len(said.waiting))
        said.context = (said.context + passed)[-CONTEXT:]
        said.passed_chars += len(passed)

    def _cleared(self, channel: Channel, size: int, instead: str | None) -> int:
        """Let `size` characters of the channel pass, as `instead` where that is given; returns how
        many did: fewer where the bytes that came cannot be divided, or are not worth it."""
        self.is_rewriting = self.is_rewriting or instead is not None
        if self.is_rewriting and not self.can_write:
            raise NotRewritten("A stream of this form cannot be changed on its way.")
        passed = 0
        for item in self._items:
            for at, piece in enumerate(item.pieces):
                if piece.channel != channel or not piece.left or passed >= size:
                    continue
                if piece.left > size - passed:
                    # A space goes with its word, not in an event of its own.
                    is_blank = instead is None and piece.text[: size - passed].isspace()
                    if is_blank or not self.is_rewriting:
                        return passed
                    piece = divided(item.pieces, at, size - passed)
                passed += piece.left
                piece.left = 0
                if instead is not None:
                    piece.text, instead = instead, ""
        return passed

    def _as_it_came(self, out: list[bytes]) -> bool:
        """Let the next events pass untouched; False where they must wait.

        An event that says nothing (a block begins or ends) goes with the next one that does: should
        that one be written anew, the writer has begun and ended no block yet.
        """
        count = 0
        for item in self._items:
            count += 1
            if item.pieces or not item.data:
                break
        else:
            if not self.is_ended:
                return False
        if any(piece.left for piece in item.pieces) or (self._whole and not self.is_ended):
            return False
        for _ in range(count):
            item = self._items.popleft()
            self.held_bytes -= len(item.raw)
            for piece in item.pieces:
                if piece.channel is not None and self._started:
                    self._follow(piece.delta)
                else:
                    self._written(piece)
            if not item.is_told:
                out.append(item.raw)
        return True

    def _rewritten(self, out: list[bytes]) -> bool:
        """Write what the next event says anew; False where it must wait."""
        item = self._items[0]
        while item.pieces and not item.pieces[0].left:
            out.append(self._written(item.pieces.pop(0)))
        if item.pieces:
            return False
        self._items.popleft()
        self.held_bytes -= len(item.raw)
        return True

    def _written(self, piece: Piece) -> bytes:
        """The piece through the writer, which so keeps step."""
        match piece.delta:
            case RawDelta():
                return b""
            case ErrorDelta(message=message, type=kind, code=code):
                return self.writer.error(Fault(502, message, kind, code))
            case End():
                return self._written_end()
            case Start() if self._started:
                return b""
            case Stop(reason=reason, choice=choice, sequence=sequence):
                self._has_stopped = True
                word = neutral_stop(self._dialect, reason, calls=choice in self._callers)
                delta: Delta = Stop(word, choice, sequence)
            case _ if piece.channel is None:
                delta = piece.delta
            case _ if not piece.text:
                return b""
            case _:
                delta = with_text(piece.delta, piece.text)
        out = b""
        if not self._started and not isinstance(delta, Start):
            out = self.writer.write(Start())
        self._started = True
        return out + self.writer.write(delta)

    def _written_end(self) -> bytes:
        if self._has_ended:
            return b""
        self._has_ended = True
        return self.writer.end()
