"""The text of an alert."""

import pytest

from tests.support.alerting import alert
from vedette.alerts.messages import check_template, text_of


def test_our_words() -> None:
    assert text_of(alert(), "") == "errors: error_rate is 12.5 %"


def test_the_words_of_a_rule() -> None:
    template = (
        "{{ rule|upper }} {{ '%.1f' % value }} {% if labels.team %}@{{ labels.team }}{% endif %}"
    )
    assert text_of(alert(labels={"team": "ml"}), template) == "ERRORS 12.5 @ml"


def test_a_template_that_fails_falls_back() -> None:
    assert text_of(alert(value=None), "{{ value + 1 }}") == "errors: error_rate is 12.5 %"
    assert text_of(alert(), "{{ labels.team.name }}") == "errors: error_rate is 12.5 %"


def test_texts_are_bounded() -> None:
    assert len(text_of(alert(summary="x" * 5_000), "{{ summary }}{{ summary }}")) == 2_000


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{{ rule", "wrong at line 1"),
        ("{{ secret }}", "not secret"),
        ("{% for one in range(10) %}x{% endfor %}", "may not repeat"),
        ("{{ 'x' * 1000000 }}", "may not repeat"),
        ("{{ '%1000000d' % 1 }}", "may not repeat"),
        ("{{ rule.ljust(1000000) }}", "may not repeat"),
        ("{{ rule|center(1000000) }}", "center"),
    ],
)
def test_templates_that_are_refused(template: str, problem: str) -> None:
    assert problem in (check_template(template) or "")


def test_nothing_inside_us_can_be_reached() -> None:
    reach = "{{ rule.__class__.__mro__ }}"
    assert "class" not in text_of(alert(), reach)
