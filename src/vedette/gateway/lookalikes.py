"""Names of fields that some servers take for others.

Servers in Go read `Messages` as `messages` (encoding/json matches names in any case, and 'ſ' and
the Kelvin sign as the letters they fold to); Vedette and most providers do not. A request with both
would have the guard look at one text and the model read another.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from vedette.dialects.reading import JSON_ERRORS, decode_whole

_NAMES: Final = frozenset(
    """arguments content contents input instructions messages parts prompt role suffix system
    system_instruction systeminstruction template text thinking tool_calls""".split()
)
"""Fields with texts, in lower case."""
_EXACT: Final = _NAMES | {"systemInstruction"}
_WITHIN: Final = _EXACT - {"arguments", "text", "role"}
"""What has other such fields below it; what is given to tools and said of them does not count."""
_FIRST: Final = frozenset({"input"})
"""Of these only the outermost: below, it is what a tool gets."""
_OTHER_CASE: Final = re.compile(
    rb'"(?=[A-Za-z_]*[A-Z])(?!systemInstruction")(?i:%b)"\s*:' % "|".join(sorted(_NAMES)).encode()
)
_LETTERS: Final = ("\u017f".encode(), "\u212a".encode())
_ESCAPED: Final = re.compile(rb"\\u(?:00[4-7]|017[fF]|212[aA])")
_DEPTH: Final = 16


def lookalike(body: bytes) -> str:
    """The name of a field that some servers read as another one; empty where there is none."""
    if not _may_have_one(body):
        return ""
    try:
        return next(_found(decode_whole(body), _DEPTH, is_outermost=True), "")
    except JSON_ERRORS:
        return ""


def _may_have_one(body: bytes) -> bool:
    """What can be said without reading the body as JSON."""
    # To look for one byte takes no time; for two it does.
    return (
        _OTHER_CASE.search(body) is not None
        or (not body.isascii() and any(letter in body for letter in _LETTERS))
        or (b"\\" in body and _ESCAPED.search(body) is not None)
    )


def _found(node: Any, depth: int, *, is_outermost: bool) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(node, list):
        for item in node:
            yield from _found(item, depth - 1, is_outermost=False)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name not in _EXACT and name.casefold() in _NAMES:
                yield name
            elif name in _WITHIN and (is_outermost or name not in _FIRST):
                yield from _found(value, depth - 1, is_outermost=False)
