"""What a route may say."""

import pytest
from pydantic import ValidationError

from vedette.config.route import RouteConfig

TARGETS = [{"provider": "a"}]


def route(**fields: object) -> RouteConfig:
    return RouteConfig.model_validate({"model": "fast", "targets": TARGETS, **fields})


def test_a_route_needs_no_more_than_a_name_and_a_target() -> None:
    made = route()
    assert (made.strategy, made.retries, made.on_break, made.sticky) == (
        "fallback",
        2,
        "error",
        None,
    )


@pytest.mark.parametrize("written", ["least-latency", "least_latency"])
def test_strategies_may_be_written_either_way(written: str) -> None:
    assert route(strategy=written).strategy == "least-latency"


@pytest.mark.parametrize(
    ("written", "sticky"),
    [(True, "session"), ("true", "session"), ("user", "user"), (False, None), (None, None)],
)
def test_sticky_without_more_is_by_session(written: object, sticky: str | None) -> None:
    assert route(sticky=written).sticky == sticky


def test_conditions_may_be_lists_or_text() -> None:
    when = {"model": "gpt-*, o3*", "tags": ["vip"], "capability": "tools, images"}
    made = route(targets=[{"provider": "a", "when": when}]).targets[0].when
    assert made is not None
    assert (made.model, made.tags) == (("gpt-*", "o3*"), ("vip",))
    assert made.capability == ("tools", "images")


@pytest.mark.parametrize(
    "fields",
    [
        {"strategy": "random"}, {"on_break": "retry"}, {"hedge_after_s": 0}, {"sticky": "key"},
        {"targets": []}, {"targets": [{"provider": "a", "weight": -1}]},
        {"targets": [{"provider": "a", "when": {"capability": ["smell"]}}]},
    ],
)  # fmt: skip
def test_nonsense_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        route(**fields)
