"""Whole configurations; examples with all that is expected of them: `unit/cli/test_import.py`."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from vedette.migrate.findings import shown
from vedette.migrate.litellm import Conversion, convert
from vedette.migrate.litellm_kinds import PREFIXES
from vedette.migrate.litellm_params import MISSING, TAKEN
from vedette.migrate.litellm_routes import ROUTING, STRATEGIES
from vedette.migrate.litellm_settings import MAKERS
from vedette.migrate.litellm_tables import NEAR, NEVER, SECTIONS, SETTINGS
from vedette.migrate.source import Path, read_source
from vedette.providers.catalogue import load_kinds

KINDS = load_kinds()
GROUPS = ("a", "b", "openai/a", "groq/*", "c d", "*", "a-*")
PARAMS = sorted(TAKEN | MISSING.keys() - {"model"})
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-5, 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        ("os.environ/KEY", "https://a.example/v1", "text", "two words", "30d", "", "null", "a: b")
    )
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(("a", "b", "c")), inner, max_size=2)
    ),
    max_leaves=3,
)
MODELS = st.sampled_from(
    [f"{prefix}/{model}" for prefix in (*PREFIXES, "nobody") for model in ("m", "*", "x/y", "")]
    + ["gpt-4o", "*", "", "claude-opus-4-1", "azure_ai/claude-x", "bedrock/us-east-1/m"]
)


def entries() -> st.SearchStrategy[Any]:
    params = st.dictionaries(st.sampled_from(PARAMS), VALUES, max_size=5)
    return st.builds(
        lambda name, model, rest: {"model_name": name, "litellm_params": {**rest, "model": model}},
        st.sampled_from(GROUPS),
        MODELS,
        params,
    )


def settings(section: str) -> st.SearchStrategy[dict[str, Any]]:
    names = sorted({*SETTINGS[section], *NEAR, *NEVER, *MAKERS, *ROUTING, "unheard_of"})
    named = st.dictionaries(st.sampled_from(names), VALUES, max_size=4)
    groups = st.lists(st.sampled_from(GROUPS), max_size=2)
    fallbacks = st.lists(st.dictionaries(st.sampled_from(GROUPS), groups, max_size=2), max_size=2)
    routed = st.fixed_dictionaries(
        {},
        optional={
            "fallbacks": fallbacks,
            "content_policy_fallbacks": fallbacks,
            "default_fallbacks": groups,
            "routing_strategy": st.sampled_from([*STRATEGIES, "none"]),
            "model_group_alias": st.dictionaries(
                st.sampled_from(("z", "openai/z", "a")), st.sampled_from(GROUPS), max_size=2
            ),
            "enable_tag_filtering": st.booleans(),
        },
    )
    return st.builds(lambda one, other: {**one, **other}, named, routed)


TREES = st.fixed_dictionaries(
    {"model_list": st.lists(entries() | VALUES, max_size=5) | VALUES},
    optional={
        **{section: settings(section) | VALUES for section in SETTINGS},
        **{section: VALUES for section in (*SECTIONS, "unheard_of", "credential_list")},
    },
)


def convert_tree(tree: dict[str, Any]) -> Conversion:
    return convert(read_source(json.dumps(tree).encode(), "config.yaml"), KINDS)


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """All that is written; `null` says nothing."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    if not inner and value not in (None, [], {}, ""):
        yield path
    for step, item in inner:
        yield from leaves(item, (*path, step))


def is_told(path: Path, told: set[str]) -> bool:
    return any(shown(path[:length]) in told for length in range(1, len(path) + 1))


@given(TREES)
def test_whatever_is_written_is_told_of(tree: dict[str, Any]) -> None:
    told = {finding.field for finding in convert_tree(tree).findings}
    silent = [shown(path) for path in leaves(tree) if not is_told(path, told)]
    assert silent == []


@given(TREES)
def test_names_fit_together(tree: dict[str, Any]) -> None:
    """Providers and routes are named once, targets exist, weights draw lots only together."""
    config = convert_tree(tree).config
    providers = [provider["name"] for provider in config.get("providers", ())]
    routes = config.get("routes", ())
    assert len(set(providers)) == len(providers)
    assert len({route["model"] for route in routes}) == len(routes)
    for route in routes:
        assert {target["provider"] for target in route["targets"]} <= set(providers)
        weighed = ["weight" in target for target in route["targets"]]
        assert route.get("strategy") == "weighted" or not any(weighed)
