"""YAML with places, and nothing that YAML could do to us."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.config.errors import ConfigProblems
from vedette.config.tree import MAX_BYTES, Plain, find, from_plain, plain, read_yaml, walk


def read(text: str) -> object:
    return plain(read_yaml(text.encode(), "f.yaml"))


def problem(content: bytes) -> str:
    with pytest.raises(ConfigProblems) as raised:
        read_yaml(content, "f.yaml")
    return raised.value.message


def test_values_are_those_of_yaml_1_2() -> None:
    text = "{a: 1, b: -1.5, c: true, d: null, e: ~, f: no, g: 12:30, h: 1_000, i: '1', j: 0x10}"
    assert read(text) == {
        "a": 1, "b": -1.5, "c": True, "d": None, "e": None, "f": "no", "g": "12:30",
        "h": "1_000", "i": "1", "j": "0x10",
    }  # fmt: skip


def test_quoted_and_block_text_stays_text() -> None:
    assert read("a: \"true\"\nb: '~'\nc: |\n  1\n") == {"a": "true", "b": "~", "c": "1\n"}


def test_every_value_and_key_knows_its_line() -> None:
    root = read_yaml(b"a:\n  b:\n    - x\n    - y\n", "f.yaml")
    assert find(root, ("a", "b", 1)).place == "f.yaml:4"
    assert find(root, ("a",)).key_places["b"] == "f.yaml:2"


def test_what_is_not_written_is_at_its_nearest_ancestor() -> None:
    root = read_yaml(b"a:\n  b: {c: 1}\n", "f.yaml")
    assert find(root, ("a", "b", "d", 0)).place == "f.yaml:2"


def test_aliases_repeat_a_value() -> None:
    assert read("a: &x {k: [1, 2]}\nb: *x\n") == {"a": {"k": [1, 2]}, "b": {"k": [1, 2]}}


def test_a_byte_order_mark_is_no_text() -> None:
    assert plain(read_yaml("a: 1".encode("utf-8-sig"), "f.yaml")) == {"a": 1}


def test_an_empty_file_is_an_empty_mapping() -> None:
    assert read("") == {}
    assert read("# nothing\n") == {}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a: 1\nb: 2\na: 3", "f.yaml:3: key 'a' stands twice (first at f.yaml:1)"),
        (b"a: {b: 1,\n b: 2}", "f.yaml:2: key 'b' stands twice (first at f.yaml:1)"),
        (b"a: !!python/object/apply:os.system [x]", "f.yaml:1: YAML tags are not supported"),
        (b"a: !!str 1", "f.yaml:1: YAML tags are not supported"),
        (b"a: &x [*x]", "f.yaml:1: alias 'x' has no anchor before it"),
        (b"a: *x", "f.yaml:1: alias 'x' has no anchor before it"),
        (b"x: &x {a: 1}\ny: {<<: *x}", "f.yaml:2: merge keys (<<) are not supported"),
        (b"a: 1\n---\nb: 2", "f.yaml:2: holds more than one YAML document"),
        (b"? [a]\n: 1", "f.yaml:1: a key must be text"),
        (b"x: &x a\ny: {*x : 1}", "f.yaml:2: a key must be text"),
        (b"a: 1\nb: \xff", "f.yaml:2: is not UTF-8 text"),
        (b"a: \x00", "f.yaml: is not valid YAML"),
        (b"a: [1,\nb: 2", "f.yaml:2: is not valid YAML"),
        (b"a:\n\tb: 1", "f.yaml:2: is indented with a tab: use spaces"),
        (b"a:\n  b: 1\n  \tc: 1", "f.yaml:3: is indented with a tab: use spaces"),
        (b"[" * 100_000, "f.yaml:1: is nested more than 32 levels deep"),
        (b"a" * (MAX_BYTES + 1), "f.yaml: is larger than 1048576 bytes"),
    ],
)  # fmt: skip
def test_what_is_refused_names_its_line(content: bytes, expected: str) -> None:
    assert problem(content).startswith(expected)


def test_a_syntax_error_does_not_repeat_the_line() -> None:
    assert "hunter2" not in problem(b"api_key: 'hunter2\nx: [")


def test_a_billion_laughs_are_cut_short() -> None:
    lines = ["l0: &l0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"l{n}: &l{n} [" + ", ".join([f"*l{n - 1}"] * 9) + "]" for n in range(1, 12)]
    assert "holds more than 50000 values" in problem("\n".join(lines).encode())


def test_aliases_do_not_nest_deeper_than_the_file_may() -> None:
    lines = ["l0: &l0 " + "[" * 20 + "]" * 20]
    lines += [f"l{n}: &l{n} " + "[" * 20 + f"*l{n - 1}" + "]" * 20 for n in range(1, 200)]
    assert "nested more than 32 levels" in problem("\n".join(lines).encode())


def test_a_plain_value_becomes_a_tree_at_one_place() -> None:
    value: Plain = {"a": [1, {"b": None}], "c": "x"}
    root = from_plain(value, "here")
    assert plain(root) == value
    assert {node.place for _, node in walk(root)} == {"here"}


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(ConfigProblems):
        plain(read_yaml(content, "f.yaml"))
