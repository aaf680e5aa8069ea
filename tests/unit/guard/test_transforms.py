"""Templates that say what a text becomes."""

import pytest

from vedette.errors import ConfigError
from vedette.guard.transforms import FILTERS, check, transform


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        ("{{ text }}", "Say **hi** to <b>Ann</b>."),
        ("{{text|lowercase}}", "say **hi** to <b>ann</b>."),
        ("{{ text | uppercase | truncate(5) }}", "SAY …"),
        ("{{ text | strip_markup }}", "Say hi to Ann."),
        ("{{ text | escape_html }}", "Say **hi** to &lt;b&gt;Ann&lt;/b&gt;."),
        ("{{ text | last(6) }}", "n</b>."),
        ("[{{ kinds }} by {{ rule }} in {{ where }}]", "[email by r in output]"),
    ],
)
def test_places_are_filled(template: str, wanted: str) -> None:
    values = {"text": "Say **hi** to <b>Ann</b>.", "kinds": "email", "rule": "r", "where": "output"}
    check(template)
    assert transform(template, values) == wanted


def test_markup_goes_and_words_stay() -> None:
    text = '# Title\n> said\n[link](https://a.example/x "t") ![pic](http://b)\n```py\ncode\n```'
    assert transform("{{ text | strip_markup | collapse }}", {"text": text}) == (
        "Title said link pic code"
    )
    linked = transform("{{ text | strip_links }}", {"text": "See https://a.example/x?y=1 now"})
    assert linked == "See [link] now"


def test_what_a_text_says_is_never_a_template() -> None:
    assert transform("{{ text }}", {"text": "{{ rule }}", "rule": "r"}) == "{{ rule }}"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("no place", "needs a place"),
        ("{{ secret }}", "Unknown name 'secret'"),
        ("{{ text.__class__ }}", "Unknown name"),
        ("{{ text | eval }}", "Unknown filter 'eval'"),
        ("{{ text | truncate }}", r"truncate\(300\)"),
        ("{{ text | lowercase(3) }}", "as 'lowercase'"),
        ("{{ text }} {{ text", "does not end"),
        ("{{ text }}" * 17, "16 places"),
    ],
)
def test_what_is_wrong_is_said(template: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        check(template)


@pytest.mark.parametrize("name", FILTERS)
def test_long_texts_of_one_sign_are_no_trouble(name: str) -> None:
    takes_number = FILTERS[name][1]
    template = "{{ text | %s }}" % (f"{name}(10)" if takes_number else name)
    for text in ("<" * 50_000, "[" * 50_000, "![](" * 10_000, "`" * 50_000, "http://" * 9_000):
        assert isinstance(transform(template, {"text": text}), str)
