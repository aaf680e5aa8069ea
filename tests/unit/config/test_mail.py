"""The mail server, as it is written."""

from typing import Any

import pytest
from pydantic import ValidationError

from vedette.config.mail import MailConfig


def test_by_default_no_mail_is_sent() -> None:
    assert MailConfig().host is None
    assert MailConfig.model_validate({"host": "", "password": "", "sender": " "}).password is None


def test_passwords_may_have_spaces_and_are_not_shown() -> None:
    mail = MailConfig.model_validate({"host": "smtp.x.org", "password": "abcd efgh ijkl"})
    assert mail.password is not None
    assert mail.password.get_secret_value() == "abcd efgh ijkl"
    assert "abcd" not in repr(mail)


@pytest.mark.parametrize(
    "fields", [{"port": 0}, {"security": "ssl"}, {"host": "a\nb"}, {"from": "a@x.org"}], ids=str
)
def test_nonsense_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        MailConfig.model_validate(fields)
