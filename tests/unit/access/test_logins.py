"""Logging in."""

import base64

import pytest

from tests.support.access import Office
from vedette.access.logins import RESET_NS, CodeNeeded, WrongLogin
from vedette.access.passwords import hash_password
from vedette.access.totp import code_at
from vedette.errors import NotFound

PASSWORD = "correct horse battery"
HASHED = hash_password(PASSWORD)


@pytest.fixture
def office() -> Office:
    office = Office()
    office.desk.people.create("ann@example.com", password=HASHED, is_root=True)
    return office


def with_totp(office: Office) -> tuple[bytes, tuple[str, ...]]:
    (ann,) = office.desk.people.list()
    secret, _ = office.desk.logins.begin_totp(ann)
    content = base64.b32decode(secret)
    code = code_at(content, office.clock.now_ns() // 10**9 // 30)
    return content, office.desk.logins.confirm_totp(ann.id, secret, code)


def test_address_and_password_let_in_and_nothing_else(office: Office) -> None:
    logins = office.desk.logins
    assert logins.log_in("Ann@Example.com", PASSWORD).email == "ann@example.com"
    for email, password in (("ann@example.com", "wrong"), ("bob@example.com", PASSWORD)):
        with pytest.raises(WrongLogin, match=r"Address or password are wrong\."):
            logins.log_in(email, password)


def test_a_user_without_a_password_or_disabled_is_not_let_in(office: Office) -> None:
    people = office.desk.people
    bob = people.create("bob@example.com")
    with pytest.raises(WrongLogin):
        office.desk.logins.log_in("bob@example.com", "")
    people.change(bob.id, password=HASHED, disabled=True)
    with pytest.raises(WrongLogin):
        office.desk.logins.log_in("bob@example.com", PASSWORD)


def test_a_code_is_asked_for_and_works_once(office: Office) -> None:
    secret, _ = with_totp(office)
    logins = office.desk.logins
    stored = office.desk.people.list()[0].totp_secret
    assert base64.b32encode(secret).decode() not in stored
    with pytest.raises(CodeNeeded):
        logins.log_in("ann@example.com", PASSWORD)
    office.clock.advance(60)
    code = code_at(secret, office.clock.now_ns() // 10**9 // 30)
    assert logins.log_in("ann@example.com", PASSWORD, code)
    with pytest.raises(WrongLogin, match="used"):
        logins.log_in("ann@example.com", PASSWORD, code)
    with pytest.raises(WrongLogin):
        logins.log_in("ann@example.com", "wrong", code)


def test_a_recovery_code_works_once(office: Office) -> None:
    _, codes = with_totp(office)
    logins = office.desk.logins
    assert logins.log_in("ann@example.com", PASSWORD, codes[0])
    with pytest.raises(WrongLogin):
        logins.log_in("ann@example.com", PASSWORD, codes[0])
    logins.drop_totp(office.desk.people.list()[0].id)
    assert logins.log_in("ann@example.com", PASSWORD)


def test_codes_are_put_in_force_by_one_that_fits(office: Office) -> None:
    (ann,) = office.desk.people.list()
    secret, uri = office.desk.logins.begin_totp(ann)
    assert secret in uri
    with pytest.raises(WrongLogin):
        office.desk.logins.confirm_totp(ann.id, secret, "000000")
    assert office.desk.people.list()[0].totp_secret == ""


def test_a_link_sets_the_password_once_and_in_time(office: Office) -> None:
    logins, (ann,) = office.desk.logins, office.desk.people.list()
    token = logins.begin_reset(ann.id)
    assert token not in repr(office.desk.people.list())
    logins.reset(token, "another password")
    assert logins.log_in("ann@example.com", "another password")
    with pytest.raises(NotFound):
        logins.reset(token, "another password")
    late = logins.begin_reset(ann.id)
    office.clock.advance(RESET_NS / 1e9 + 1)
    with pytest.raises(NotFound):
        logins.reset(late, "another password")


def test_a_new_password_ends_all_sessions(office: Office) -> None:
    (ann,) = office.desk.people.list()
    began_ns = office.clock.now_ns()
    office.clock.advance(1)
    with pytest.raises(WrongLogin):
        office.desk.logins.change_password(ann.id, "wrong", "another password")
    office.desk.logins.change_password(ann.id, PASSWORD, "another password")
    assert office.desk.people.principal(ann.id, began_ns=began_ns) is None
