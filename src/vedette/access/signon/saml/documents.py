"""One reading of a SAML response, and no second one.

Attacks on SAML (signature wrapping, Somorovsky et al. 2012; comments in names, CVE-2017-11427) live
on documents that two readers take for two things. So documents are kept to what providers send:
UTF-8, no doctype, comments, CDATA or processing instructions; one response with one assertion, both
in their places; signatures only as children of these two; every id once. Whatever else there is
makes the whole be refused. An assertion that was encrypted is a document of its own, read as
strictly.
"""

import base64
import re
from typing import Any, NamedTuple

from lxml import etree

from vedette.access.signon.refusals import SignOnCancelled, SignOnRefused

MOST_CHARS = 262_144
"""Of a response in base64."""
PROTOCOL = "{urn:oasis:names:tc:SAML:2.0:protocol}"
SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
ENCRYPTED = f"{SAML}EncryptedAssertion"

_MOST = {"<": 20_000, "xmlns": 2_000, "=": 8_000}
"""Reading attributes and writing canonical forms takes time by the square of these."""
_STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
_NOBODY = frozenset(
    _STATUS + name for name in ("AuthnFailed", "NoAuthnContext", "NoPassive", "RequestDenied")
)
_DECLARATION = re.compile(r"\ufeff?[ \t\r\n]*(?:<\?xml[ \t\r\n][^<>?]*\?>)?[ \t\r\n]*")
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9._-]{0,254}", re.ASCII)
_CHILDREN = frozenset({
    f"{SAML}Issuer", f"{DS}Signature", f"{PROTOCOL}Extensions", f"{PROTOCOL}Status",
    f"{SAML}Assertion", ENCRYPTED,
})  # fmt: skip
HIDDEN = ("{*}EncryptedID", "{*}EncryptedAttribute")
_PLACES = {
    f"{SAML}EncryptedID": (f"{SAML}Subject", f"{PROTOCOL}LogoutRequest"),
    f"{SAML}EncryptedAttribute": (f"{SAML}AttributeStatement",),
}


class Document(NamedTuple):
    """A response of the right shape; nothing of it is believed yet."""

    response: Any
    assertion: Any
    """Where it is encrypted, what holds it: `EncryptedAssertion`."""
    signed: tuple[Any, ...]
    """The response, the assertion or both: what holds a signature."""

    @property
    def is_sealed(self) -> bool:
        return bool(self.assertion.tag == ENCRYPTED)


class Opened(NamedTuple):
    """An assertion that was encrypted; nothing of it is believed yet."""

    assertion: Any
    is_signed: bool


def read_document(text: str) -> Document:
    """What came in the form, base64 of XML. Raises SignOnRefused, and SignOnCancelled where the
    provider says that nobody logged in."""
    root = read_xml(decoded(text))
    if root.tag != f"{PROTOCOL}Response":
        raise SignOnRefused("The answer is no response of SAML 2.0.")
    _check_hidden(root)
    _check_status(root)
    assertion = _the_assertion(root)
    _check_ids(root)
    signed = _signed(root, assertion)
    if not signed and assertion.tag != ENCRYPTED:
        raise SignOnRefused("Nothing is signed.")
    return Document(root, assertion, signed)


def read_opened(content: bytes) -> Opened:
    """What was encrypted. Raises SignOnRefused."""
    root = read_xml(content)
    if root.tag != f"{SAML}Assertion" or len(list(root.iter("{*}Assertion"))) != 1:
        raise SignOnRefused("What was encrypted is not one assertion.")
    if next(root.iter("{*}Response", "{*}EncryptedAssertion"), None) is not None:
        raise SignOnRefused("What was encrypted is not one assertion.")
    _check_hidden(root)
    _check_ids(root)
    return Opened(root, bool(_signed(root, root)))


def read_message(text: bytes, tag: str) -> Any:
    """A message that is no response, such as a request to log out. Raises SignOnRefused."""
    root = read_xml(text)
    if root.tag != f"{PROTOCOL}{tag}":
        raise SignOnRefused(f"This is no {tag} of SAML 2.0.")
    _check_hidden(root)
    _check_ids(root)
    return root


