"""Users, members and invitations over HTTP."""

import hashlib
from collections.abc import Iterator

import pytest

from tests.support.console import run_console
from tests.support.people import PASSWORD, Company, company

API = "/api/v1"


@pytest.fixture
def firm() -> Iterator[Company]:
    with company() as firm:
        yield firm


def test_with_the_first_user_everybody_has_to_log_in() -> None:
    with run_console() as console:
        client = console.client
        assert client.get(f"{API}/traces").status_code == 200
        body = {"email": "ann@example.com", "password": PASSWORD}
        made = client.post(f"{API}/users", json=body)
        assert made.status_code == 201
        assert made.json()["user"]["is_root"] is True
        assert made.json()["token"] is None
        assert client.get(f"{API}/traces").status_code == 401
        state = client.get(f"{API}/session").json()
        assert (state["token_required"], state["users"], state["authenticated"]) == (
            True, True, False,
        )  # fmt: skip
        logged = client.post(f"{API}/session", json=body)
        assert logged.json()["user"]["name"] == "ann@example.com"
        cookie = logged.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get(f"{API}/traces").status_code == 200
        id = made.json()["user"]["id"]
        assert client.delete(f"{API}/users/{id}").status_code == 204
        client.cookies.clear()
        assert client.get(f"{API}/traces").status_code == 200


def test_guesses_are_limited_by_account(firm: Company) -> None:
    client = firm.console.client
    statuses = [
        client.post(
            f"{API}/session", json={"email": "root@example.com", "password": f"wrong {n}"}
        ).status_code
        for n in range(12)
    ]  # fmt: skip
    assert statuses[:10] == [401] * 10
    assert statuses[10:] == [429] * 2
    right = {"email": "root@example.com", "password": PASSWORD}
    assert client.post(f"{API}/session", json=right).status_code == 429


def test_somebody_is_invited_and_takes_his_place(firm: Company) -> None:
    admin = firm.user("admin")
    body = {"email": "bob@example.com", "organization": firm.organization, "role": "member"}
    made = admin.post(f"{API}/invitations", json=body)
    assert made.status_code == 201
    token = made.json()["token"]
    assert made.json()["path"] == f"/login?invitation={token}"
    listed = admin.get(f"{API}/invitations", params={"organization": firm.organization})
    assert token not in listed.text
    nobody = firm.nobody()
    short = nobody.post(f"{API}/invitations/accept", json={"token": token, "password": "short"})
    assert short.status_code == 400
    taken = {"token": token, "name": "Bob", "password": PASSWORD}
    assert nobody.post(f"{API}/invitations/accept", json=taken).status_code == 200
    assert nobody.post(f"{API}/invitations/accept", json=taken).status_code == 404
    entered = nobody.post(
        f"{API}/session", json={"email": "bob@example.com", "password": PASSWORD}
    ).json()
    (there,) = entered["user"]["places"]
    assert (there["organization"], there["role"]) == (firm.organization, "member")
    members = admin.get(f"{API}/members", params={"organization": firm.organization}).json()
    assert "bob@example.com" in {one["user"]["email"] for one in members["items"]}


def test_an_admin_makes_no_owner_and_unmakes_none(firm: Company) -> None:
    admin = firm.user("admin")
    owner = firm.user("owner")
    members = owner.get(f"{API}/members", params={"organization": firm.organization}).json()
    ids = {one["role"]: one["user"]["id"] for one in members["items"]}
    where = f"{API}/members/{firm.organization}"
    assert admin.put(f"{where}/{ids['admin']}", json={"role": "owner"}).status_code == 403
    assert admin.put(f"{where}/{ids['owner']}", json={"role": "viewer"}).status_code == 403
    assert admin.delete(f"{where}/{ids['owner']}").status_code == 403
    body = {"email": "x@example.com", "organization": firm.organization, "role": "owner"}
    assert admin.post(f"{API}/invitations", json=body).status_code == 403
    assert admin.put(f"{where}/{firm.root.id}", json={"role": "viewer"}).status_code == 403
    assert owner.put(f"{where}/{ids['admin']}", json={"role": "viewer"}).status_code == 200
    assert owner.delete(f"{where}/{ids['admin']}").status_code == 204
    assert (
        admin.get(f"{API}/members", params={"organization": firm.organization}).status_code == 403
    )


def test_a_password_is_set_by_a_link(firm: Company) -> None:
    root = firm.as_user(firm.root.id)
    made = root.post(f"{API}/users", json={"email": "carl@example.com"}).json()
    nobody = firm.nobody()
    body = {"token": made["token"], "password": "a new password"}
    assert nobody.post(f"{API}/password/reset", json=body).status_code == 200
    logged = {"email": "carl@example.com", "password": "a new password"}
    assert nobody.post(f"{API}/session", json=logged).status_code == 200
    link = root.post(f"{API}/users/{made['user']['id']}/reset").json()
    assert link["path"] == f"/login?reset={link['token']}"
    assert nobody.post(f"{API}/password/reset", json=body).status_code == 404


def test_users_are_changed_and_never_shown_with_secrets(firm: Company) -> None:
    root = firm.as_user(firm.root.id)
    listed = root.get(f"{API}/users")
    assert "argon2" not in listed.text
    id = root.post(f"{API}/users", json={"email": "d@example.com"}).json()["user"]["id"]
    changed = root.patch(
        f"{API}/users/{id}", json={"name": "Dora", "disabled": True, "totp": False}
    )
    assert (changed.json()["name"], changed.json()["disabled"]) == ("Dora", True)
    assert root.patch(f"{API}/users/{id}", json={"email": "x"}).status_code == 400
    assert root.patch(f"{API}/users/{firm.root.id}", json={"disabled": True}).status_code == 409
    assert root.post(f"{API}/users", json={"email": "d@example.com"}).status_code == 409


def test_an_invitation_can_be_withdrawn(firm: Company) -> None:
    admin = firm.user("admin")
    body = {"email": "bob@example.com", "organization": firm.organization, "role": "member"}
    made = admin.post(f"{API}/invitations", json=body).json()
    stranger = firm.user("admin", organization=firm.other)
    path = f"{API}/invitations/{made['invitation']['id']}"
    assert stranger.delete(path).status_code == 403
    assert admin.delete(path).status_code == 204
    assert admin.delete(path).status_code == 404


def test_an_access_token_goes_on_to_work_beside_users() -> None:
    with company(token_sha256=hashlib.sha256(b"right").hexdigest()) as firm:
        bearer = {"authorization": "Bearer right"}
        assert firm.console.client.get(f"{API}/users", headers=bearer).status_code == 200
        assert firm.console.client.get(f"{API}/users").status_code == 401
