"""Invisible characters are found; their honest uses are not."""

import pytest

from tests.support.subjects import look, values
from vedette.detectors.invisible import create

INVISIBLE = create({})


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("tag_characters", "hi" + "".join(chr(0xE0000 + ord(ch)) for ch in "obey")),
        ("variation_selectors", "😀" + "\U000e0155\U000e0162\U000e0120"),
        ("bidi_override", "file \u202egnp.exe"),
        ("zero_width", "ig\u200bnore"),
        ("zero_width_run", "a \u200b\u200c\u200b\u200c b"),
        ("control", "a\x00b"),
    ],
)
def test_each_kind_is_found(kind: str, text: str) -> None:
    assert kind in [found for found, _ in values(INVISIBLE, text)]
    assert look(INVISIBLE, text).score >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "plain\ntext\t.",
        "👨‍👩‍👧 family",
        "می‌خواهم",
        "क्‍ष",
        "\ufeffbegins with a mark",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿 flag",
        "naïve ❤️",
        "שלום\u200f",
    ],
)
def test_honest_uses_cost_nothing(text: str) -> None:
    assert look(INVISIBLE, text).score < 0.5
