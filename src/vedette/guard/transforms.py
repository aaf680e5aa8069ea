"""Templates that say what a text becomes: `{{ text | strip_markup | truncate(300) }}`.

A language so small that nothing has to be locked up: four names, filters from a list, no loops, no
attributes, no calls. Every filter takes time in proportion to the text.
"""

import html
import re
from collections.abc import Callable, Mapping
from typing import Final

import re2

from vedette.errors import ConfigError

NAMES: Final = ("text", "kinds", "rule", "where")
"""What a template may name: the text, what was found in it, which rule, where it stands."""
_MOST_PLACES: Final = 16
_PLACE: Final = re.compile(r"\{\{([^{}]{0,500})\}\}")
_FILTER: Final = re.compile(r"([a-z_]+)(?:\((\d{1,7})\))?")

_TAG: Final = re2.compile(r"(?s)<!--.*?-->|</?[A-Za-z][^<>]*>")
_LINK: Final = re2.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_MARKS: Final = re2.compile(r"(?m)^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?|```[^\n]*$)|\*\*|__|~~|`")
_ADDRESS: Final = re2.compile(r"(?i)\b(?:https?|ftp)://[^\s<>\"']+|\bwww\.[^\s<>\"']+")
_SPACE: Final = re2.compile(r"\s+")

Filter = Callable[[str, int], str]


def _strip_markup(text: str, _: int) -> str:
    return str(_MARKS.sub("", _LINK.sub(r"\1", _TAG.sub("", text))))


def _truncate(text: str, most: int) -> str:
    return text if len(text) <= most else text[: max(0, most - 1)] + "…"


FILTERS: Final[Mapping[str, tuple[Filter, bool]]] = {
    "strip_markup": (_strip_markup, False),
    "strip_links": (lambda text, _: str(_ADDRESS.sub("[link]", text)), False),
    "collapse": (lambda text, _: str(_SPACE.sub(" ", text)).strip(), False),
    "lowercase": (lambda text, _: text.lower(), False),
    "uppercase": (lambda text, _: text.upper(), False),
    "escape_html": (lambda text, _: html.escape(text, quote=False), False),
    "truncate": (_truncate, True),
    "last": (lambda text, most: text[-most:] if most else "", True),
}
"""By name, with whether it takes a number."""


def transform(template: str, values: Mapping[str, str]) -> str:
    """The template with its places filled. Raises ConfigError for one that `check` refuses."""
    return _PLACE.sub(lambda place: _filled(place[1], values), template)


def check(template: str) -> None:
    """Raises ConfigError that says what is wrong with a template."""
    places = _PLACE.findall(template)
    if not places:
        raise ConfigError("A template needs a place, like {{ text | truncate(300) }}.")
    if len(places) > _MOST_PLACES:
        raise ConfigError(f"A template may have {_MOST_PLACES} places, not {len(places)}.")
    rest = _PLACE.sub("", template)
    if "{{" in rest or "}}" in rest:
        raise ConfigError("A template has a place that does not end, or one inside another.")
    for place in places:
        _filled(place, dict.fromkeys(NAMES, ""))


def _filled(place: str, values: Mapping[str, str]) -> str:
    name, *filters = (part.strip() for part in place.split("|"))
    if name not in NAMES:
        raise ConfigError(f"Unknown name {name!r} in a template. Known: {', '.join(NAMES)}.")
    text = values.get(name, "")
    for one in filters:
        text = _filtered(one, text)
    return text


def _filtered(written: str, text: str) -> str:
    match = _FILTER.fullmatch(written)
    found = FILTERS.get(match[1]) if match is not None else None
    if match is None or found is None:
        known = ", ".join(FILTERS)
        raise ConfigError(f"Unknown filter {written[:80]!r} in a template. Known: {known}.")
    apply, takes_number = found
    if takes_number != (match[2] is not None):
        shape = f"{match[1]}(300)" if takes_number else match[1]
        raise ConfigError(f"Write the filter {match[1]!r} of a template as {shape!r}.")
    return apply(text, int(match[2] or 0))
