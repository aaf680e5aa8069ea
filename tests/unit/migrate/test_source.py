"""Files as their own program reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.errors import ConfigError
from vedette.migrate.source import MAX_BYTES, MAX_DEPTH, read_source


def test_anchors_and_merge_keys_are_followed() -> None:
    source = read_source(
        b"x: &x {key: one, version: 2}\nlist:\n- <<: *x\n  version: 3\n- *x\n", "f.yaml"
    )
    assert source.tree["list"] == [{"key": "one", "version": 3}, {"key": "one", "version": 2}]
    assert source.place(("list", 0, "version")) == "f.yaml:4"
    assert source.place(("list", 0, "key")) == "f.yaml:1"


def test_a_value_without_a_line_stands_where_what_holds_it_does() -> None:
    source = read_source(b"a:\n  b: 1\n", "f.yaml")
    assert source.place(("a", "b", "c", 3)) == "f.yaml:2"
    assert source.place(("z",)) == "f.yaml"


def test_values_are_plain() -> None:
    text = b"a: 2024-10-21\nb: !!binary aGk=\nc: !!set {x}\nd: !mine 3\ne: 1.5\nf: ~\ng: off\n"
    tree = read_source(text, "f.yaml").tree
    assert tree["a"] == "2024-10-21"
    assert tree["b"] == "aGk="
    assert (tree["d"], tree["e"], tree["f"], tree["g"]) == ("3", 1.5, None, False)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "expected a mapping"),
        (b"- a", "expected a mapping"),
        (b"a: 1\nb: [", r"f.yaml:\d is not valid YAML"),
        (b"a: *nobody", "f.yaml:1 is not valid YAML"),
        (b"a: 1\n---\nb: 2", "is not valid YAML"),
        (b"a: {<<: 3}", "f.yaml:1: expected a mapping"),
        (b"\xff\xfe\xfa", "is not UTF-8"),
        (b"a: \x00", "is not valid YAML"),
        (b"a: !!python/object/apply:os.system [ls]", ""),
        (b"a: " + b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "too deeply"),
        (b"a: " + b"[" * 5_000 + b"]" * 5_000, ""),
        (b"a: " + b"x" * MAX_BYTES, "is larger"),
        (b"a: &a [*a]", "too deeply"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(content: bytes, told: str) -> None:
    if not told:
        # Nothing is run and nothing breaks, whatever it is taken for.
        try:
            tree = read_source(content, "f.yaml").tree
        except ConfigError:
            return
        assert tree == {"a": ["ls"]}
        return
    with pytest.raises(ConfigError, match=told):
        read_source(content, "f.yaml")


def test_aliases_of_aliases_are_capped() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 9):
        aliases = ", ".join([f"*a{level - 1}"] * 10)
        lines.append(f"a{level}: &a{level} [{aliases}]")
    with pytest.raises(ConfigError, match="too many values"):
        read_source("\n".join(lines).encode(), "f.yaml")


@given(st.binary(max_size=200) | st.text("ab: -[]{}&*!|>'\"\n#<", max_size=60).map(str.encode))
def test_anything_is_read_or_refused(content: bytes) -> None:
    try:
        source = read_source(content, "f.yaml")
    except ConfigError:
        return
    assert isinstance(source.tree, dict)
