"""What people are written: links with a token, and how long they work."""

from vedette.access.desk import AccessDesk
from vedette.model.mail import Mail
from vedette.model.user import User
from vedette.ports.mail import Mailer


def invitation_letter(email: str, organization: str, link: str) -> Mail:
    return Mail(
        to=email,
        subject=f"You are invited to {organization} in Vedette",
        text=(
            f"You are invited to the organization {organization} in Vedette.\n\n"
            f"Follow this link to accept; it works once, within a week:\n{link}\n\n"
            "If you do not know what this is about, do nothing.\n"
        ),
    )


def welcome_letter(user: User, link: str) -> Mail:
    return _password_letter(user, "Your log-in to Vedette", "You have a log-in to Vedette", link)


def reset_letter(user: User, link: str) -> Mail:
    what = "Somebody, perhaps you, asked for a new password of your log-in to Vedette"
    return _password_letter(user, "A new password for Vedette", what, link)


def send_reset(desk: AccessDesk, mailer: Mailer, email: str, base_url: str) -> bool:
    """Write to a user who forgot his password; False where there is nobody to write to.

    Who logs in through a provider and never had a password gets none: whoever reads his mail is
    not let past the provider. May block. Raises NotDelivered or StoreError.
    """
    user = desk.people.find(email)
    if user is None or user.disabled or (user.identities and not user.password):
        return False
    token = desk.logins.begin_reset(user.id)
    mailer.send(reset_letter(user, f"{base_url}/login?reset={token}"))
    return True


def _password_letter(user: User, subject: str, what: str, link: str) -> Mail:
    return Mail(
        to=user.email,
        subject=subject,
        text=(
            f"{what} ({user.email}).\n\n"
            f"Follow this link to choose a password; it works once, within an hour:\n{link}\n\n"
            "If you did not expect this, do nothing: nothing changes.\n"
        ),
    )
