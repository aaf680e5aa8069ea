"""Messages in addresses, and their signatures."""

import base64
import zlib
from urllib.parse import urlencode, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.saml import SamlProvider, Signer
from tests.support.saml_leaving import MORE, in_query, signed_again
from vedette.access.signon.refusals import SignOnRefused
from vedette.access.signon.saml.redirects import check_signature, leading, read_query

SIGNER, STRANGER = Signer.make(), Signer.make()
CURVED = Signer.make(ec.generate_private_key(ec.SECP256R1()))


def provider_of(signer: Signer) -> SamlProvider:
    return SamlProvider(signer, now=lambda: 0.0)


def certificates(*signers: Signer) -> tuple[x509.Certificate, ...]:
    return tuple(x509.load_pem_x509_certificate(one.certificate.encode()) for one in signers)


def packed(text: bytes) -> str:
    packer = zlib.compressobj(wbits=-15)
    return base64.b64encode(packer.compress(text) + packer.flush()).decode()


@pytest.mark.parametrize("url", ["https://i.example.com/s", "https://i.example.com/s?a=1"])
@pytest.mark.parametrize("relay", ["", "a b&c=d/é"], ids=["none", "relay"])
def test_what_was_sent_is_read_and_believed(url: str, relay: str) -> None:
    there = leading(url, "SAMLRequest", "<a>ü</a>", relay=relay, key=SIGNER.as_key())
    assert there.startswith(url)
    sent = read_query(urlsplit(there).query)
    assert (sent.kind, sent.message, sent.relay) == ("SAMLRequest", "<a>ü</a>".encode(), relay)
    check_signature(sent, certificates(STRANGER, SIGNER))
    with pytest.raises(SignOnRefused, match="not believed"):
        check_signature(sent, certificates(STRANGER))


def test_without_a_key_nothing_is_signed() -> None:
    there = leading("https://i.example.com/s", "SAMLRequest", "<a/>", relay="", key=None)
    with pytest.raises(SignOnRefused, match="signed"):
        read_query(urlsplit(there).query)


def test_curves_sign_two_numbers() -> None:
    sent = read_query(in_query(provider_of(CURVED), "SAMLResponse", "<a/>"))
    check_signature(sent, certificates(SIGNER, CURVED))
    with pytest.raises(SignOnRefused, match="not believed"):
        check_signature(sent, certificates(SIGNER))


def test_the_query_is_signed_letter_by_letter() -> None:
    """Other providers write `%2b` for `%2B`, and `%20` for a plus."""
    query = urlencode({"SAMLRequest": packed(b"<a/>")}).replace("%3D", "%3d")
    query += f"&RelayState=a%20b&SigAlg={MORE.replace('#', '%23')}rsa-sha256"
    sent = read_query(signed_again(provider_of(SIGNER), query))
    assert sent.relay == "a b"
    check_signature(sent, certificates(SIGNER))


@pytest.mark.parametrize("name", ["SAMLRequest", "RelayState", "SigAlg", "Signature"])
def test_nothing_of_it_can_be_changed(name: str) -> None:
    query = in_query(provider_of(SIGNER), "SAMLRequest", "<a/>", relay="r")
    other = in_query(provider_of(STRANGER), "SAMLRequest", "<b/>", relay="q")
    theirs = dict(pair.split("=", 1) for pair in other.split("&"))
    theirs["SigAlg"] = f"{MORE.replace('#', '%23').replace(':', '%3A')}rsa-sha512"
    pairs = [pair.split("=", 1) for pair in query.split("&")]
    changed = "&".join(f"{key}={theirs[key] if key == name else value}" for key, value in pairs)
    with pytest.raises(SignOnRefused, match="not believed"):
        check_signature(read_query(changed), certificates(SIGNER))


@pytest.mark.parametrize("method", [f"{MORE}rsa-md5", "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
                                    "", "none"])  # fmt: skip
def test_old_and_unknown_methods_are_refused(method: str) -> None:
    query = urlencode({"SAMLRequest": packed(b"<a/>"), "SigAlg": method})
    sent = read_query(signed_again(provider_of(SIGNER), query))
    with pytest.raises(SignOnRefused, match="not believed"):
        check_signature(sent, certificates(SIGNER))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda q: "", "no message"),
        (lambda q: q.partition("&Signature")[0], "signed"),
        (lambda q: q.replace("SAMLRequest", "SAMLOther"), "no message"),
        (lambda q: f"{q}&SAMLResponse=x", "no message"),
        (lambda q: f"{q}&{q}", "twice"),
        (lambda q: f"{q}&RelayState=a&RelayState=b", "twice"),
        (lambda q: f"{q}&SAMLEncoding=urn:other", "packed"),
        (lambda q: q.replace("SAMLRequest=", "SAMLRequest=%21"), "base64"),
        (lambda q: "a" * 20_000, "large"),
        (lambda q: f"{q}&x=\xff", "large"),
    ],
    ids=["empty", "unsigned", "none", "two", "again", "relays", "encoding", "base64", "large",
         "bytes"],
)  # fmt: skip
def test_what_is_no_message_is_refused(change: object, words: str) -> None:
    query = in_query(provider_of(SIGNER), "SAMLRequest", "<a/>")
    assert callable(change)
    with pytest.raises(SignOnRefused, match=words):
        read_query(change(query))


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"x" * 50], ids=["empty", "not-whole", "not-packed"]
)
def test_what_cannot_be_unpacked_is_refused(content: bytes) -> None:
    text = base64.b64encode(content).decode()
    query = signed_again(provider_of(SIGNER), urlencode({"SAMLRequest": text, "SigAlg": "x"}))
    with pytest.raises(SignOnRefused, match=r"unpacked|whole"):
        read_query(query)


def test_a_bomb_is_not_unpacked() -> None:
    query = urlencode({"SAMLRequest": packed(b" " * 5_000_000), "SigAlg": "x"})
    with pytest.raises(SignOnRefused, match="large"):
        read_query(signed_again(provider_of(SIGNER), query))
