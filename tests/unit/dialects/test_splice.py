"""Only the wanted value changes, whatever the JSON looks like."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.splice import append_member, member_value, replace_model, set_member
from vedette.errors import BadRequest


def test_every_other_byte_stays() -> None:
    body = (
        b'{ "messages" : [{"role":"user","content":"1.0e5 \\u00e9 \xc3\xa9"}],'
        b'\r\n "model":\t"a" ,"n":1.50}'
    )
    expected = body.replace(b'"a"', b'"b/c"')
    assert replace_model(body, "b/c") == expected
    assert replace_model(body, "b/c", current="a") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"model":"a"}', b'{"model":"N"}'),
        (b'{"m\\u006fdel":"a"}', b'{"m\\u006fdel":"N"}'),
        (b'{"model":"a","model":"b"}', b'{"model":"N","model":"N"}'),
        (b'{"model":"a","\\u006dodel":"b"}', b'{"model":"N","\\u006dodel":"N"}'),
        (b'{"model":"b","\\u006dodel":"b"}', b'{"model":"N","\\u006dodel":"N"}'),
        (b'{"x":{"model":"a"},"model":"b"}', b'{"x":{"model":"a"},"model":"N"}'),
        (b'{"x":"model","model":"b"}', b'{"x":"model","model":"N"}'),
        (b'{"x":"\\"model\\":\\"b\\"","model":"b"}', b'{"x":"\\"model\\":\\"b\\"","model":"N"}'),
        (b'{"model":"a\\/b"}', b'{"model":"N"}'),
        (b'{"model":"\\u00e9"}', b'{"model":"N"}'),
        (b'{"model":{"a":[1]},"z":1}', b'{"model":"N","z":1}'),
        (b'{"z":NaN,"model":"a"}', b'{"z":NaN,"model":"N"}'),
    ],
)
def test_each_top_level_model_and_no_other(body: bytes, expected: bytes) -> None:
    assert replace_model(body, "N") == expected
    value = json.loads(body)["model"]
    assert replace_model(body, "N", current=value if isinstance(value, str) else "?") == expected


def test_names_are_written_as_json() -> None:
    assert json.loads(replace_model(b'{"model":"a"}', 'q"\\\n')) == {"model": 'q"\\\n'}


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"a":1}', b'{"model"', b'{"model":', b'{"model":"a"', b'{"model" "a"}',
     b'{"a":{"model":"b"}}', b'{1:2}', b"[" * 100_000, b'{"model":' + b"[" * 100_000],
)  # fmt: skip
def test_bodies_without_a_model_are_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        replace_model(body, "N")


def test_bytes_that_are_no_utf8_stay() -> None:
    assert replace_model(b'{"a":"\xff","model":"x"}', "N") == b'{"a":"\xff","model":"N"}'


KEYS = st.sampled_from(["model", "mode", "a", 'q"', "é", "model "]) | st.text(max_size=3)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6)
    | st.sampled_from(["model", '"model":"x"', "\\u006dodel"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=10,
)  # fmt: skip


@given(
    value=st.dictionaries(KEYS, VALUES, max_size=5),
    current=st.text(max_size=4) | st.just("gpt-4o"),
    new=st.text(max_size=5),
    ascii=st.booleans(),
    indent=st.sampled_from([None, 1]),
)
def test_the_json_means_the_same_but_for_the_model(
    value: dict[str, Any], current: str, new: str, ascii: bool, indent: int | None
) -> None:
    value["model"] = current
    text = json.dumps(value, ensure_ascii=ascii, indent=indent)
    body = text.encode("utf-8", "surrogatepass")
    for known in (None, current):
        try:
            name = msgspec.json.encode(new)
        except UnicodeEncodeError:
            return
        spliced = replace_model(body, new, current=known)
        assert json.loads(spliced.decode("utf-8", "surrogatepass")) == {**value, "model": new}
        assert len(spliced) - len(name) <= len(body)


def test_members_are_set_added_and_read() -> None:
    assert set_member(b'{"a":1}', "a", b"2") == b'{"a":2}'
    assert set_member(b'{"a":1 }\n', "b", b"[]") == b'{"a":1 ,"b":[]}\n'
    assert append_member(b"{ }", "b", b"[]") == b'{ "b":[]}'
    assert member_value(b'{"a": {"b" :1} ,"a":[ 2]}', "a") == b"[ 2]"
    assert member_value(b'{"a":1}', "b") is None
