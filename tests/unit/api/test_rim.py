"""What holds for every request."""

import socket

import pytest

from tests.support.console import Console, make_span


def test_every_answer_has_a_request_id_and_security_headers(console: Console) -> None:
    for path in ("/", "/api/v1/traces", "/api/v1/nothing", "/health/live", "/metrics"):
        headers = console.client.get(path).headers
        assert headers["x-request-id"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers


def test_data_is_not_cached(console: Console) -> None:
    assert console.client.get("/api/v1/traces").headers["cache-control"] == "no-store"


def test_a_harmless_request_id_is_kept_and_another_replaced(console: Console) -> None:
    kept = console.client.get("/api/v1/nothing", headers={"x-request-id": "abc-1"})
    assert kept.headers["x-request-id"] == kept.json()["request_id"] == "abc-1"
    replaced = console.client.get("/health/live", headers={"x-request-id": "a b<script>"})
    assert replaced.headers["x-request-id"] != "a b<script>"


def test_a_rebound_host_is_refused_everywhere(console: Console) -> None:
    for path in ("/", "/api/v1/traces", "/health/live", "/metrics"):
        answer = console.client.get(path, headers={"host": "evil.example:4001"})
        assert answer.status_code == 403
        assert answer.json()["code"] == "host_not_allowed"


def test_pages_of_other_sites_cannot_read_or_write(console: Console) -> None:
    foreign = {"origin": "http://evil.example"}
    assert console.client.get("/api/v1/traces", headers=foreign).status_code == 403
    answer = console.client.post("/api/v1/views", headers=foreign, json={"name": "x"})
    assert answer.json()["code"] == "cross_site_request"
    embedded = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert console.client.get("/api/v1/export", headers=embedded).status_code == 403


def test_a_body_over_the_cap_is_refused_declared_or_not(console: Console) -> None:
    big = b"x" * 1_048_577
    headers = {"content-type": "application/json"}
    declared = console.client.post("/api/v1/views", content=big, headers=headers)
    assert declared.status_code == 413
    chunked = console.client.post(
        "/api/v1/views", content=(big[i : i + 65_536] for i in range(0, len(big), 65_536)),
        headers=headers,
    )  # fmt: skip
    assert chunked.status_code == 413
    assert chunked.json()["code"] == "body_too_large"


def test_a_store_that_fails_is_a_503_with_its_code(console: Console) -> None:
    console.services.store.close()
    problem = console.problem("/api/v1/traces", 503)
    assert problem["code"] == "store_unavailable"
    assert "closed" in problem["detail"]


def test_a_bug_is_a_500_that_tells_nothing_and_is_logged(
    console: Console, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> bytes:
        raise ZeroDivisionError("secret")

    console.parts.exposition = fail
    answer = console.client.get("/metrics")
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal_error"
    assert "secret" not in answer.text
    assert answer.json()["request_id"] in caplog.text


def test_nonsense_on_the_wire_does_not_hurt(console: Console) -> None:
    port = int(console.url.rpartition(":")[2])
    for junk in (
        b"\x00\xff\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            client.sendall(junk)
            assert client.recv(100).startswith(b"HTTP/1.1 4")
    console.services.store.write_batch([make_span(1)])
    assert len(console.get("/api/v1/traces")["items"]) == 1
