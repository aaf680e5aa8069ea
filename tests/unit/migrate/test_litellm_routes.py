"""Groups become routes."""

from typing import Any

import pytest

from vedette.migrate.findings import Finding, Findings
from vedette.migrate.litellm_models import Deployment
from vedette.migrate.litellm_routes import STRATEGIES, Routes
from vedette.migrate.source import read_source


def deployment(group: str, provider: str, model: str = "m", **rest: Any) -> Deployment:
    path = ("model_list", f"{group}:{provider}:{model}", "litellm_params")
    written = frozenset({*rest, *rest.get("shares", ())})
    return Deployment(
        group=group, provider=provider, model=model, path=path, written=written, **rest
    )


def routes(
    *deployments: Deployment, **settings: Any
) -> tuple[dict[str, dict[str, Any]], dict[str, Finding]]:
    findings = Findings(read_source(b"a: 1", "f.yaml"))
    made = Routes(deployments, findings)
    made.configure(settings, ("router_settings",))
    written = {route["model"]: route for route in made.write()}
    return written, {each.field: each for each in findings.all()}


A = deployment("a", "p", shares={"weight": 3.0})
A2 = deployment("a", "q", shares={"weight": 1.0})
B = deployment("b", "r")


def test_one_deployment_is_one_target() -> None:
    written, _ = routes(B)
    assert written == {"b": {"model": "b", "targets": [{"provider": "r", "model": "m"}]}}


def test_several_draw_lots_by_what_litellm_draws_them_by() -> None:
    rated = (
        deployment("c", "p", shares={"rpm": 900.0, "tpm": 1.0}),
        deployment("c", "q", shares={"tpm": 5.0}),
    )
    written, told = routes(A, A2, *rated)
    assert written["a"]["strategy"] == "weighted"
    assert [target["weight"] for target in written["a"]["targets"]] == [3, 1]
    assert [target["weight"] for target in written["c"]["targets"]] == [900, 0]
    assert told["model_list.c:p:m.litellm_params.rpm"].verdict == "approximated"
    assert told["model_list.c:p:m.litellm_params.tpm"].verdict == "unsupported"


def test_without_figures_all_are_as_likely() -> None:
    written, _ = routes(deployment("a", "p"), deployment("a", "q"), B, fallbacks=[{"a": ["b"]}])
    assert [target.get("weight") for target in written["a"]["targets"]] == [None, None, 0]


def test_an_order_is_an_order() -> None:
    written, _ = routes(deployment("a", "p", order=2), deployment("a", "q", order=1))
    assert "strategy" not in written["a"]
    assert [target["provider"] for target in written["a"]["targets"]] == ["q", "p"]


@pytest.mark.parametrize("theirs", sorted(STRATEGIES))
def test_each_strategy_has_one_of_ours(theirs: str) -> None:
    written, told = routes(A, A2, routing_strategy=theirs)
    assert written["a"].get("strategy", "fallback") == STRATEGIES[theirs][0]
    assert told["router_settings.routing_strategy"].verdict != "unsupported"


def test_a_target_is_kept_for_failures_only_by_its_weight() -> None:
    settings = {"routing_strategy": "latency-based-routing"}
    assert routes(A, A2, **settings)[0]["a"]["strategy"] == "least-latency"
    written, _ = routes(A, A2, B, fallbacks=[{"a": ["b"]}], **settings)
    assert written["a"]["strategy"] == "weighted"
    assert written["a"]["targets"][-1] == {"provider": "r", "model": "m", "weight": 0}


def test_fallbacks_of_each_kind_follow_and_say_when() -> None:
    c = deployment("c", "s")
    written, told = routes(
        B, c, A,
        fallbacks=[{"b": ["c"]}, {"nobody": ["b"]}, {"c": ["nobody"]}, "odd", {"a": "b"}],
        context_window_fallbacks=[{"b": ["a"]}],
        content_policy_fallbacks=[{"*": ["c"]}],
        default_fallbacks=["a"],
    )  # fmt: skip
    assert [target["provider"] for target in written["b"]["targets"]] == ["r", "s", "p"]
    assert written["b"]["on_context_window"] == written["b"]["on_content_filter"] == "next"
    assert [target["provider"] for target in written["c"]["targets"]] == ["s", "p"]
    refused = [each.field for each in told.values() if each.verdict == "unsupported"]
    assert set(refused) >= {
        "router_settings.fallbacks[1].nobody",
        "router_settings.fallbacks[2].c",
        "router_settings.fallbacks[3]",
        "router_settings.fallbacks[4].a",
    }


