import gzip
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from tests.support import otlp
from tests.support.console import Parts, make_services
from tests.support.intakes import Intaken, intake_of_threads, serving
from vedette.api import create_app
from vedette.api.ingest import intake_app
from vedette.api.services import ApiServices, ApiSettings
from vedette.ingest.otlp_http import OtlpHttp
from vedette.ports.intake import PATHS, SIMPLE

BODY = otlp.traces([otlp.span({})])
PROTOBUF = {"content-type": "application/x-protobuf"}


@pytest.fixture
def parts() -> Iterator[Intaken]:
    with intake_of_threads() as opened:
        yield opened


@pytest.fixture
def services(parts: Intaken) -> Iterator[ApiServices]:
    made = make_services(Parts(), ApiSettings(token_sha256="0" * 64, max_body_bytes=2_000))
    yield replace(made, store=parts.store, intake=OtlpHttp(parts.intake, max_held_bytes=50_000))
    made.store.close()
    made.records.close()


@pytest.fixture
def console(services: ApiServices) -> Iterator[str]:
    with serving(create_app(services)) as url:
        yield url


def post(url: str, body: bytes = BODY, **headers: str) -> Any:
    given = PROTOBUF | {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx2.post(url, content=body, headers=given, timeout=10)


@pytest.mark.parametrize("path", PATHS)
def test_the_console_takes_otlp_on_every_known_path(console: str, path: str) -> None:
    body = otlp.logs([otlp.log("gen_ai.choice", {})]) if path.endswith("logs") else BODY
    answer = post(console + path, body)
    assert (answer.status_code, answer.content) == (200, b"")


def test_batches_may_be_larger_than_other_bodies(console: str, parts: Intaken) -> None:
    body = otlp.traces([otlp.span({"text": "x" * 10_000})])
    assert post(f"{console}/v1/traces", body).status_code == 200
    assert post(f"{console}/api/v1/views", body).status_code in (401, 413)
    assert len(parts.traces()) == 1


def test_keys_are_asked_for_by_the_intake_not_by_the_console(console: str, parts: Intaken) -> None:
    assert post(f"{console}/api/v1/otlp/v1/traces").status_code == 200
    parts.admission.closed = True
    answer = post(f"{console}/api/v1/otlp/v1/traces")
    assert (answer.status_code, b"Show a key" in answer.content) == (401, True)


def test_pages_of_other_sites_may_not_send(console: str, parts: Intaken) -> None:
    assert post(f"{console}/v1/traces", origin="https://evil.example").status_code == 403
    assert post(f"{console}/v1/traces", host="evil.example").status_code == 403
    assert parts.traces() == ()


def test_simple_spans_are_taken(console: str, parts: Intaken) -> None:
    body = gzip.compress(b'{"spans": [{"name": "a"}]}')
    answer = post(console + SIMPLE, body, content_type="application/json", content_encoding="gzip")
    assert answer.json()["accepted"] == 1
    assert parts.traces()[0].name == "a"


def test_too_large_a_batch_is_refused(console: str, services: ApiServices) -> None:
    assert services.intake is not None
    too_much = str(services.intake.max_body_bytes + 1)
    with socket.create_connection(("127.0.0.1", int(console.rpartition(":")[2]))) as sender:
        head = f"POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-length: {too_much}\r\n\r\n"
        sender.sendall(head.encode())
        assert b" 413 " in sender.recv(1_000)


def test_what_there_is_no_room_for_is_pushed_back(console: str, services: ApiServices) -> None:
    assert services.intake is not None
    with services.intake.holding(50_000):
        answer = post(f"{console}/v1/traces")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert post(f"{console}/v1/traces").status_code == 200


def test_the_port_of_its_own_takes_spans_and_nothing_else(services: ApiServices) -> None:
    with serving(intake_app(services, allowed_hosts=("127.0.0.1",))) as url:
        assert post(f"{url}/v1/traces").status_code == 200
        simple = post(url + SIMPLE, b'{"name": "a"}', content_type="application/json")
        assert simple.json()["accepted"] == 1
        assert httpx2.get(f"{url}/v1/traces").status_code == 405
        assert httpx2.get(f"{url}/api/v1/traces").status_code in (401, 404)
        assert post(f"{url}/v1/traces", host="evil.example").status_code == 403


def test_a_console_without_intake_says_so(services: ApiServices) -> None:
    with serving(create_app(replace(services, intake=None))) as url:
        answer = post(f"{url}/v1/traces")
    assert (answer.status_code, answer.json()["code"]) == (503, "intake_unavailable")
