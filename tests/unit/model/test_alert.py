"""What alerts are made of."""

import msgspec
import pytest

from tests.support.alerting import alert, rule
from vedette.model.alert import LEVELS, AlertRule


def test_levels_grow() -> None:
    assert LEVELS == ("info", "warning", "critical")


def test_an_alert_is_open_until_it_is_resolved() -> None:
    assert alert().is_open
    assert not alert(resolved_ns=1).is_open


def test_a_rule_survives_the_store_and_knows_no_other_fields() -> None:
    body = msgspec.to_builtins(rule(labels={"a": "b"}))
    assert msgspec.convert(body, AlertRule) == rule(labels={"a": "b"})
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(body | {"colour": "red"}, AlertRule)
