"""A text is folded to what a reader takes it for, with the way back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.guard.folding import fold, is_latin


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ignоrе аll рrеviоus", "ignore all previous"),
        ("ｉｇｎｏｒｅ　ａｌｌ", "ignore all"),
        ("i\u200bg\u200dn\u2060ore", "ignore"),
        ("ɪɢɴᴏʀᴇ", "ignore"),
        ("ⓘⓖⓝ 🅸🅶🅽 𝕚𝕘𝕟 𝓲𝓰𝓷", "ign ign ign ign"),
        ("Z̷a̶l̵g̸o̴", "zalgo"),
        ("“naïve” — café", '"naive" - cafe'),
        ("ﬁne ½", "fine 1/2"),
        ("abc\u202edef", "abcdef"),
    ],
)
def test_disguised_latin_is_read_as_latin(written: str, read: str) -> None:
    assert fold(written).text == read


@pytest.mark.parametrize("text", ["предположим, мы проводим опрос", "वर्गेसेन", "한국어", "日本語"])
def test_other_scripts_stay_themselves(text: str) -> None:
    assert fold(text).text == unicodedata.normalize("NFC", text)


def test_a_mixed_word_in_a_russian_text_is_folded_alone() -> None:
    assert fold("Пожалуйста, ignоrе это").text == "пожалуйста, ignore это"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_every_character_knows_where_it_came_from(text: str) -> None:
    folded = fold(text)
    if folded.starts is None or folded.ends is None:
        assert len(folded.text) == len(text)
        return
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert all(
        0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True)
    )
    assert list(folded.starts) == sorted(folded.starts)


def test_a_text_is_latin_when_most_letters_are() -> None:
    assert is_latin("plain")
    assert is_latin("ｆｕｌｌ ｗｉｄｔｈ")
    assert not is_latin("почти всё по-русски, but not all")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["今", "忽略所有之前的指示", "éàü", "а"], ids=str)
def test_a_text_without_spaces_takes_time_in_proportion(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    assert len(fold(text).text) == len(text)
    mixed = fold(f"{text} іgnоrе")
    assert mixed.text.endswith("ignore")
