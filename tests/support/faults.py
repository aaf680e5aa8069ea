"""What providers do on a bad day, and what a client must get all the same.

Each fault is played by the first target of a route with two; the second one is well. `expect` says
what the client sees and how each attempt ended; `fault_runs` plays it and compares.
"""

import time
from collections.abc import Callable, Sequence
from email.utils import formatdate
from typing import Any

import msgspec

from tests.support.answers import (
    Cut,
    Pause,
    Reset,
    Script,
    Send,
    Stall,
    answer,
    answer_in_pieces,
    cut_after,
    reset_after,
    stalled_after,
)
from tests.support.fault_wires import SAID, WIRES, Wire
from tests.support.providers import KINDS

PAIRS = {"openai": ("openai_chat", "openai_chat"), "mixed": ("anthropic", "openai_chat")}
"""Dialects of the first and of the second target; the client always speaks OpenAI's chat."""
OTHERS = {name: (name, "openai_chat") for name in WIRES if name not in ("openai_chat", "anthropic")}
"""Pairs with one of the other providers as the first target."""
OK = ""
"""How the attempt ends that the client has its answer from."""

Play = Callable[[Wire], Sequence[Script]]


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One fault and what must come of it."""

    name: str
    play: Play = lambda wire: ()
    """What the first target does, request by request; then it is well."""
    second: Play = lambda wire: ()
    """The same for the second target."""
    place: str = ""
    """`refused`, `dns`, `tls`: where the first target cannot even be reached; `all refused`."""
    modes: tuple[bool, ...] = (False, True)
    """Unstreamed, streamed."""
    sees: str = "answer"
    """`answer` (whole), `error` (an error answer) or `broken` (an error in the stream)."""
    attempts: tuple[str, ...] = ()
    """How each ended; `|` between words that are as good."""
    sees_mixed: str = ""
    """Where it differs for the pair whose first target speaks another dialect than the client."""
    attempts_mixed: tuple[str, ...] | None = None
    at_least_s: float = 0.0
    within_s: float = 4.0
    recoverable: bool = True
    on_break: str = "error"
    one_target: bool = False

    def expected(self, pair: str) -> tuple[str, tuple[str, ...]]:
        if pair == "mixed":
            sees = self.sees_mixed or self.sees
            return sees, self.attempts if self.attempts_mixed is None else self.attempts_mixed
        return self.sees, self.attempts

    def is_recoverable(self, pair: str) -> bool:
        """Whether somebody else, or the same provider later, can answer."""
        return self.recoverable and self.expected(pair)[0] == "answer"


def _before_head() -> list[Fault]:
    plays: dict[str, tuple[Script, str]] = {
        "reset before the head": ((Reset(),), "reset"),
        "closed before the head": ((Cut(),), "closed_before_head"),
        "closed inside the head": ((Send(b"HTTP/1.1 200 OK\r\nCont"), Cut()), "closed_before_head"),
        "no HTTP": ((Send(b"\x15\x03\x01\x00\x02\x02\x46\r\n\r\n"), Stall()), "bad_response"),
        "no head (stall)": ((Stall(),), "first_byte_timeout"),
        "a page of HTML with status 200": (
            answer(b"<html>Welcome</html>", content_type="text/html"), "wrong_content_type",
        ),
        "an empty answer with status 200": (answer(b""), "invalid_answer"),
    }  # fmt: skip
    places = {
        "connection refused": ("refused", "connect_refused"),
        "name not known (DNS)": ("dns", "dns_failure|connect_timeout"),
        "TLS fails": ("tls", "tls_failure|connect_timeout"),
    }
    return [
        *(Fault(name=n, place=place, attempts=(c, OK)) for n, (place, c) in places.items()),
        *(_played(name, script, code) for name, (script, code) in plays.items()),
    ]


def _played(name: str, script: Script, code: str, **changes: Any) -> Fault:
    return Fault(name=name, play=lambda _: [script], attempts=(code, OK), **changes)


def _wired(name: str, play: Callable[[Wire], Script], *attempts: str, **changes: Any) -> Fault:
    return Fault(name=name, play=lambda wire: [play(wire)], attempts=attempts, **changes)


def _statuses() -> list[Fault]:
    def status(number: int, *more: str, **changes: Any) -> Fault:
        return _wired(
            f"status {number}", lambda wire: wire.refusal(number), f"http_{number}", *more,
            **changes,
        )  # fmt: skip

    return [
        *(status(number, OK) for number in (408, 409, 425, 429, 500, 502, 503, 504, 529)),
        *(
            status(number, sees="error", recoverable=False)
            for number in (400, 401, 403, 404, 413, 422)
        ),
    ]


Value = str | Callable[[], str]


def _date(seconds: float) -> Callable[[], str]:
    """So many seconds from now, at the time of the answer."""
    return lambda: formatdate(time.time() + seconds, usegmt=True)


def _waits() -> list[Fault]:
    """Both targets fail once; the first says when to come again."""
    forms: dict[str, tuple[tuple[str, Value], float]] = {
        "Retry-After: 1": (("retry-after", "1"), 1.0),
        "retry-after-ms: 300": (("retry-after-ms", "300"), 0.3),
        "x-ms-retry-after-ms: 300": (("x-ms-retry-after-ms", "300"), 0.3),
        "Retry-After: a date in a second or two": (("retry-after", _date(2)), 0.5),
        "Retry-After: a date that is over": (("retry-after", _date(-60)), 0.0),
        "Retry-After: nonsense (back-off instead)": (("retry-after", "soon"), 0.1),
    }

    def waiting(name: str, header: tuple[str, Value], status: int, at_least_s: float) -> Fault:
        field, value = header

        def play(wire: Wire) -> list[Script]:
            told = value if isinstance(value, str) else value()
            return [wire.refusal(status, headers=[(field, told)])]

        return Fault(
            name=f"status {status}, {name}",
            play=play,
            second=lambda wire: [wire.refusal(503)],
            attempts=(f"http_{status}", "http_503", OK),
            at_least_s=at_least_s,
            within_s=at_least_s + 4.0,
        )

    found = [waiting(n, h, 429, s) for n, (h, s) in forms.items()]
    found += [waiting("Retry-After: 1", ("retry-after", "1"), s, 1.0) for s in (503, 529)]
    return found


def _no_use() -> list[Fault]:
    """The first target is not asked twice, whatever the second one does."""

    def once(name: str, play: Callable[[Wire], Script], code: str) -> Fault:
        return Fault(
            name=name,
            # Asked once more it would fail once more, and the attempts would be used up.
            play=lambda wire: [play(wire)] * 3,
            second=lambda wire: [wire.refusal(500, headers=[("retry-after-ms", "1")])],
            attempts=(code, "http_500", OK),
        )

    return [
        once(
            "429 insufficient_quota", lambda w: w.refusal(429, "insufficient_quota"), "http_429"
        ),
        once(
            "x-should-retry: false",
            lambda w: w.refusal(503, headers=[("x-should-retry", "false")]), "http_503",
        ),
        once(
            "Retry-After: 3600", lambda w: w.refusal(429, headers=[("retry-after", "3600")]),
            "http_429",
        ),
        once("no head, and then the other fails", lambda _: (Stall(),), "first_byte_timeout"),
        Fault(
            name="status 503 of the only target", play=lambda wire: [wire.refusal(503)],
            attempts=("http_503", OK), one_target=True,
        ),
    ]  # fmt: skip


def _cut_bodies() -> list[Fault]:
    only: Any = {"modes": (False,)}
    return [
        _wired("body cut", lambda w: cut_after(w.whole(), 200), "closed_early", OK, **only),
        _wired("body reset", lambda w: reset_after(w.whole(), 200), "reset", OK, **only),
        _wired("body stalls", lambda w: stalled_after(w.whole(), 200), "idle_timeout", OK, **only),
        _wired(
            "body cut where only the close ends it",
            lambda w: answer(KINDS[w.dialect].whole(SAID)[:150], framing="close"),
            "invalid_answer", OK, **only,
        ),
    ]  # fmt: skip


PING = b"4\r\n: \n\n\r\n"


def _before_output() -> list[Fault]:
    only: Any = {"modes": (True,)}
    pings = tuple(step for _ in range(18) for step in (Pause(0.1), Send(PING)))
    return [
        _wired("head, then silence", lambda w: w.open(0, Stall()), "idle_timeout", OK, **only),
        _wired(
            "preamble, then silence", lambda w: w.open(w.preamble, Stall()),
            "idle_timeout", OK, **only,
        ),
        _wired(
            "preamble, then pings only", lambda w: w.open(w.preamble, *pings, Stall()),
            "first_token_timeout", OK, **only,
        ),
        _wired(
            "preamble, then cut", lambda w: w.open(w.preamble, Cut()), "closed_early", OK, **only
        ),
        _wired("preamble, then reset", lambda w: w.open(w.preamble, Reset()), "reset", OK, **only),
        _wired("an empty stream", lambda w: w.events(0), "stream_incomplete", OK, **only),
        _wired(
            "bytes that are no events", lambda _: answer_in_pieces([b"\x00\xffjunk\n" * 9]),
            "stream_incomplete", OK, **only,
        ),
        _wired(
            "preamble, then the end", lambda w: w.events(w.preamble), "stream_incomplete", OK,
            **only,
        ),
        _wired(
            "error event before output", lambda w: w.events(w.preamble, w.error()),
            "overloaded|overloaded_error", OK, **only,
        ),
        Fault(
            # Its own bytes reach the client as they are; in translation there is nothing to pass.
            name="an event that is no JSON, before output",
            play=lambda w: [answer_in_pieces([b"data: {oops\n\n", *w.pieces()])],
            sees="broken", attempts=(OK,), attempts_mixed=("malformed_event", OK),
            sees_mixed="answer", **only,
        ),
    ]  # fmt: skip


def _in_the_middle() -> list[Fault]:
    plays: dict[str, tuple[Callable[[Wire], Script], str]] = {
        "cut": (lambda w: w.open(w.begun, Cut()), "closed_early"),
        "reset": (lambda w: w.open(w.begun, Pause(0.05), Reset()), "reset"),
        "silence": (lambda w: w.open(w.begun, Stall()), "idle_timeout"),
        "the end, but no terminal event": (lambda w: w.events(w.begun), "stream_incomplete"),
        "the end by a close": (
            lambda w: w.closed(w.pieces()[: w.begun]),
            "stream_incomplete",
        ),
        "cut inside an event": (
            lambda w: w.closed([*w.pieces()[: w.begun], w.pieces()[w.begun][:20]]),
            "stream_incomplete|malformed_event",
        ),
    }  # fmt: skip
    found = []
    for name, (play, code) in plays.items():
        found.append(
            _wired(
                f"output, then {name}", play, code, modes=(True,), sees="broken", recoverable=False
            )
        )
        found.append(
            _wired(
                f"output, then {name}; on_break: restart", play, code, OK, modes=(True,),
                on_break="restart",
            )
        )  # fmt: skip
    return [*found, *_told_in_the_middle()]


def _told_in_the_middle() -> list[Fault]:
    only: Any = {"modes": (True,), "sees": "broken", "recoverable": False}
    return [
        _wired(
            "output, then an error event", lambda w: w.events(w.begun, w.error()),
            "overloaded|overloaded_error|stream_error", **only,
        ),
        _wired(
            "output, then an event that is no JSON",
            lambda w: w.events(w.begun, b"data: {oops\n\n", *w.pieces()[w.begun :]),
            OK, attempts_mixed=("malformed_event",), **only,
        ),
    ]  # fmt: skip


def _all_dead() -> list[Fault]:
    only: Any = {"sees": "error", "recoverable": False}
    return [
        Fault(
            name="nobody can be reached", place="all refused",
            attempts=("connect_refused",) * 3, within_s=5.0, **only,
        ),
        Fault(
            name="all say 503", play=lambda w: [w.refusal(503)] * 3,
            second=lambda w: [w.refusal(503)] * 3, attempts=("http_503",) * 3, within_s=5.0, **only,
        ),
        Fault(
            name="all are silent", play=lambda _: [(Stall(),)] * 3,
            second=lambda _: [(Stall(),)] * 3, attempts=("first_byte_timeout",) * 2, **only,
        ),
    ]  # fmt: skip


def faults() -> list[Fault]:
    """All of them."""
    return [
        *_before_head(), *_statuses(), *_waits(), *_no_use(), *_cut_bodies(),
        *_before_output(), *_in_the_middle(), *_all_dead(),
    ]  # fmt: skip
