"""How an answer is laid out: JSON, code, table, list, Markdown, plain text."""

import re
from typing import Literal, NamedTuple

from .normalize import canonical_json

Layout = Literal[
    "empty", "json", "code", "markup", "table", "list", "markdown", "word", "line", "text"
]
JsonState = Literal["", "valid", "invalid"]

_ITEM = re.compile(r"\n[ \t]*(?:[-*•+]|\d{1,3}[.)]|[a-zA-Z][.)])[ \t]+\S")
_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_ROW = re.compile(r"^\s*\|.*\|\s*$", re.MULTILINE)
_BOLD = re.compile(r"\*\*[^*\n]{1,200}\*\*|__[^_\n]{1,200}__")
_MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|[a-zA-Z][\w:-]*)[^>]{0,200}>", re.IGNORECASE)
_CODE_LINE = re.compile(
    r"^\s*(?:def |class |import |from \w+ import|#include|public |private |function |const |let "
    r"|var |return\b|SELECT |for .*:$|if .*:$|while .*:$|\w[\w.\[\]]* = |[})]\s*;?\s*$)",
    re.MULTILINE,
)
_CODE_HINTS = (" = ", "{", "}", "def ", "import", "include", "return", "SELECT", "for ", "if ")
_FENCE = "```"
_WORD_CHARACTERS = 24


class LayoutFacts(NamedTuple):
    """What `read_layout` counts."""

    layout: Layout
    json: JsonState = ""
    """Whether what looks like a JSON object or array is one; a fence around it is looked through.
    """
    fences: int = 0
    fence_first: bool = False
    items: int = 0
    headings: int = 0
    bolds: int = 0


def read_layout(text: str, whole: str) -> LayoutFacts:
    """`text` is the excerpt that is looked at, `whole` the answer: JSON is read to its end."""
    stripped = text.strip()
    if not stripped:
        return LayoutFacts("empty")
    fences = stripped.count(_FENCE)
    json = _json_state(whole)
    # A line break is found faster than the start of a line.
    items = len(_ITEM.findall(f"\n{stripped}"))
    headings = len(_HEADING.findall(stripped)) if "# " in stripped else 0
    bolds = len(_BOLD.findall(stripped)) if "**" in stripped or "__" in stripped else 0
    layout = _layout(stripped, json, items, headings + bolds)
    return LayoutFacts(layout, json, fences, stripped.startswith(_FENCE), items, headings, bolds)


def _layout(text: str, json: JsonState, items: int, marks: int) -> Layout:
    if json:
        return "json"
    lines = text.count("\n") + 1
    found: tuple[tuple[bool, Layout], ...] = (
        (_FENCE in text or _is_code(text, lines), "code"),
        (_MARKUP.match(text) is not None, "markup"),
        ("|" in text and len(_ROW.findall(text)) >= 2, "table"),
        (items >= 2, "list"),
        (marks >= 1, "markdown"),
        (lines == 1 and len(text) <= _WORD_CHARACTERS, "word"),
        (lines == 1, "line"),
    )
    return next((layout for holds, layout in found if holds), "text")


def _is_code(text: str, lines: int) -> bool:
    if lines < 2 or not any(hint in text for hint in _CODE_HINTS):
        return False
    return len(_CODE_LINE.findall(text)) * 3 >= lines


def _json_state(text: str) -> JsonState:
    text = text.strip()
    if text.startswith(_FENCE) and text.endswith(_FENCE) and len(text) >= 6:
        text = text[3:-3].removeprefix("json").strip()
    if not text or text[0] not in "{[":
        return ""
    # `[Yes]` is a verdict in brackets, no broken list.
    if canonical_json(text) is None:
        return "invalid" if re.match(r"\{\s*[\"}]|\[\s*[\[{\"\d]", text) else ""
    return "valid"
