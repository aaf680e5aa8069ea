"""Languages, roughly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.features.language import find_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The cat sat on the mat and it was not amused by the dog.", "en"),
        ("Die Katze ist nicht auf der Matte, und das ist gut.", "de"),
        ("Le chat est sur le tapis et il ne dort pas dans la maison.", "fr"),
        ("El gato no está en la casa y que duerme con los perros.", "es"),
        ("Il gatto non è in una casa e che dorme con il cane di lui.", "it"),
        ("O gato não está em uma casa e que dorme com os cachorros do vizinho.", "pt"),
        ("De kat is niet op het dak en dat is voor een kat goed.", "nl"),
        ("Кошка сидит на крыше", "cyrillic"),
        ("猫坐在垫子上", "zh"),
        ("猫はマットの上にいます", "ja"),
        ("고양이가 매트 위에 있다", "ko"),
        ("القطة على السجادة", "arabic"),
        ("No", ""),
        ("", ""),
        ("x = [1, 2, 3]", ""),
    ],
)
def test_languages_are_told(text: str, language: str) -> None:
    assert find_language(text) == language


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    assert isinstance(find_language(text), str)
