"""What users do for themselves."""

import base64
from collections.abc import Iterator

import pytest

from tests.support.people import PASSWORD, Company, company
from vedette.access.totp import code_at

ME = "/api/v1/me"


@pytest.fixture
def firm() -> Iterator[Company]:
    with company() as firm:
        yield firm


def test_one_sees_and_changes_oneself(firm: Company) -> None:
    client = firm.as_user(firm.root.id)
    assert client.get(ME).json()["email"] == "root@example.com"
    assert client.patch(ME, json={"name": "Ruth"}).json()["name"] == "Ruth"
    assert client.get("/api/v1/session").json()["user"]["name"] == "Ruth"


def test_a_new_password_ends_the_session(firm: Company) -> None:
    client = firm.as_user(firm.root.id)
    wrong = client.post(f"{ME}/password", json={"old": "wrong", "new": "a new password"})
    assert wrong.status_code == 401
    firm.console.parts.clock.advance(1)
    right = client.post(f"{ME}/password", json={"old": PASSWORD, "new": "a new password"})
    assert right.status_code == 200
    assert client.get(ME).status_code == 401


def test_codes_are_asked_for_once_they_are_in_force(firm: Company) -> None:
    client = firm.as_user(firm.root.id)
    begun = client.post(f"{ME}/totp").json()
    now_s = firm.console.parts.clock.now_ns() // 10**9
    code = code_at(base64.b32decode(begun["secret"]), now_s // 30)
    body = {"secret": begun["secret"], "code": code, "password": PASSWORD}
    assert client.post(f"{ME}/totp/confirm", json=body | {"code": "000000"}).status_code == 401
    codes = client.post(f"{ME}/totp/confirm", json=body).json()["codes"]
    assert client.get(ME).json()["has_totp"] is True
    nobody = firm.nobody()
    login = {"email": "root@example.com", "password": PASSWORD}
    assert nobody.post("/api/v1/session", json=login).json()["code"] == "totp_required"
    assert nobody.post("/api/v1/session", json=login | {"code": codes[0]}).status_code == 200
    assert client.post(f"{ME}/totp/drop", json={"password": "wrong"}).status_code == 401
    assert client.post(f"{ME}/totp/drop", json={"password": PASSWORD}).status_code == 204
    assert nobody.post("/api/v1/session", json=login).status_code == 200


def test_tokens_are_shown_once_and_revoked(firm: Company) -> None:
    client = firm.as_user(firm.root.id)
    made = client.post(f"{ME}/tokens", json={"name": "ci", "expires_in_s": 3600}).json()
    program = firm.program(made["text"])
    assert program.get("/api/v1/keys").status_code == 200
    assert made["text"] not in client.get(f"{ME}/tokens").text
    assert client.delete(f"{ME}/tokens/{made['token']['id']}").status_code == 204
    assert program.get("/api/v1/keys").status_code == 401
    wrong = client.post(f"{ME}/tokens", json={"name": "x", "permissions": ["everything"]})
    assert wrong.status_code == 400


def test_who_is_nobody_in_particular_has_no_self() -> None:
    from tests.support.console import run_console

    with run_console() as console:
        assert console.client.get(ME).status_code == 403
