"""What is done to a text: ranges cut out, masked so that they can be put back, or replaced."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from vedette.model.policy import Action, Finding

_PLACEHOLDER: Final = re.compile(r"<[A-Z][A-Z0-9_]{0,60}_[0-9]{1,6}>")


class Edit(NamedTuple):
    """One range of a text and how it goes."""

    start: int
    end: int
    kind: str
    action: Action


class Edited(NamedTuple):
    """The text afterwards, and what each placeholder stands for."""

    text: str
    restore: dict[str, str]


def edits_of(findings: Iterable[Finding], action: Action) -> list[Edit]:
    """An edit for each finding."""
    return [
        Edit(finding.start, finding.end, finding.kind, action)
        for finding in findings
        if finding.end > finding.start
    ]


def apply_edits(
    text: str, edits: Sequence[Edit], *, taken: Mapping[str, str] = {}, others: Collection[str] = ()
) -> Edited:
    """The text with all edits applied; of ranges that overlap one remains, which covers both.

    Placeholders of `mask` are numbered by kind and stand for the same value wherever it comes up;
    `taken` holds those of other texts of the same conversation, which go on being used. `others`
    are names that mean something else: they are not used.
    """
    restore: dict[str, str] = dict(taken)
    placeholders = {value: name for name, value in restore.items()}
    numbers = _numbers((*restore, *others))
    pieces: list[str] = []
    at = 0
    for edit in _merged(edits):
        pieces.append(text[at : edit.start])
        pieces.append(_instead(text[edit.start : edit.end], edit, (restore, placeholders, numbers)))
        at = edit.end
    pieces.append(text[at:])
    return Edited("".join(pieces), restore)


def placeholders_in(text: str) -> list[str]:
    """What reads like a placeholder of `mask`, whoever wrote it."""
    return _PLACEHOLDER.findall(text)


def _numbers(names: Iterable[str]) -> Counter[str]:
    """The highest number in use of each kind."""
    numbers: Counter[str] = Counter()
    for name in names:
        kind, _, number = name[1:-1].rpartition("_")
        if number.isdecimal():
            numbers[kind] = max(numbers[kind], int(number))
    return numbers


def unmask(text: str, restore: Mapping[str, str], *, is_json: bool = False) -> str:
    """Put back what was masked; longest names first (`<EMAIL_12>` before `<EMAIL_1>`)."""
    for name in sorted(restore, key=len, reverse=True):
        if name in text:
            text = text.replace(name, in_json(restore[name]) if is_json else restore[name])
    return text


def in_json(text: str) -> str:
    """The text as it stands within a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _merged(edits: Sequence[Edit]) -> list[Edit]:
    merged: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, -one.end)):
        if merged and edit.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = last._replace(end=max(last.end, edit.end))
        else:
            merged.append(edit)
    return merged


def _instead(
    value: str, edit: Edit, names: tuple[dict[str, str], dict[str, str], Counter[str]]
) -> str:
    """What stands in place of a value; `names` are those of masks, both ways, and their numbers."""
    if edit.action.kind == "replace":
        return edit.action.text
    if edit.action.kind != "mask":
        return f"[{edit.kind}]"
    restore, placeholders, numbers = names
    if value not in placeholders:
        prefix = edit.kind.upper()
        numbers[prefix] += 1
        placeholders[value] = f"<{prefix}_{numbers[prefix]}>"
        restore[placeholders[value]] = value
    return placeholders[value]
