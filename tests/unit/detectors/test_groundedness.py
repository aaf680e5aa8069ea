"""Does an answer rest on its sources?"""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.models import Model
from tests.support.subjects import look, subject
from vedette.detectors.groundedness import create
from vedette.detectors.remote.asking import NoVerdict
from vedette.errors import ConfigError
from vedette.ports.detector import Detection

SOURCES = (
    "The library of Lund opened in 1863. It holds some 170,000 volumes, most of them in Swedish. "
    "On Sundays the reading room closes at noon.",
    "Visitors may borrow five books at a time, for four weeks.",
)
TRUE = "The Lund library opened in 1863 and holds about 170,000 volumes, mostly Swedish."
FALSE = "Its founder Karl Berg gave away his fortune to build a palace of marble in Malmö."


def test_what_the_sources_say_is_supported() -> None:
    detection = look(create({}), TRUE, "output", sources=SOURCES)
    assert detection.score < 0.5
    assert not detection.findings


def test_what_they_do_not_say_is_found_where_it_stands() -> None:
    text = f"{TRUE} {FALSE}"
    [finding] = look(create({}), text, "output", sources=SOURCES).findings
    assert text[finding.start : finding.end].strip() == FALSE
    assert finding.kind == "unsupported"


def test_a_wrong_number_weighs_more_than_a_wrong_word() -> None:
    right = look(create({}), TRUE, "output", sources=SOURCES).score
    wrong = look(create({}), TRUE.replace("1863", "1912"), "output", sources=SOURCES).score
    assert wrong > right + 0.1


def test_short_sentences_and_missing_sources_are_no_claim() -> None:
    assert look(create({}), "I think so. Yes.", "output", sources=SOURCES) == Detection()
    assert look(create({}), FALSE, "output") == Detection()


def test_a_model_quotes_what_is_not_supported() -> None:
    model = Model('{"unsupported": ["a palace of marble", "not there"]}')
    given = replace(subject(FALSE, "output", sources=SOURCES), models=model)
    detection = create({"model": "m"}).detect(given)
    assert FALSE[detection.findings[0].start : detection.findings[0].end] == "a palace of marble"
    assert detection.score == 0.9
    assert "170,000 volumes" in model.asked[0][1]["content"]
    model.answer = '{"unsupported": []}'
    assert create({"model": "m"}).detect(given) == Detection()
    model.answer = "no"
    with pytest.raises(NoVerdict):
        create({"model": "m"}).detect(given)


@pytest.mark.parametrize("options", [{"sources": []}, {"timeout_s": -1}], ids=str)
def test_options_are_checked(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="groundedness"):
        create(options)
