"""Heads that come again: parsed twice, then known by their bytes.

A client repeats its head call after call, but for the length of the body and, where it is traced,
for `traceparent`. So a head is remembered under its bytes without these two values. Whoever sends
the same bytes again, with any digits and any trace in those places, means the same.

What is remembered went through the strict parser as the whole of a head, at the start of a
message, and is compared line by line with what the parser made of it. It frames its body by one
`Content-Length` and keeps the connection open; it expects, upgrades and codes nothing (the
connection offers no other). So for a known head nothing is left to the parser but to count.
"""

from vedette.http1.request import TRACE, Head

HEADS = 256
HEAD_BYTES = 4096
"""So many heads are known, and none that is larger."""
_MET = 4096
_DIGITS = 15
_LENGTH = b"content-length"
_END = b"\r\n\r\n"
_AT_LENGTH, _LENGTH_FIELD = b"ength: ", b"\r\ncontent-length: "
_AT_TRACE, _TRACE_FIELD = b"raceparent: ", b"\r\ntraceparent: "
"""How the usual spellings of the two fields end, and the whole field; others are parsed."""
_TRACE_BYTES = 55

_Key = tuple[bytes, ...]
Found = tuple[Head, int, int, bytes | None]
"""A known head, where it ends, and what this request has of its own: length and trace."""


class Heads:
    """The heads that one server has seen."""

    def __init__(self) -> None:
        self._known: dict[_Key, Head] = {}
        self._met: set[int] = set()
        """Hashes of those that came once: a head that never comes again costs no more."""

    def __len__(self) -> int:
        return len(self._known)

    def find(self, data: bytes) -> Found | None:
        """The head that `data` begins with, if it is known."""
        at = data.find(_AT_LENGTH) + 7
        stop = data.find(b"\r", at)
        digits = data[at:stop]
        if at < 7 or not digits.isdigit() or len(digits) > _DIGITS:
            return None
        end = data.find(_END, stop) + 4
        trace = None
        begin = data.find(_AT_TRACE, 0, end) + 12
        if begin < 12:
            head = self._known.get((data[:at], data[stop:end]))
        else:
            trace = data[begin : begin + _TRACE_BYTES]
            head = self._known.get(_key_of_two(data, at, stop, begin, end))
            if not trace.replace(b"-", b"").isalnum():
                return None
        return None if head is None else (head, end, int(digits), trace)

    def remember(self, data: bytes, head: Head) -> None:
        """`data` begins with a head that the parser has read as `head`."""
        end = data.find(_END, 0, HEAD_BYTES) + 4
        at = data.find(_AT_LENGTH, 0, end) + 7
        begin = data.find(_AT_TRACE, 0, end) + 12
        if end < 4 or not _ends(data, at, _LENGTH_FIELD):
            return
        stop = data.find(b"\r", at)
        if begin < 12:
            key: _Key = (data[:at], data[stop:end])
        elif _ends(data, begin, _TRACE_FIELD) and data[begin + _TRACE_BYTES :][:1] == b"\r":
            key = _key_of_two(data, at, stop, begin, end)
        else:
            return
        if hash(key) not in self._met:
            if len(self._met) >= _MET:
                self._met.clear()
            self._met.add(hash(key))
        elif _says(data[: end - 4], head):
            if len(self._known) >= HEADS:
                self._known.clear()
            known = self._known[key] = head if begin < 12 else _untraced(head)
            known.is_known = True


def _key_of_two(data: bytes, at: int, stop: int, begin: int, end: int) -> _Key:
    """The bytes around both values, in their order."""
    after = begin + _TRACE_BYTES
    if begin > stop:
        return data[:at], data[stop:begin], data[after:end]
    return data[:begin], data[after:at], data[stop:end]


def _ends(data: bytes, at: int, field: bytes) -> bool:
    """Whether the bytes before `at` are the name of this field and not the end of another."""
    return at >= len(field) and data[at - len(field) : at].lower() == field


def _untraced(head: Head) -> Head:
    """The head without its trace, which is each request's own."""
    lasting = [field for field in head.headers if field[0] != TRACE]
    return Head(head.method, head.target, lasting)


def _says(raw: bytes, head: Head) -> bool:
    """Whether these bytes are this head and one plain length, and nothing else."""
    first, *lines = raw.split(b"\r\n")
    fields = [(name.lower(), value) for name, _, value in (line.partition(b": ") for line in lines)]
    lengths = [value for name, value in fields if name == _LENGTH]
    others = [field for field in fields if field[0] != _LENGTH]
    traces = [name for name, _ in others if name == TRACE]
    line = b"%b %b HTTP/1.1" % (head.method.encode(), head.target)
    return (
        first == line and others == head.headers and len(traces) <= 1
        and len(lengths) == 1 and lengths[0].isdigit()
    )  # fmt: skip
