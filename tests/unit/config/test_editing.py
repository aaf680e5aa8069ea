"""Values changed in a YAML text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.config.editing import Path, flow, read_path, set_value
from vedette.config.errors import ConfigProblems
from vedette.config.tree import Plain, plain, read_yaml

FILE = """\
# Ours.
gateway:
  listen: 127.0.0.1:4000   # for everybody

  api_keys: [a, "b"]  # two
cache: {enabled: true, ttl_s: 60}
audit:
providers:
  # The first.
  - name: a
    kind: openai
    headers:
      x-team: |
        several
        lines
  - {name: b, kind: sim}
logging:
  level: "info" # loud
"""


def changed(key: str, value: Plain, text: str = FILE) -> str:
    return set_value(text, "f.yaml", read_path(key), value)


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("gateway.listen", "[::1]:1", "127.0.0.1:4000   #", '"[::1]:1"   #'),
        ("gateway.api_keys", [], '[a, "b"]  # two', "[]  # two"),
        ("gateway.api_keys[2]", "c", '[a, "b"]', '[a, "b", c]'),
        ("gateway.api_keys[0]", "c", '[a, "b"]', '[c, "b"]'),
        ("cache.ttl_s", 5.5, "ttl_s: 60", "ttl_s: 5.5"),
        ("cache.max_bytes", 9, "ttl_s: 60}", "ttl_s: 60, max_bytes: 9}"),
        ("audit.webhook", "x", "audit:\n", "audit:\n  webhook: x\n"),
        ("audit", None, "audit:\n", "audit: null\n"),
        ("providers[0].kind", "x y", "kind: openai", 'kind: "x y"'),
        ("providers.0.kind", "null", "kind: openai", 'kind: "null"'),
        ("providers[1].kind", "x", "kind: sim", "kind: x"),
        ("providers[1]", {"name": "c"}, "{name: b, kind: sim}", "{name: c}"),
        ("providers[2].name", "c", "kind: sim}\n", "kind: sim}\n  - {name: c}\n"),
        ("providers[0].models", ["m"], "        lines\n", "        lines\n    models: [m]\n"),
        ("logging.level", "debug", '"info" # loud', "debug # loud"),
        ("logging.format", "json", "# loud\n", "# loud\n  format: json\n"),
        ("drift.watch", False, "# loud\n", "# loud\ndrift:\n  watch: false\n"),
        ("routes[0].model", "m", "# loud\n", "# loud\nroutes: [{model: m}]\n"),
    ],
    ids=lambda one: str(one)[:30],
)
def test_the_rest_stays_as_it_was(key: str, value: Plain, old: str, new: str) -> None:
    assert FILE.count(old) == 1
    assert changed(key, value) == FILE.replace(old, new)


@pytest.mark.parametrize("text", ["", "# Nothing yet.", "# Nothing yet.\n", "\n\n"])
def test_an_empty_file(text: str) -> None:
    found = changed("cache.ttl_s", 5, text)
    assert found.startswith(text)
    assert plain(read_yaml(found.encode(), "f")) == {"cache": {"ttl_s": 5}}


def test_line_ends_stay() -> None:
    assert changed("a.c", 2, "a:\r\n  b: 1\r\n") == "a:\r\n  b: 1\r\n  c: 2\r\n"


def test_what_a_block_held_is_replaced() -> None:
    text = "a:\n  b:\n    - 1\n    # old\n    - 2\n\n# after\nc: 3\n"
    assert changed("a.b", [9], text) == "a:\n  b: [9]\n\n# after\nc: 3\n"


@pytest.mark.parametrize(
    "text",
    ["a: &x {b: 1}\nc: *x\n", "a: &x\n  b: 1\nc: *x\n"],
    ids=["flow", "block"],
)
def test_what_cannot_be_edited_is_refused(text: str) -> None:
    for key in ("a", "c.b"):
        with pytest.raises(ConfigProblems, match="cannot be edited"):
            changed(key, 5, text)


def test_lists_have_no_gaps() -> None:
    with pytest.raises(ConfigProblems, match="there are 2 entries: need a position from 0 to 2"):
        changed("providers[3].name", "x")


@pytest.mark.parametrize("key", ["", ".", "a..b", "a[", "[x]", "a[1", "]"])
def test_what_is_no_key(key: str) -> None:
    with pytest.raises(ConfigProblems):
        read_path(key)


KEYS = st.sampled_from(["a", "b", "c d", "null", "1", "é"])
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-9, 9), st.sampled_from(["", "x", "a: b", "# c", "1_0"])
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(
    tree=st.dictionaries(KEYS, TREES, min_size=1, max_size=4), value=TREES,
    path=st.lists(KEYS | st.integers(0, 2), min_size=1, max_size=3),
    style=st.sampled_from(["flow", "block"]),
)  # fmt: skip
def test_what_is_written_is_what_was_meant_or_it_is_refused(
    tree: dict[str, Plain], value: Plain, path: Path, style: str
) -> None:
    text = (
        flow(tree)
        if style == "flow"
        else "".join(f"{flow(k)}: {flow(v)}\n" for k, v in tree.items())
    )
    before = plain(read_yaml(text.encode(), "f"))
    assert before == tree
    path = [str(path[0]), *path[1:]]
    try:
        found = plain(read_yaml(set_value(text, "f", path, value).encode(), "f"))
    except ConfigProblems:
        return
    for step in path:
        found = found[step]  # type: ignore[index]
    assert found == value
