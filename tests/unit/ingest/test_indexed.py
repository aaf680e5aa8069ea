from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from vedette.ingest.indexed import gather

NAMES = st.text("abcdefgh", min_size=1)
LEAVES = st.text() | st.integers()
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=12)
        | st.dictionaries(NAMES, inner, min_size=1, max_size=4)
    ),
    max_leaves=20,
)


def flatten(value: Any, path: str) -> dict[str, Any]:
    if isinstance(value, dict):
        pairs = [flatten(inner, f"{path}.{name}") for name, inner in value.items()]
    elif isinstance(value, list):
        pairs = [flatten(inner, f"{path}.{index}") for index, inner in enumerate(value)]
    else:
        return {path: value}
    return {name: inner for pair in pairs for name, inner in pair.items()}


@given(st.lists(TREES, min_size=1, max_size=12))
def test_what_was_flattened_comes_back(items: list[Any]) -> None:
    attributes = flatten(items, "llm.input_messages") | {"llm.model_name": "m"}
    reversed_order = dict(reversed(attributes.items()))
    assert gather(attributes) == gather(reversed_order) == {"llm.input_messages.": items}


def test_gaps_are_closed_and_odd_names_left_out() -> None:
    attributes = {"gen_ai.prompt.9.role": "b", "gen_ai.prompt.2.role": "a", "gen_ai.prompt.x": 1,
                  "gen_ai.prompt.name": "p", "gen_ai.prompt.10": "c"}  # fmt: skip
    assert gather(attributes) == {"gen_ai.prompt.": [{"role": "a"}, {"role": "b"}, "c"]}


def test_a_leaf_that_is_a_branch_as_well_stays_the_first() -> None:
    attributes = {"gen_ai.prompt.0.content": "text", "gen_ai.prompt.0.content.0.type": "text"}
    assert gather(attributes) == {"gen_ai.prompt.": [{"content": "text"}]}
