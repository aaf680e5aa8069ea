"""What of a stream is with the client before anybody has looked at it (`stream: optimistic`)."""

from collections.abc import Iterable

from vedette.gateway.channels import Item
from vedette.model.chat import End, Stop


class Ahead:
    """All of it but the end, which would say that all was well."""

    def __init__(self) -> None:
        self._has_stopped = False

    def told(self, items: Iterable[Item]) -> bytes:
        """What of these events, which came next, goes on at once: whole ones, so that an end of
        ours can follow."""
        out: list[bytes] = []
        for item in items:
            if any(isinstance(piece.delta, Stop | End) for piece in item.pieces):
                self._has_stopped = True
            if self._has_stopped:
                break
            item.is_told = True
            out.append(item.raw)
        return b"".join(out)
