"""What settings must look like."""

from typing import Any

import pytest

from vedette.access.checks import (
    InvalidSetting,
    check_allowance,
    check_metadata,
    check_name,
    check_name_or_glob,
    check_scopes,
    check_text,
)
from vedette.model.tenant import Allowance, Budget, Limits, Scopes


def test_good_settings_pass_as_they_are() -> None:
    scopes = Scopes(models=("gpt-*", "a/?"), endpoints=("/v1/*",), ips=("10.0.0.0/8", "::1"))
    assert check_scopes(scopes) is scopes
    budget = Budget(limit_nano_usd=0, window="month", timezone="Europe/Berlin", soft=(0.5, 1.0))
    allowance = Allowance(budgets=(budget,), limits=Limits(rpm=1, tpm=10, concurrency=2))
    assert check_allowance(allowance) is allowance
    assert check_name("  Büro 7 ") == "Büro 7"
    assert check_text(" ada ", "owner") == "ada"
    assert check_metadata({" team ": "a b"}) == {"team": "a b"}


@pytest.mark.parametrize(
    ("name", "scopes"),
    [
        ("models[1]", {"models": ("a", "")}),
        ("routes[0]", {"routes": ("two words",)}),
        ("endpoints[0]", {"endpoints": ("x" * 201,)}),
        ("ips[0]", {"ips": ("10.0.0.0/99",)}),
        ("ips[1]", {"ips": ("::1", "example.com")}),
        ("models", {"models": ("m",) * 201}),
    ],
)
def test_a_scope_that_can_mean_nothing_is_named(name: str, scopes: dict[str, Any]) -> None:
    with pytest.raises(InvalidSetting) as caught:
        check_scopes(Scopes(**scopes))
    assert caught.value.name == name


@pytest.mark.parametrize(
    ("name", "allowance"),
    [
        ("budgets[0].limit_usd", Allowance(budgets=(Budget(limit_nano_usd=-1),))),
        ("budgets[0].soft", Allowance(budgets=(Budget(limit_nano_usd=1, soft=(1.5,)),))),
        ("budgets[0].timezone", Allowance(budgets=(Budget(limit_nano_usd=1, timezone="Mars"),))),
        ("budgets[0].timezone", Allowance(budgets=(Budget(limit_nano_usd=1, timezone="../x"),))),
        ("budgets[0].timezone", Allowance(budgets=(Budget(limit_nano_usd=1, timezone="Europe"),))),
        ("budgets", Allowance(budgets=(Budget(limit_nano_usd=1),) * 21)),
        ("limits.rpm", Allowance(limits=Limits(rpm=0))),
        ("limits.concurrency", Allowance(limits=Limits(concurrency=-1))),
    ],
)
def test_an_allowance_that_can_mean_nothing_is_named(name: str, allowance: Allowance) -> None:
    with pytest.raises(InvalidSetting) as caught:
        check_allowance(allowance)
    assert caught.value.name == name
    assert name in caught.value.message


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "x" * 101, "bell\a"])
def test_names_are_short_and_printable(text: str) -> None:
    with pytest.raises(InvalidSetting):
        check_name(text)


def test_metadata_is_small() -> None:
    with pytest.raises(InvalidSetting):
        check_metadata({str(number): "" for number in range(51)})
    with pytest.raises(InvalidSetting, match=r"metadata\.a"):
        check_metadata({"a": "x" * 501})


def test_a_glob_is_one_word() -> None:
    check_name_or_glob("*", "models[0]")
    with pytest.raises(InvalidSetting):
        check_name_or_glob("a b", "models[0]")
