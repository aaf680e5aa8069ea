"""`/audit`: read, verified, proven, exported, erased."""

import json
from typing import Any

import pytest

from tests.support.console import Console, run_console
from vedette.audit.notes import signature_of
from vedette.audit.outside import Outside
from vedette.audit.proofs import check_proof, read_proof
from vedette.audit.signing import Signer
from vedette.query.times import format_time

PATH = "/api/v1/audit"


def sign(console: Console) -> None:
    """What the core does every second."""
    folder, desk = console.parts.folder, console.services.audit
    assert desk is not None
    outside = Outside(folder / "checkpoints.jsonl", folder / "heads.json")
    signer = Signer(
        desk.store, signature_of(bytes(32)), outside, console.parts.clock, every_s=60,
        format_time=format_time,
    )  # fmt: skip
    signer.step(last=True)


def make_key(console: Console, **body: str) -> str:
    answer = console.client.post("/api/v1/keys", json={"project": "default", "name": "k", **body})
    assert answer.status_code == 201
    id: str = answer.json()["id"]
    return id


def items(console: Console, **filters: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = console.get(PATH, **filters)["items"]
    return found


def test_changes_are_listed_with_whoever_made_them(console: Console) -> None:
    key = make_key(console, owner="ann@example.com")
    console.client.delete(f"/api/v1/keys/{key}")
    deleted, made = items(console, action="key.")
    assert (deleted["action"], made["action"]) == ("key.deleted", "key.created")
    assert made["target"] == {"kind": "key", "id": key}
    assert made["actor"] == {"kind": "local", "id": "", "name": None, "address": "127.0.0.1"}
    assert made["personal"] == {"owner": [None, "ann@example.com"]}
    assert made["details"]["changes"]["sha256"] == "(hidden)"
    assert console.get(f"{PATH}/{made['id']}") == made


def test_changes_of_credentials_and_refusals_are_there_too(console: Console) -> None:
    console.client.put("/api/v1/credentials/openai", json={"value": "sk-secret"})
    console.client.put("/api/v1/credentials/bad", json={"value": "two words"})
    console.client.delete("/api/v1/credentials/openai")
    found = items(console, organization="installation", action="credential.")
    assert [one["action"] for one in found] == ["credential.deleted", "credential.set"]
    assert "sk-secret" not in json.dumps(found)


def test_log_ins_are_there_whether_they_succeed_or_not() -> None:
    import hashlib

    with run_console(token_sha256=hashlib.sha256(b"right").hexdigest()) as console:
        client = console.client
        client.post("/api/v1/session", json={"token": "wrong"})
        client.post("/api/v1/session", json={"token": "right"})
        found = items(console, action="session.")
        client.delete("/api/v1/session")
        assert [(one["action"], one["outcome"], one["actor"]["kind"]) for one in found] == [
            ("session.opened", "done", "token"), ("session.refused", "refused", "anonymous"),
        ]  # fmt: skip
        client.cookies.clear()
        assert client.get(PATH).status_code == 401
        bearer = {"authorization": "Bearer right"}
        listed = client.get(PATH, headers=bearer).json()["items"]
        assert listed[0]["action"] == "session.closed"


def test_pages_go_on_where_they_ended(console: Console) -> None:
    for _ in range(3):
        make_key(console)
    seen: list[str] = []
    cursor = ""
    while True:
        page = console.get(PATH, limit="2", cursor=cursor)
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"] or ""
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == len(items(console))


@pytest.mark.parametrize("cursor", ["x", "1.2", "1..a", "1.x.a"])
def test_a_cursor_that_is_none_is_refused(console: Console, cursor: str) -> None:
    assert console.problem(PATH, 400, cursor=cursor)["code"] == "invalid_parameter"


def test_the_log_is_verified_and_entries_are_proven(console: Console) -> None:
    make_key(console)
    sign(console)
    report = console.get(f"{PATH}/verify")
    assert report["ok"] is True
    assert {log["organization"] for log in report["logs"]} == {"default", "installation"}
    (one,) = console.get(f"{PATH}/verify", organization="default")["logs"]
    assert one["signed"] == one["entries"] > 0
    entry = items(console, action="key.")[0]
    proof = console.client.get(f"{PATH}/{entry['id']}/proof")
    key = console.get(f"{PATH}/key")["key"]
    assert key == signature_of(bytes(32)).key.text
    assert "is in" in check_proof(read_proof(proof.content), signature_of(bytes(32)).key)
    note = console.get(f"{PATH}/checkpoint")["note"]
    assert note.startswith(f"{key.split('+')[0]}/default\n")


def test_what_is_not_there_is_not_found(console: Console) -> None:
    assert console.problem(f"{PATH}/default:999", 404)["code"] == "not_found"
    assert console.problem(f"{PATH}/nonsense/proof", 404)["code"] == "not_found"
    assert console.problem(f"{PATH}/checkpoint", 404, organization="none")["code"] == "not_found"


def test_the_export_has_one_entry_a_line(console: Console) -> None:
    make_key(console)
    answer = console.client.get(f"{PATH}/export", params={"action": "key."})
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert [json.loads(line)["action"] for line in answer.text.splitlines()] == ["key.created"]


def test_personal_values_are_erased(console: Console) -> None:
    make_key(console, owner="ann@example.com")
    answer = console.client.post(f"{PATH}/erase", json={"value": "ann@example.com"})
    assert answer.json() == {"count": 1}
    (made,) = items(console, action="key.")
    assert made["personal"] == {}
    assert made["erased"] == ["owner"]
    assert "ann@" not in console.client.get(PATH).text
    assert console.get(f"{PATH}/verify")["ok"] is True
    assert console.client.post(f"{PATH}/erase", json={"value": ""}).status_code == 400


def test_without_a_log_that_is_said() -> None:
    from dataclasses import replace

    import httpx2

    from tests.support.console import Parts, listening, make_services
    from vedette.api.services import ApiSettings

    services = replace(make_services(Parts(), ApiSettings()), audit=None)
    with listening(services) as port, httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
        assert client.get(PATH).json()["code"] == "audit_unavailable"
        assert client.put("/api/v1/credentials/a", json={"value": "b"}).status_code in (200, 503)
