"""What people are written."""

from vedette.access.desk import AccessDesk
from vedette.access.letters import invitation_letter, send_reset, welcome_letter
from vedette.clock import FakeClock
from vedette.model.mail import Mail
from vedette.model.user import Identity, User
from vedette.stores.records.sql import SqlRecords


class Kept:
    """A mailer that keeps letters."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)


def test_letters_say_what_for_where_and_how_long() -> None:
    letter = invitation_letter("bob@x.org", "Acme", "https://v/login?invitation=1")
    assert letter.to == "bob@x.org"
    assert "Acme" in letter.subject
    assert "\nhttps://v/login?invitation=1\n" in letter.text
    assert "week" in letter.text
    user = User(id="usr_1", email="ann@x.org")
    assert "within an hour" in welcome_letter(user, "https://v/login?reset=1").text


def test_a_link_is_sent_to_whoever_has_a_password_or_nothing_else() -> None:
    clock, kept = FakeClock(), Kept()
    desk = AccessDesk(SqlRecords(None, clock), clock)
    ann = desk.people.create("ann@x.org", password="hash", is_root=True)
    bob = desk.people.create("bob@x.org")
    cleo = desk.people.create("cleo@x.org")
    desk.people.change(cleo.id, identities=(Identity(issuer="i", subject="s"),))
    dan = desk.people.create("dan@x.org")
    desk.people.change(dan.id, disabled=True)
    sent = [
        send_reset(desk, kept, f"{who}@x.org", "https://v")
        for who in ("ann", "bob", "cleo", "dan", "eve")
    ]
    assert sent == [True, True, False, False, False]
    assert [mail.to for mail in kept.mails] == [ann.email, bob.email]
    token = kept.mails[0].text.partition("https://v/login?reset=")[2].split()[0]
    assert desk.logins.reset(token, "a new password").id == ann.id
