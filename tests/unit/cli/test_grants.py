"""Options become what the API takes."""

from typing import Any

import pytest

from vedette.cli.grants import (
    ALLOWANCE,
    KEY,
    allowance_body,
    budgets_text,
    changed_body,
    granting,
    key_body,
    limits_text,
    read_budget,
    read_span,
)
from vedette.errors import BadRequest

NOTHING: dict[str, Any] = {name: grant.default for name, grant in KEY.items()}


def test_a_budget_is_an_amount_a_window_and_an_action() -> None:
    assert read_budget("10") == {"limit_usd": "10"}
    assert read_budget("0.5/1d") == {"limit_usd": "0.5", "window": "1d"}
    assert read_budget("5/month/reroute") == {
        "limit_usd": "5", "window": "month", "action": "reroute",
    }  # fmt: skip
    for wrong in ("", "ten", "-1", "1/1d/block/x"):
        with pytest.raises(BadRequest):
            read_budget(wrong)
    shown = [{"limit_usd": "5.000000", "window": "month", "action": "reroute", "reroute_to": "a:b"}]
    assert budgets_text(shown) == "5/month/reroute:a:b"
    assert read_budget("5/month/reroute:a:b")["reroute_to"] == "a:b"
    assert read_budget(budgets_text(shown))["limit_usd"] == "5"


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("15m", 900), ("1h", 3600), (" 2w ", 1_209_600)]
)
def test_a_span_has_a_unit(text: str, seconds: int) -> None:
    assert read_span(text, "--overlap") == seconds


@pytest.mark.parametrize("text", ["", "5", "1.5h", "h", "-1s", "1y"])
def test_what_is_no_span_is_told_with_its_option(text: str) -> None:
    with pytest.raises(BadRequest, match="--overlap"):
        read_span(text, "--overlap")


def test_what_is_not_given_is_not_sent() -> None:
    assert allowance_body(NOTHING) == key_body(NOTHING) == {}
    told = allowance_body(NOTHING | {"usd_per_minute": "0.5", "on_failure": "closed"})
    assert told == {"limits": {"usd_per_minute": "0.5"}, "on_failure": "closed"}
    assert allowance_body(NOTHING | {"rpm": 3})["limits"] == {"rpm": 3}
    assert "expires_at" not in key_body(NOTHING)
    body = key_body(NOTHING | {"expires_in": "1d", "metadata": ["a=b=c"]})
    assert body["metadata"] == {"a": "b=c"}
    assert body["expires_at"].endswith("Z")
    with pytest.raises(BadRequest, match="--metadata"):
        key_body(NOTHING | {"metadata": ["a"]})


def test_a_command_gets_the_options_in_one_piece() -> None:
    seen: list[Any] = []

    def command(name: str, grant: dict[str, Any]) -> None:
        seen.append((name, grant))

    given = {name: grant.default for name, grant in ALLOWANCE.items()} | {"rpm": 1}
    granting(ALLOWANCE)(command)(name="a", **given)
    assert seen == [("a", given)]


def test_a_change_leaves_what_is_not_named() -> None:
    given = {"budgets": [], "limits": {"rpm": 3, "tpm": None}}
    assert changed_body({"limits": {"tpm": 9}}, given, ()) == {"limits": {"rpm": 3, "tpm": 9}}
    assert changed_body({}, given, ["budgets"]) == {"budgets": []}
    assert changed_body({}, given, ["limits"]) == {"limits": None}
    anew = changed_body({"limits": {"tpm": 9}}, given, ["limits"])
    assert anew == {"limits": {"tpm": 9}}
    for nothing in ({}, {"clear": ["owner"]}):
        with pytest.raises(BadRequest, match="Say what"):
            changed_body({}, given, nothing.get("clear", ()))
    with pytest.raises(BadRequest, match="--clear"):
        changed_body({}, given, ["colour"])


def test_limits_are_told_in_a_few_words() -> None:
    limits = {"rpm": 3, "tpm": None, "concurrency": 2, "usd_per_minute": "0.500000"}
    assert limits_text(limits) == "3 rpm, 2 concurrency, 0.500000 usd_per_minute"
