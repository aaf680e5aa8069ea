"""What a verified assertion says."""

import msgspec

from vedette.model.signon import SamlPresence


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Whom it is about."""

    subject: str
    """Who it is there, for good."""
    email: str
    """Empty where it has none."""
    name: str
    groups: tuple[str, ...]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """All of it was signed."""

    id: str
    in_response_to: str
    """Empty where nobody asked."""
    made_s: float
    """When, in seconds since the epoch."""
    expires_s: float
    """After which it counts no more."""
    person: Person
    presence: SamlPresence
