"""The mail server of the configuration."""

from tests.support.inbox import receiving
from vedette.app.mail import SmtpMailer, mail_settings, mailer
from vedette.app.snapshot import core_settings, gateway_settings
from vedette.clock import FakeClock
from vedette.config.schema import Config
from vedette.model.mail import Mail, MailSettings
from vedette.model.settings import CoreSettings

MAIL = {"host": "smtp.x.org", "sender": "v@x.org", "user": "ada", "password": "two words"}


def test_the_core_alone_knows_the_server() -> None:
    config = Config.model_validate({"mail": MAIL})
    found = mail_settings(config)
    assert found == MailSettings(
        host="smtp.x.org", sender="v@x.org", user="ada", password="two words"
    )
    assert core_settings(config, version=1).mail == found
    assert "two words" not in str(gateway_settings(config, version=1))
    assert mail_settings(Config()) is None


def test_the_settings_of_the_time_count() -> None:
    settings = [CoreSettings(version=1)]
    find = mailer(lambda: settings[-1], FakeClock())
    assert find() is None
    server = MailSettings(host="h", sender="v@x.org")
    settings.append(CoreSettings(version=2, mail=server))
    assert find() is not None


def test_a_mail_is_written_so_that_nobody_answers_by_machine() -> None:
    with receiving() as (inbox, port):
        server = MailSettings(host="127.0.0.1", port=port, security="none", sender="V <v@x.org>")
        mail = Mail(to="ann@x.org", subject="Hi\nBcc: all@x.org", text="grüße\n")
        SmtpMailer(server, FakeClock()).send(mail)
    ((to, got),) = inbox.mails
    assert to == ["ann@x.org"]
    assert got["subject"] == "Hi Bcc: all@x.org"
    assert got["auto-submitted"] == "auto-generated"
    assert got["message-id"].endswith("@x.org>")
    assert got.get_content().strip() == "grüße"
