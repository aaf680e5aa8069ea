"""Answers of receivers, and options."""

import pytest

from vedette.channels.answers import check, read_options, read_url
from vedette.errors import ConfigError
from vedette.ports.alerts import Answer, NotDelivered, Option


@pytest.mark.parametrize(
    ("status", "is_final"),
    [(400, True), (401, True), (404, True), (410, True), (408, False), (429, False), (503, False)],
)
def test_which_answers_are_worth_another_try(status: int, is_final: bool) -> None:
    with pytest.raises(NotDelivered) as caught:
        check(Answer(status), "It")
    assert caught.value.is_final is is_final
    assert caught.value.message == f"It answered {status}."


def test_the_receiver_may_say_when_within_reason() -> None:
    for said, seconds in (("30", 30), ("1e9", 3_600), ("-5", 0), ("soon", 0), ("", 0)):
        with pytest.raises(NotDelivered) as caught:
            check(Answer(429, b"", said), "It")
        assert caught.value.retry_after_s == seconds


def test_success() -> None:
    check(Answer(204), "It")


@pytest.mark.parametrize(
    "url",
    ["", "x.org", "ftp://x.org", "http://", "http://x.org:99999", "http://a b", "http://ü.org"],
)
def test_addresses_that_are_none_are_not_repeated(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_url({"url": url})
    assert not url or url not in caught.value.message


def test_options_have_defaults_and_are_all_known() -> None:
    known = (
        Option(name="a", label="A", is_needed=True),
        Option(name="b", label="B", default="x", choices=("x", "y")),
    )
    assert read_options({"a": "1"}, known) == {"a": "1", "b": "x"}
    for wrong in ({}, {"a": "1", "c": "2"}, {"a": "1", "b": "z"}):
        with pytest.raises(ConfigError):
            read_options(wrong, known)
