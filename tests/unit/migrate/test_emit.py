"""YAML as written."""

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from vedette.config.environment import Expansion
from vedette.config.tree import from_plain, plain
from vedette.migrate.emit import literal, to_yaml

TEXT = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ("no", "Off", "null", "~", "1e3", "0x1", "1_000", "2024-01-01", "a: b", "# a", "- a", "a*", "*")
)
SCALARS = TEXT | st.none() | st.booleans() | st.integers() | st.floats(-1e9, 1e9)
TREES = st.dictionaries(
    TEXT,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=12,
    ),
    min_size=1,
    max_size=3,
)


@given(TREES)
def test_any_yaml_reader_finds_what_was_written(tree: dict[str, Any]) -> None:
    assert yaml.safe_load(to_yaml(tree)) == tree


def test_it_reads_as_if_somebody_had_written_it() -> None:
    tree = {
        "gateway": {"api_keys": ["${KEY}"]},
        "providers": [
            {"name": "a", "kind": "openai"},
            {
                "name": "b",
                "kind": "azure",
                "base_url": "https://b.example",
                "headers": {"x": "y" * 60},
            },
        ],
        "routes": [{"model": "m", "targets": [{"provider": "a", "weight": 1.0}]}],
    }
    assert to_yaml(tree) == (
        "gateway:\n"
        '  api_keys: ["${KEY}"]\n'
        "\n"
        "providers:\n"
        "  - {name: a, kind: openai}\n"
        "  - name: b\n"
        "    kind: azure\n"
        '    base_url: "https://b.example"\n'
        f"    headers: {{x: {'y' * 60}}}\n"
        "\n"
        "routes:\n"
        "  - {model: m, targets: [{provider: a, weight: 1}]}\n"
    )


@given(TEXT)
def test_a_literal_text_is_no_reference(text: str) -> None:
    expansion = Expansion({"a": "replaced"})
    assert plain(expansion.expand(from_plain(literal(text), "here"))) == text
    assert expansion.problems == []
