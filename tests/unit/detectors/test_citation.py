"""Do citations lead anywhere?"""

import pytest

from tests.support.subjects import look
from vedette.detectors.citation import create
from vedette.errors import ConfigError

SOURCES = ("See https://a.example/one for it.", "Second.")
LONG = "The committee met on Tuesday and asked who pays for the library. " * 4


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("So it is [1], and so [1, 2].", []),
        ("So it is [3].", ["unknown_source"]),
        ("So it is [0] and [1,7].", ["unknown_source", "unknown_source"]),
        ("An array a[7](x) is none.", []),
        ("As https://a.example/one. says", []),
        ("As https://b.example/ says", ["unknown_address"]),
    ],
)
def test_citations_are_compared_with_the_sources(text: str, kinds: list[str]) -> None:
    found = look(create({}), text, "output", sources=SOURCES).findings
    assert [finding.kind for finding in found] == kinds


def test_long_paragraphs_may_have_to_cite() -> None:
    text = f"{LONG}\n\nShort.\n\n{LONG} [1]"
    found = look(create({"required": True}), text, "output", sources=SOURCES).findings
    assert [(finding.kind, finding.score) for finding in found] == [("uncited", 0.6)]
    assert not look(create({"required": True}), text, "output").findings


def test_options_are_checked() -> None:
    with pytest.raises(ConfigError, match="citation"):
        create({"required": "yes"})


@pytest.mark.timeout(60)
def test_empty_lines_take_time_in_proportion() -> None:
    assert not look(create({"required": True}), "a" + "\r\n" * 200_000, sources=SOURCES).findings
