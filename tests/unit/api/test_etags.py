"""Versions in headers."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from tests.support.console import Console, make_span
from vedette.api.etags import VersionNeeded, etag, expected_version, tagged
from vedette.query.parameters import ParameterError


def asks(if_match: str | None) -> Request:
    headers = [] if if_match is None else [(b"if-match", if_match.encode())]
    return Request({"type": "http", "headers": headers})


@pytest.mark.parametrize("text", ['"12"', "12", 'W/"12"', ' "12" ', '"12-00ff"'])
def test_a_version_is_read_as_clients_write_it(text: str) -> None:
    assert expected_version(asks(text), "view") == 12


@pytest.mark.parametrize("text", ["*", '"0"', '"x"', '"1", "2"', "1" * 16, '"1-"', '"00ff"'])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ParameterError):
        expected_version(asks(text), "view")


def test_without_it_the_noun_is_named() -> None:
    with pytest.raises(VersionNeeded, match="ETag of the route"):
        expected_version(asks(None), "route")
    assert etag(3) == '"3"'


def has(*if_none_match: str) -> Request:
    return Request(
        {"type": "http", "headers": [(b"if-none-match", one.encode()) for one in if_none_match]}
    )


TAG = tagged(has(), Response(b"{}")).headers["etag"]


@pytest.mark.parametrize("known", ["*", TAG, f"W/{TAG}", f'"a, b", {TAG}'])
def test_who_has_the_answer_gets_none(known: str) -> None:
    answer = tagged(has(known), Response(b"{}"))
    assert (answer.status_code, answer.body, answer.headers["etag"]) == (304, b"", TAG)


@pytest.mark.parametrize("known", ["", TAG.strip('"'), '"another"', f'"{TAG}'])
def test_who_has_another_gets_it(known: str) -> None:
    assert tagged(has(known), Response(b"{}")).body == b"{}"


def test_a_tag_in_a_second_header_counts() -> None:
    assert tagged(has('"another"', TAG), Response(b"{}")).status_code == 304


def test_a_version_says_less_than_its_answer() -> None:
    active, expired = (
        tagged(has(), Response(body, headers={"etag": etag(2)})).headers["etag"]
        for body in (b'{"active":true}', b'{"active":false}')
    )
    assert active != expired
    assert active.startswith('"2-')
    assert expired.startswith('"2-')
    assert expected_version(asks(active), "key") == 2


PATHS = ("traces", "traces/{trace}", "spans", "sessions/s1")


@pytest.mark.parametrize("path", PATHS)
def test_what_was_read_is_not_sent_again_until_it_changes(console: Console, path: str) -> None:
    span = make_span(1)
    console.services.store.write_batch([span])
    address = "/api/v1/" + path.format(trace=span.trace_id)
    first = console.client.get(address)
    known = {"if-none-match": first.headers["etag"]}
    again = console.client.get(address, headers=known)
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again.headers["x-request-id"]
    child = make_span(1, span_id="f" * 16, parent_span_id=span.span_id)
    console.services.store.write_batch([child])
    assert console.client.get(address, headers=known).status_code == 200


def test_a_record_is_changed_with_the_tag_it_was_read_with(console: Console) -> None:
    body = {"name": "Slow", "page": "traces", "query": {"status": "error"}}
    made = console.client.post("/api/v1/views", json=body)
    read = console.client.get(made.headers["location"])
    known = {"if-none-match": read.headers["etag"]}
    assert console.client.get(made.headers["location"], headers=known).status_code == 304
    changed = console.client.put(
        made.headers["location"], json=body | {"name": "Fast"},
        headers={"if-match": read.headers["etag"]},
    )  # fmt: skip
    assert changed.status_code == 200
    assert console.client.get(made.headers["location"], headers=known).json()["name"] == "Fast"


def test_what_is_refused_has_no_tag(console: Console) -> None:
    answer = console.client.get(f"/api/v1/traces/{9:032x}", headers={"if-none-match": "*"})
    assert (answer.status_code, "etag" in answer.headers) == (404, False)
