"""Topics by their words."""

import pytest

from tests.support.subjects import look, values
from vedette.detectors.topic import create
from vedette.errors import ConfigError

DENY = create({"deny": {"politics": ["election", "parliament", "vote", "prime minister"]}})


def test_a_topic_is_as_present_as_its_words() -> None:
    assert look(DENY, "The elections were held; parliament votes on Monday.").score == 1.0
    once = "I baked bread on the day of the election and " + "then went home " * 30
    assert 0 < look(DENY, once).score < 0.5
    assert look(DENY, "I baked bread.").score == 0


def test_the_finding_is_the_first_word() -> None:
    assert values(DENY, "Our Prime Minister and the election")[0] == ("politics", "Prime Minister")


def test_what_is_not_allowed_is_off_topic() -> None:
    allow = create({"allow": {"banking": ["account", "card", "loan", "transfer"]}})
    assert look(allow, "Please block my card and open an account").score == 0
    assert values(allow, "Tell me a joke") == [("off_topic", "Tell me a joke")]


def test_wrong_topics_are_refused() -> None:
    with pytest.raises(ConfigError):
        create({"deny": ["politics"]})
