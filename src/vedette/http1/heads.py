"""Heads that come again: parsed twice, then known by their bytes.

A client repeats its head call after call, but for the length of the body. So a head is remembered
under its bytes without the digits of `Content-Length`. Whoever sends the same bytes again, with
any number in that place, means the same.

What is remembered went through the strict parser as the whole of a head, at the start of a
message, and is compared line by line with what the parser made of it. It frames its body by one
`Content-Length` and keeps the connection open; it expects, upgrades and codes nothing (the
connection offers no other). So for a known head nothing is left to the parser but to count.
"""

from vedette.http1.request import Head

HEADS = 256
HEAD_BYTES = 4096
"""So many heads are known, and none that is larger."""
_MET = 4096
_DIGITS = 15
_LENGTH = b"content-length"
_END = b"\r\n\r\n"
_CUT = b"ength: "
"""How every usual spelling of the field ends; other spellings are parsed."""
_FIELD = b"\r\ncontent-length: "


class Heads:
    """The heads that one server has seen."""

    def __init__(self) -> None:
        self._known: dict[bytes, Head] = {}
        self._met: set[int] = set()
        """Hashes of those that came once: a head that never comes again costs no more."""

    def __len__(self) -> int:
        return len(self._known)

    def find(self, data: bytes) -> tuple[Head, int, int] | None:
        """The head that `data` begins with, where it ends, and the length it announces."""
        cut = data.find(_CUT)
        if cut < 0:
            return None
        at = cut + 7
        stop = data.find(b"\r", at)
        digits = data[at:stop]
        if not digits.isdigit() or len(digits) > _DIGITS:
            return None
        end = data.find(_END, stop) + 4
        head = self._known.get(data[:at] + data[stop:end])
        return None if head is None else (head, end, int(digits))

    def remember(self, data: bytes, head: Head) -> None:
        """`data` begins with a head that the parser has read as `head`."""
        end = data.find(_END, 0, HEAD_BYTES) + 4
        if end < 4 or (at := data.find(_CUT, 0, end) + 7) < 7:
            return
        if data[at - len(_FIELD) : at].lower() != _FIELD:
            # The end of another field. Those bytes come first in every head of this key too, so
            # what `find` cuts is the length of what is known.
            return
        stop = data.find(b"\r", at)
        key = data[:at] + data[stop:end]
        if hash(key) not in self._met:
            if len(self._met) >= _MET:
                self._met.clear()
            self._met.add(hash(key))
        elif _says(data[: end - 4], head):
            if len(self._known) >= HEADS:
                self._known.clear()
            head.is_known = True
            self._known[key] = head


def _says(raw: bytes, head: Head) -> bool:
    """Whether these bytes are this head and one plain length, and nothing else."""
    first, *lines = raw.split(b"\r\n")
    fields = [(name.lower(), value) for name, _, value in (line.partition(b": ") for line in lines)]
    lengths = [value for name, value in fields if name == _LENGTH]
    others = [field for field in fields if field[0] != _LENGTH]
    line = b"%b %b HTTP/1.1" % (head.method.encode(), head.target)
    return first == line and others == head.headers and len(lengths) == 1 and lengths[0].isdigit()
