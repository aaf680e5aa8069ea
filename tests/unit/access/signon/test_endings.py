"""What browsers carry until they log out."""

import os

from vedette.access.signon.endings import MOST_CHARS, Ending, Endings
from vedette.model.signon import SamlPresence


def test_it_goes_with_one_session() -> None:
    endings = Endings(os.urandom, secret=b"s")
    ending = Ending(provider="p", session="u.1", id_token="a.b.c")
    text = endings.sealed(ending)
    assert "a.b.c" not in text
    assert endings.opened(text, "u.1") == ending
    assert endings.opened(text, "u.2") is None
    assert endings.opened("x", "u.1") is None
    assert Endings(os.urandom, secret=b"t").opened(text, "u.1") is None


def test_a_token_that_is_too_long_is_left_out() -> None:
    endings = Endings(os.urandom, secret=b"s")
    for size in (2_700, 2_900, 50_000):
        text = endings.sealed(Ending(provider="p", session="u.1", id_token="x" * size))
        assert len(text) <= MOST_CHARS
        opened = endings.opened(text, "u.1")
        assert opened is not None
        assert opened.id_token == ("x" * size if size == 2_700 else "")


def test_what_a_saml_provider_calls_a_log_in_fits() -> None:
    endings = Endings(os.urandom, secret=b"s")
    long = "ü" * 254
    presence = SamlPresence(
        subject=long, form=long, qualifier=long, sp_qualifier=long, session=long
    )
    ending = Ending(provider="p", session="u.1", presence=presence)
    text = endings.sealed(ending)
    assert len(text) <= MOST_CHARS
    assert endings.opened(text, "u.1") == ending
