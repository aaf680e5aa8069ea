import pytest

from vedette.gateway.tail import KEPT_BYTES, Tail


def usage_of(*pieces: bytes) -> bytes | None:
    tail = Tail()
    for piece in pieces:
        tail.add(piece)
    return tail.usage()


def test_the_last_usage_is_found_however_the_body_was_cut() -> None:
    body = b'{"usage":{"a":1},"data":"' + b"x" * KEPT_BYTES + b'","usage" : {"b": [2]} }\n'
    whole = usage_of(body)
    assert whole == b'{"usage":{"b":[2]}}'
    assert usage_of(*(body[at : at + 97] for at in range(0, len(body), 97))) == whole


def test_a_text_about_usage_is_none() -> None:
    assert usage_of(b'{"content":"\\"usage\\": {\\"b\\": 2}"}') is None


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'"usage"', b'"usage":', b'"usage":{', b'"usage":\xff']
)
def test_what_cannot_be_read_is_none(body: bytes) -> None:
    assert usage_of(body) is None
