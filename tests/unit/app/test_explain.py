"""Where a request would go."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from vedette.api.route_shapes import ExplainBody, Explanation, TargetHealth
from vedette.app.explain import Explainer, make_directory
from vedette.app.reports import Reported
from vedette.clock import FakeClock
from vedette.gateway.health import HealthBook
from vedette.model.settings import (
    GatewaySettings,
    ProviderSettings,
    RouteSettings,
    TargetSettings,
    WhenSettings,
)

PROVIDERS = (
    ProviderSettings(name="a", kind="openai", base_url="https://a.example/v1", models=("gpt-*",)),
    ProviderSettings(
        name="b", kind="anthropic", base_url="https://b.example/v1", dialects=("anthropic",),
        max_concurrency=2,
    ),
    ProviderSettings(name="sim", kind="sim", base_url="sim:"),
)  # fmt: skip


class Dice(FakeClock):
    """Throws the same lots in every run."""

    def __init__(self) -> None:
        super().__init__()
        self._dice = Random(7)

    def random(self) -> float:
        return self._dice.random()


def route(model: str, *targets: TargetSettings, **changes: Any) -> RouteSettings:
    return RouteSettings(model=model, targets=targets, **changes)


A, B = TargetSettings(provider="a", model="m1"), TargetSettings(provider="b", model="m2")


def explain(
    model: str,
    *routes: RouteSettings,
    book: HealthBook | None = None,
    reported: Reported | None = None,
    health: TargetHealth | None = None,
    default: str = "",
    clock: FakeClock | None = None,
    **question: Any,
) -> Explanation:
    clock = clock or Dice()
    settings = GatewaySettings(
        version=1, providers=PROVIDERS, routes=routes, default_provider=default
    )
    directory = make_directory(settings, book or HealthBook(), clock)
    asked = ExplainBody(model=model, **question)
    explainer = Explainer(asked, directory, reported or Reported(), clock)
    return explainer.explain(
        origin_of={one.model: "file" for one in routes},
        health_of=lambda _: health or TargetHealth(state="closed"),
    )


def order(found: Explanation) -> list[tuple[str, int | None]]:
    return [(target.provider, target.position) for target in found.targets]


@pytest.mark.parametrize(
    ("model", "rules", "provider"),
    [
        ("fast", ["route"], "a"),
        ("b/claude", ["route", "provider"], "b"),
        ("claude-x", ["route", "provider", "pattern"], "b"),
        ("gpt-4o", ["route", "provider", "pattern", "models"], "a"),
        ("other", ["route", "provider", "pattern", "models", "default"], "sim"),
    ],
)
def test_the_way_to_a_plan_is_told_step_by_step(
    model: str, rules: list[str], provider: str
) -> None:
    routes = (route("fast", A), route("claude-*", TargetSettings(provider="b")))
    found = explain(model, *routes, default="sim")
    assert [step.rule for step in found.resolution] == rules
    assert [step.matched for step in found.resolution] == [False] * (len(rules) - 1) + [True]
    assert found.targets[0].provider == provider
    assert (found.route is not None) == (rules[-1] in ("route", "pattern"))
    assert found.error is None


def test_a_name_that_nobody_answers_to_is_told_as_the_client_hears_it() -> None:
    found = explain("nothing", route("fast", A))
    assert found.error is not None
    assert found.error.startswith("Unknown model 'nothing'. Routes: fast.")
    assert not any(step.matched for step in found.resolution)
    assert found.targets == ()


def test_fallback_asks_in_the_order_of_the_list() -> None:
    found = explain("fast", route("fast", A, B, retries=4))
    assert order(found) == [("a", 1), ("b", 2)]
    assert [target.first_share for target in found.targets] == [1.0, 0.0]
    assert (found.attempts, found.origin, found.strategy) == (5, "file", "fallback")


def test_an_open_target_stands_last() -> None:
    clock, book = Dice(), HealthBook()
    book.of("a", "m1").open_until = clock.monotonic() + 9
    found = explain("fast", route("fast", A, B), book=book, clock=clock)
    assert order(found) == [("b", 1), ("a", 2)]


def test_weights_become_shares() -> None:
    three = TargetSettings(provider="a", model="m1", weight=3.0)
    never = TargetSettings(provider="sim", model="chat", weight=0.0)
    found = explain("w", route("w", three, B, never, strategy="weighted"))
    shares = {target.provider: target.first_share for target in found.targets}
    assert shares["a"] == pytest.approx(0.75, abs=0.05)
    assert shares["sim"] == 0.0
    assert found.targets[2].note == "Weight 0: only when another fails."
    assert sum(shares.values()) == pytest.approx(1.0)


def test_turns_are_even() -> None:
    found = explain("r", route("r", A, B, strategy="round-robin"))
    assert [target.first_share for target in found.targets] == [0.5, 0.5]


def test_the_quicker_target_wins_by_what_the_workers_report() -> None:
    reported = Reported(
        latencies_s={(("a", "m1"), "stream"): [2.0], (("b", "m2"), "stream"): [0.1]},
        in_flight=Counter({("b", "m2"): 1}),
    )
    routes = route("q", A, B, strategy="least-latency")
    assert order(explain("q", routes, reported=reported, stream=True))[0] == ("b", 1)
    busy = Reported(latencies_s=reported.latencies_s, in_flight=Counter({("b", "m2"): 100}))
    assert order(explain("q", routes, reported=busy, stream=True))[0] == ("a", 1)


def test_a_sticky_session_stays() -> None:
    routes = route("s", A, B, strategy="weighted", sticky="session")
    found = explain("s", routes, session="one")
    assert [target.first_share for target in found.targets] == [1.0, 0.0]
    assert found.sticky == "one"
    assert "stays at one target" in found.reason
    assert explain("s", routes).sticky is None


def test_conditions_say_why_a_target_is_left_out() -> None:
    picky = TargetSettings(provider="a", model="m1", when=WhenSettings(capabilities=("tools",)))
    routes = route("c", picky, B, strategy="conditional")
    found = explain("c", routes)
    assert order(found) == [("b", 1), ("a", None)]
    assert (found.targets[1].fits, found.targets[1].why_not) == (False, "no use of tools")
    assert order(explain("c", routes, capabilities=("tools",)))[0] == ("a", 1)


def test_where_nobody_fits_the_client_is_told() -> None:
    picky = TargetSettings(provider="a", model="m1", when=WhenSettings(tags=("vip",)))
    found = explain("c", route("c", picky, strategy="conditional"))
    assert found.error == "No target of route 'c' is meant for this call (a/m1: no tag of vip)."
    assert (found.attempts, order(found)) == (0, [("a", None)])


def test_the_dialect_is_the_clients_own_where_the_provider_speaks_it() -> None:
    routes = route("fast", A, B)
    told = {
        client: [
            (one.dialect, one.translated) for one in explain("fast", routes, client=client).targets
        ]
        for client in ("openai_chat", "anthropic", "openai_embeddings")
    }
    assert told["openai_chat"] == [("openai_chat", False), ("anthropic", True)]
    assert told["anthropic"] == [("openai_chat", True), ("anthropic", False)]
    assert told["openai_embeddings"] == [("openai_embeddings", False), (None, False)]


def test_notes_say_what_else_matters() -> None:
    def note(**how: Any) -> str | None:
        return explain("b/m", **how).targets[0].note

    assert note() is None
    assert "Rests" in (note(health=TargetHealth(state="open")) or "")
    assert "one call at a time" in (note(health=TargetHealth(state="half_open")) or "")
    queue = Reported(waiting=Counter({"b": 3}))
    assert note(reported=queue) == "3 calls wait for a place here; this one before batch calls."
    picky = TargetSettings(provider="a", model="m1", when=WhenSettings(tags=("vip",)))
    left_out = explain("c", route("c", picky), health=TargetHealth(state="open")).targets[0]
    assert (left_out.fits, left_out.note) == (False, None)
    batch = note(reported=queue, priority="batch")
    assert batch == "3 calls wait for a place here; this one behind the interactive ones."
