"""A kept stream that is told again at the pace of a stream: for interfaces that show text as it is
written. The answer is still marked as a kept one."""

import re

from vedette.gateway.exchange import Exchange

_TICK_S = 0.01
"""No shorter pauses: where more events are due, several go at once."""
_EVENTS = re.compile(rb".+?(?:\r?\n\r?\n|\Z)", re.DOTALL)
_LINES = re.compile(rb"[^\n]*(?:\n|\Z)")


def events(body: bytes, content_type: bytes) -> list[bytes]:
    """A stream in the pieces that a client would read; whole where it is not one of text."""
    if content_type.startswith(b"text/event-stream"):
        return _EVENTS.findall(body)
    if b"json" in content_type and b"\n" in body:
        return [line for line in _LINES.findall(body) if line]
    return [body]


async def write_paced(exchange: Exchange, pieces: list[bytes], per_s: float) -> None:
    """Write so many pieces a second, until the end or the client is gone."""
    response = exchange.response
    at_once = max(1, round(per_s * _TICK_S))
    pause_s = at_once / per_s
    for start in range(0, len(pieces), at_once):
        if start:
            await exchange.pause(pause_s)
        if exchange.gone:
            return
        response.write(b"".join(pieces[start : start + at_once]))
