"""The language of a text, and whether it is an allowed one."""

import pytest

from tests.support.subjects import look, values
from vedette.detectors.language import create, identify, read_words
from vedette.errors import ConfigError

TABLE = read_words()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "How do I bake bread at home with what I have?"),
        ("de", "Wie kann ich das Brot zu Hause backen?"),
        ("fr", "Comment est-ce que je peux faire du pain à la maison ?"),
        ("es", "¿Cómo puedo hacer pan en casa para mi familia?"),
        ("it", "Come posso fare il pane a casa con la farina che ho?"),
        ("pt", "Como posso fazer pão em casa para a minha família?"),
        ("nl", "Hoe kan ik thuis brood bakken met wat ik heb?"),
        ("pl", "Jak mogę zrobić chleb w domu i co jest do tego potrzebne?"),
        ("ru", "Как испечь хлеб дома?"),
        ("uk", "Як спекти хліб удома і що для цього потрібно?"),
        ("ja", "パンの焼き方を教えてください"),
        ("zh", "怎么在家做面包"),
        ("ko", "빵을 어떻게 만들어요"),
        ("ar", "كيف أخبز الخبز في البيت"),
        ("hi", "घर पर रोटी कैसे बनाएं"),
    ],
)
def test_languages_are_told_apart(code: str, text: str) -> None:
    assert identify(text, TABLE)[0] == code


def test_too_little_is_not_judged() -> None:
    assert identify("OK", TABLE) == ("", 0.0)
    assert identify("12345", TABLE) == ("", 0.0)


def test_only_wrong_languages_score() -> None:
    detector = create({"allow": ["en"]})
    assert look(detector, "How do I bake bread at home with what I have?").score == 0
    german = "Wie kann ich das Brot zu Hause backen und was ist der Weg?"
    assert values(detector, german) == [("de", german)]
    assert look(create({"deny": ["de"]}), german).score > 0.5
    assert look(create({}), german).score == 0


def test_unknown_languages_are_refused() -> None:
    with pytest.raises(ConfigError, match="'xx'"):
        create({"allow": ["xx"]})