def id_of(element: Any) -> str:
    """Raises SignOnRefused where there is none, or one that is no name (NCName)."""
    found = element.get("ID", "")
    if not _ID.fullmatch(found):
        raise SignOnRefused("Something that should have an id has none.")
    return str(found)


def only(parent: Any, tag: str) -> Any:
    """The one child of this name. Raises SignOnRefused."""
    found = parent.findall(tag)
    if len(found) != 1:
        name = tag.rpartition("}")[2]
        raise SignOnRefused(f"There are {len(found)} of {name}; one is expected.")
    return found[0]


def text_of(element: Any) -> str:
    """Its text, without spaces around it. Raises SignOnRefused where it holds elements."""
    if len(element):
        raise SignOnRefused(f"{element.tag.rpartition('}')[2]} is not plain text.")
    return (element.text or "").strip(" \t\r\n")


def decoded(text: str) -> bytes:
    """The document of a form, base64. Raises SignOnRefused."""
    if len(text) > MOST_CHARS:
        raise SignOnRefused("The response is too large.")
    try:
        return base64.b64decode(re.sub(r"[ \t\r\n]", "", text), validate=True)
    except ValueError:
        raise SignOnRefused("The response is not base64 of UTF-8.") from None


def read_xml(encoded: bytes) -> Any:
    """The root of a document with nothing in it that two readers could take for two things.
    Raises SignOnRefused."""
    try:
        content = encoded.decode()
    except UnicodeDecodeError:
        raise SignOnRefused("The response is not base64 of UTF-8.") from None
    began = _DECLARATION.match(content)
    content = content[began.end() if began else 0 :]
    # `<!` begins doctypes, entities, comments and CDATA and, outside of these, nothing else.
    if "<!" in content or "<?" in content or "\0" in content:
        raise SignOnRefused("The response has a doctype, comments, CDATA or instructions.")
    if any(content.count(mark) > most for mark, most in _MOST.items()):
        raise SignOnRefused("The response is too large.")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, huge_tree=False,
    )  # fmt: skip
    try:
        return etree.fromstring(content.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise SignOnRefused("The response is not XML.") from None


def _check_hidden(root: Any) -> None:
    """That only names of subjects and attributes are encrypted by themselves."""
    for one in root.iter(*HIDDEN):
        parent = one.getparent()
        if parent is None or parent.tag not in _PLACES.get(one.tag, ()):
            raise SignOnRefused("Something is encrypted where it should not be.")


def _check_status(root: Any) -> None:
    codes = [one.get("Value", "") for one in root.iter("{*}StatusCode")]
    if codes == [_STATUS + "Success"]:
        return
    if _NOBODY & set(codes):
        raise SignOnCancelled("The provider says that nobody logged in there.")
    raise SignOnRefused(f"The provider reports {codes[-1][:200] if codes else 'no status'!r}.")


def _the_assertion(root: Any) -> Any:
    if any(child.tag not in _CHILDREN for child in root):
        raise SignOnRefused("The response holds something that has no place there.")
    if len(list(root.iter("{*}Response"))) != 1:
        raise SignOnRefused("There is a response within the response.")
    found = list(root.iter("{*}Assertion", "{*}EncryptedAssertion"))
    if len(found) != 1:
        raise SignOnRefused(f"There are {len(found)} assertions; one is expected.")
    if found[0].tag not in (f"{SAML}Assertion", ENCRYPTED) or found[0].getparent() is not root:
        raise SignOnRefused("The assertion does not stand where it should.")
    return found[0]


def _check_ids(root: Any) -> None:
    found = [
        value for element in root.iter() for name, value in element.attrib.items()
        if name.rpartition("}")[2].lower() == "id"
    ]  # fmt: skip
    if len(set(found)) != len(found):
        raise SignOnRefused("Two elements have one id.")


def _signed(root: Any, assertion: Any) -> tuple[Any, ...]:
    holders = [one.getparent() for one in root.iter("{*}Signature")]
    may = (root,) if assertion.tag == ENCRYPTED else (root, assertion)
    if any(all(one is not each for each in may) for one in holders):
        raise SignOnRefused("There is a signature where none should be.")
    if len({id(one) for one in holders}) != len(holders):
        raise SignOnRefused("Something is signed twice.")
    return tuple(holders)
