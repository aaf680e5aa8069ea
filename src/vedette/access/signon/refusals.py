"""Why nobody is let in; the code reaches the log-in page, the reason the log of the server."""

from vedette.errors import VedetteError


class SignOnRefused(VedetteError):
    """What came back from the provider is not believed."""

    code = "signon_failed"
    status = 403


class SignOnCancelled(SignOnRefused):
    """The provider says that nobody logged in there."""

    code = "signon_cancelled"


class SignOnStale(SignOnRefused):
    """This browser did not begin it, or too long ago."""

    code = "signon_stale"


class AddressUnverified(SignOnRefused):
    """The provider does not vouch for the address."""

    code = "signon_unverified"


class NobodyKnown(SignOnRefused):
    """Whoever it is has no place here."""

    code = "signon_unknown"


class ProviderAway(SignOnRefused):
    """The provider does not answer, or not as it should."""

    code = "signon_unreachable"
    status = 502
