"""Bodies: unpacked within a cap, mended where they were cut."""

import gzip
import json
import zlib
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from vedette.ingest.bodies import drop_cut_word, is_text, mend_json, to_text, unpack

TEXT = b'{"a":"' + b"some text " * 500 + b'"}'
PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "GZIP": gzip.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "identity": TEXT,
    "": TEXT,
    "gzip, zstd": zstandard.compress(gzip.compress(TEXT)),
}


@pytest.mark.parametrize("encoding", PACKED)
def test_encodings_are_undone(encoding: str) -> None:
    assert unpack(PACKED[encoding], encoding) == TEXT
    assert unpack(PACKED[encoding], encoding, limit=10) == TEXT[:10]


def test_deflate_without_its_wrapper() -> None:
    packer = zlib.compressobj(wbits=-15)
    assert unpack(packer.compress(TEXT) + packer.flush(), "deflate") == TEXT


def test_a_cut_body_gives_what_it_holds() -> None:
    noise = bytes(range(256)) * 40
    for encoding, packed in (("gzip", gzip.compress(noise)), ("zstd", zstandard.compress(noise))):
        unpacked = unpack(packed[:-5], encoding)
        assert unpacked is not None
        assert noise.startswith(unpacked)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [(b"x", "br"), (b"no gzip", "gzip"), (b"no zstd", "zstd"), (b"\xff\xff", "deflate")],
)
def test_what_cannot_be_undone_is_none(body: bytes, encoding: str) -> None:
    assert unpack(body, encoding) is None


@pytest.mark.parametrize("encoding", ["gzip", "zstd", "deflate"])
def test_a_bomb_is_unpacked_no_further_than_the_cap(encoding: str) -> None:
    bombs = {
        "gzip": gzip.compress(bytes(20_000_000)),
        "zstd": zstandard.compress(bytes(20_000_000)),
        "deflate": zlib.compress(bytes(20_000_000)),
    }
    unpacked = unpack(bombs[encoding], encoding, limit=100_000)
    assert unpacked == bytes(100_000)


@given(st.binary(max_size=80), st.sampled_from(["gzip", "zstd", "deflate", "br", "a,b", ",", ""]))
def test_no_bytes_are_an_error(body: bytes, encoding: str) -> None:
    unpack(body, encoding)
    to_text(body)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=4), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def holds(whole: Any, part: Any) -> bool:
    """Whether everything in `part` stands in `whole` as well, texts as their beginning."""
    if isinstance(whole, str) and isinstance(part, str):
        return whole.startswith(part)
    if isinstance(whole, dict) and isinstance(part, dict):
        return all(name in whole and holds(whole[name], inner) for name, inner in part.items())
    if isinstance(whole, list) and isinstance(part, list):
        return len(part) <= len(whole) and all(map(holds, whole, part))
    return bool(whole == part)


@given(value=st.dictionaries(st.text(max_size=3), JSON, min_size=1, max_size=4), data=st.data())
def test_json_cut_anywhere_reads_as_its_beginning(
    value: dict[str, Any], data: st.DataObject
) -> None:
    ascii, indent = data.draw(st.booleans()), data.draw(st.sampled_from([None, 2]))
    body = json.dumps(value, ensure_ascii=ascii, indent=indent).encode("utf-8", "replace")
    whole = json.loads(body)
    cut = data.draw(st.integers(1, len(body)))
    assert holds(whole, json.loads(mend_json(body[:cut])))
    assert json.loads(mend_json(body)) == whole


def test_a_cut_text_is_kept_as_far_as_it_goes() -> None:
    assert mend_json(b'{"a":[1,{"b":"some te') == b'{"a":[1,{"b":"some te"}]}'
    assert mend_json(b'{"a":1,"b":') == b'{"a":1}'
    assert mend_json(b'{"a":1,"b') == b'{"a":1}'
    assert mend_json(b'{"a":"\\u00e') == b'{"a":""}'
    assert mend_json(b'{"a":"x\\ud83d') == b'{"a":"x"}'
    assert mend_json(b'{"a":tru') == b"{}"
    assert mend_json(b'["\xe6\x9d') == b'[""]'


@given(st.binary(max_size=60))
def test_what_is_no_json_is_no_error(body: bytes) -> None:
    mend_json(body)


def test_mending_is_linear() -> None:
    mend_json(b'{"a":' * 100_000)
    mend_json(b'{"a":"' + b"\\" * 300_000)


def test_the_word_of_the_cut_can_be_dropped() -> None:
    assert drop_cut_word(b'{"a":"my sk-abc') == b'{"a":"my '
    assert drop_cut_word(b'{"a":"sk-abc') == b'{"a":"'
    assert drop_cut_word(b"data: {}\n\nda") == b"data: {}\n\n"
    assert drop_cut_word(b"word") == drop_cut_word(b"") == b""


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("", True), ("application/json; charset=utf-8", True), ("text/event-stream", True),
        ("application/problem+json", True), ("application/x-ndjson", True),
        ("multipart/form-data; boundary=x", False), ("audio/mpeg", False),
        ("application/octet-stream", False), ("application/vnd.amazon.eventstream", False),
    ],
)  # fmt: skip
def test_types_that_read_as_text(content_type: str, expected: bool) -> None:
    assert is_text(content_type) is expected
