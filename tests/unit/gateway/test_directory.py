import pytest

from tests.support.gateway import provider, route
from vedette.clock import FakeClock
from vedette.gateway.directory import Directory, UnknownModel, Upstream
from vedette.http1.client import Origin, Pool
from vedette.http1.deadlines import Deadlines
from vedette.model.settings import GatewaySettings, ProviderSettings, RouteSettings, Timeouts
from vedette.providers.openai import Provider

URL = "http://127.0.0.1:1/v1"


def upstream(settings: ProviderSettings) -> Upstream:
    clock = FakeClock()
    pool = Pool(Origin.of(URL), max_connections=1, deadlines=Deadlines(clock), clock=clock)
    return Upstream(Provider(settings), pool)


def directory(*routes: RouteSettings, default: str = "") -> Directory:
    providers = (provider("a", URL), provider("b", URL, models=("gpt-*", "org/x")))
    settings = GatewaySettings(
        version=1, providers=providers, routes=routes, default_provider=default
    )
    return Directory(settings, {one.name: upstream(one) for one in providers})


def targets(found: Directory, model: str) -> list[tuple[str, str]]:
    return [(target.upstream.name, target.model) for target in found.plan(model).targets]


@pytest.mark.parametrize(
    ("asked", "name", "model"),
    [
        ("a/gpt-4o", "a", "gpt-4o"),
        ("b/org/m", "b", "org/m"),
        ("gpt-4o", "b", "gpt-4o"),
        ("org/x", "b", "org/x"),
        ("org/other", "a", "org/other"),
        ("a/", "a", "a/"),
    ],
)
def test_a_name_leads_to_one_provider(asked: str, name: str, model: str) -> None:
    assert targets(directory(default="a"), asked) == [(name, model)]


def test_a_route_wins_and_lists_its_targets_in_order() -> None:
    slow = Timeouts(total_s=5)
    found = directory(
        route("gpt-4o", ("b", ""), ("a", "m2"), retries=3, timeouts=slow, capture="hash")
    )
    plan = found.plan("gpt-4o")
    assert targets(found, "gpt-4o") == [("b", "gpt-4o"), ("a", "m2")]
    assert {target.timeouts for target in plan.targets} == {slow}
    assert (plan.route, plan.capture, plan.attempts) == ("gpt-4o", "hash", 4)


def test_each_target_is_tried_at_least_once() -> None:
    assert directory(route("r", ("a", ""), ("b", ""), retries=0)).plan("r").attempts == 2


def test_an_unknown_name_is_told_the_known_ones() -> None:
    found = directory(route("fast", ("a", "m")))
    with pytest.raises(UnknownModel, match=r"'nope'.*fast.*a/\.\.\., b/\.\.\..*default_provider"):
        found.plan("nope")


def test_a_provider_is_found_by_name_and_leaves_the_model() -> None:
    found = directory(default="b")
    assert [(t.upstream.name, t.model) for t in found.provider("a").targets] == [("a", "")]
    assert found.provider("").targets[0].upstream.name == "b"
    with pytest.raises(UnknownModel, match="Known: a, b"):
        found.provider("c")


@pytest.mark.parametrize(
    ("asked", "rule", "match"),
    [
        ("fast", "route", "fast"),
        ("a/gpt-4o", "provider", "a"),
        ("claude-x", "pattern", "claude-*"),
        ("gpt-4o", "models", "b"),
        ("anything", "default", "a"),
    ],
)
def test_the_rule_behind_a_plan_is_told(asked: str, rule: str, match: str) -> None:
    found = directory(route("fast", ("b", "m")), route("claude-*", ("a", "")), default="a")
    resolution = found.resolve(asked)
    assert (resolution.rule, resolution.match) == (rule, match)
    assert resolution.plan.targets == found.plan(asked).targets


def test_a_name_that_no_rule_takes_is_refused_the_same_way() -> None:
    with pytest.raises(UnknownModel, match="Unknown model 'nothing'"):
        directory().resolve("nothing")


def test_a_call_without_model_and_provider_is_told_how_to_name_one() -> None:
    with pytest.raises(UnknownModel, match=r"gateway\.default_provider"):
        directory().provider("")
    with pytest.raises(UnknownModel, match=r"No provider .lost.\. Known: a, b"):
        directory().provider("lost")


def test_a_message_names_a_few_of_many_routes() -> None:
    many = directory(*(route(f"r{number:02}", ("a", "m")) for number in range(25)))
    with pytest.raises(UnknownModel, match=r"r00, r01, .*r19 and 5 more\. Providers"):
        many.resolve("nothing")
