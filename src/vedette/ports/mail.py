"""How people are written to."""

from typing import Protocol

from vedette.model.mail import Mail


class Mailer(Protocol):
    """A mail server that somebody configured."""

    def send(self, mail: Mail) -> None:
        """Returns when the server has taken it; blocks. Raises `ports.alerts.NotDelivered`."""
        ...