def test_a_fallback_may_be_a_model_of_a_whole_provider() -> None:
    whole = deployment("groq/*", "groq", "*")
    written, told = routes(
        B, whole, fallbacks=[{"b": ["groq/llama"]}, {"groq/*": ["b"]}, {"b": ["groq/*"]}]
    )
    assert written["b"]["targets"][1:] == [{"provider": "groq", "model": "llama"}]
    refused = [each.field for each in told.values() if each.verdict == "unsupported"]
    assert refused == [
        "router_settings.fallbacks[1].groq/*", "router_settings.fallbacks[2].b",
    ]  # fmt: skip


def test_no_target_is_listed_twice() -> None:
    written, _ = routes(A, A2, deployment("c", "p"), fallbacks=[{"a": ["c", "a"]}])
    assert [target["provider"] for target in written["a"]["targets"]] == ["p", "q"]


def test_tags_choose_where_they_are_asked_for() -> None:
    tagged = (
        deployment("a", "p", tags=("default",)),
        deployment("a", "q", tags=("paid",)),
        deployment("a", "r"),
    )
    written, _ = routes(*tagged, enable_tag_filtering=True)
    assert written["a"]["strategy"] == "conditional"
    assert written["a"]["targets"] == [
        {"provider": "q", "model": "m", "when": {"tags": ["paid"]}},
        {"provider": "p", "model": "m"},
        {"provider": "r", "model": "m"},
    ]
    written, told = routes(*tagged)
    assert written["a"]["strategy"] == "weighted"
    assert told["model_list.a:q:m.litellm_params.tags"].verdict == "unsupported"


def test_names_that_no_route_may_have() -> None:
    written, told = routes(
        deployment("*", "p", "*"),
        deployment("groq/*", "groq", "*"),
        deployment("groq/m", "groq", "m"),
        deployment("groq/other", "p", "x"),
        deployment("two words", "p"),
        deployment("gpt-*", "p", "gpt-*"),
        deployment("my-*", "p", "*"),
    )
    assert list(written) == ["gpt-*"]
    assert written["gpt-*"]["targets"] == [{"provider": "p"}]
    verdicts = {
        field.split(":")[0]: each.verdict for field, each in told.items() if "model_name" in field
    }
    assert verdicts == {
        "model_list.*": "exact",
        "model_list.groq/*": "exact",
        "model_list.groq/m": "exact",
        "model_list.groq/other": "unsupported",
        "model_list.two words": "unsupported",
        "model_list.gpt-*": "exact",
        "model_list.my-*": "unsupported",
    }


def test_numbers_and_checks_stand_in_each_route() -> None:
    written, told = routes(
        A, A2, B,
        num_retries=99,
        cooldown_time=30,
        enable_pre_call_checks=True,
        optional_pre_call_checks=["deployment_affinity", "odd"],
    )  # fmt: skip
    assert written["a"] | {"targets": 0} == {
        "model": "a", "strategy": "weighted", "retries": 10, "cooldown_s": 30,
        "on_context_window": "next", "sticky": "user", "targets": 0,
    }  # fmt: skip
    assert written["b"].keys() == {"model", "retries", "cooldown_s", "targets"}
    assert told["router_settings.optional_pre_call_checks[1]"].verdict == "unsupported"


def test_aliases_are_routes() -> None:
    written, told = routes(
        B, model_group_alias={"x": "b", "y": {"model": "b", "hidden": True}, "z": "nobody"}
    )
    assert written["x"]["targets"] == written["y"]["targets"] == written["b"]["targets"]
    verdicts = [told[f"router_settings.model_group_alias.{name}"].verdict for name in "xyz"]
    assert verdicts == ["exact", "approximated", "unsupported"]
