"""Which documents are read at all."""

import base64
from typing import Any

import pytest

from tests.support.saml import DS, PROTOCOL, SAML
from vedette.access.signon.refusals import SignOnCancelled, SignOnRefused
from vedette.access.signon.saml.documents import (
    MOST_CHARS,
    id_of,
    only,
    read_document,
    text_of,
)

P, A, D = PROTOCOL[1:-1], SAML[1:-1], DS[1:-1]
HEAD = f'<p:Response xmlns:p="{P}" xmlns:a="{A}" xmlns:d="{D}" ID="r">'
STATUS = '<p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></p:Status>'
ASSERTION = '<a:Assertion ID="x"><d:Signature/><a:Issuer>idp</a:Issuer></a:Assertion>'
PLAIN = f"{HEAD}{STATUS}{ASSERTION}</p:Response>"


def read(text: str | bytes) -> Any:
    content = text.encode() if isinstance(text, str) else text
    return read_document(base64.b64encode(content).decode())


@pytest.mark.parametrize(
    "head",
    ["", "\ufeff", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>\r\n', " \n"],
    ids=["none", "mark", "short", "long", "space"],
)
def test_a_document_may_have_a_declaration(head: str) -> None:
    found = read(head + PLAIN)
    assert found.assertion.get("ID") == "x"
    assert found.signed == (found.assertion,)


def test_lines_of_base64_are_joined() -> None:
    lines = base64.encodebytes(PLAIN.encode()).decode().replace("\n", "\r\n")
    assert read_document(lines).response.get("ID") == "r"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<!DOCTYPE p:Response>" + PLAIN, "doctype"),
        ('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x "y">]>' + PLAIN, "doctype"),
        (PLAIN.replace("idp", "i<!-- -->dp"), "comments"),
        (PLAIN.replace("idp", "<![CDATA[idp]]>"), "CDATA"),
        (PLAIN.replace("idp", "i<?x?>dp"), "instructions"),
        (PLAIN + "<!-- -->", "comments"),
        (PLAIN.replace("idp", "&x;"), "not XML"),
        (PLAIN + "x", "not XML"),
        (PLAIN.encode("utf-16"), "UTF-8"),
        (b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-' + PLAIN.encode(), "not XML"),
        (b"\x00" + PLAIN.encode(), "doctype"),
        ("", "not XML"),
        ("<x/>", "no response"),
        (PLAIN.replace(P, "urn:other"), "no response"),
        (PLAIN.replace("<a:Assertion", "<a:Assertion x='" + "a" * MOST_CHARS + "'"), "too large"),
        (PLAIN.replace("idp", "<x/>" * 20_001), "too large"),
        (PLAIN.replace("idp", "<x " + " ".join(f"a{n}=''" for n in range(8_001)) + "/>"), "large"),
        (PLAIN.replace("<d:Signature/>", ""), "Nothing is signed"),
        (PLAIN.replace("<d:Signature/>", "<d:Signature/><d:Signature/>"), "signed twice"),
        (PLAIN.replace("idp", "<d:Signature/>"), "where none should be"),
        (PLAIN.replace("idp", '<x ID="x"/>'), "one id"),
        (PLAIN.replace("idp", '<x Id="r"/>'), "one id"),
        (PLAIN.replace("idp", '<x xml:id="r"/>'), "one id"),
        (PLAIN.replace(ASSERTION, ASSERTION + ASSERTION.replace('"x"', '"y"')), "2 assertions"),
        (PLAIN.replace("a:Assertion", "p:Assertion"), "no place"),
        (PLAIN.replace("idp", "<x:Assertion xmlns:x='urn:x'/>"), "2 assertions"),
        (PLAIN.replace("idp", "<p:Response/>"), "response within"),
        (PLAIN.replace(STATUS, STATUS + "<p:Extensions>" + ASSERTION + "</p:Extensions>")
         .replace(ASSERTION + "</p:Response>", "</p:Response>"), "does not stand where"),
        (PLAIN.replace(STATUS, ""), "no status"),
        (PLAIN.replace("Success", "Responder"), "Responder"),
        (PLAIN.replace("idp", "<a:EncryptedAttribute/>"), "encrypted"),
    ],
    ids=[
        "doctype", "entity", "comment", "cdata", "instruction", "comment-behind", "no-entity",
        "rest", "utf-16", "utf-7", "null", "empty", "other", "other-namespace", "long", "many",
        "attributes",
        "unsigned", "signed-twice", "signed-inside", "same-id", "same-Id", "same-xml-id",
        "two-assertions", "other-assertion", "hidden-assertion", "hidden-response",
        "in-extensions", "no-status", "failed", "encrypted",
    ],
)  # fmt: skip
def test_other_documents_are_refused(text: str | bytes, words: str) -> None:
    with pytest.raises(SignOnRefused, match=words):
        read(text)


@pytest.mark.parametrize("text", ["", "%", "é", "A", "<xml/>"])
def test_what_is_no_base64_is_refused(text: str) -> None:
    with pytest.raises(SignOnRefused):
        read_document(text)


def test_nobody_there_is_not_an_error() -> None:
    code = "urn:oasis:names:tc:SAML:2.0:status:"
    inner = f'<p:StatusCode Value="{code}Responder"><p:StatusCode Value="{code}AuthnFailed"/>'
    status = f"<p:Status>{inner}</p:StatusCode></p:Status>"
    with pytest.raises(SignOnCancelled):
        read(f"{HEAD}{status}</p:Response>")


def test_parts_are_found_once_and_as_text() -> None:
    found = read(PLAIN.replace("idp", " \n idp "))
    issuer = only(found.assertion, f"{SAML}Issuer")
    assert text_of(issuer) == "idp"
    assert id_of(found.response) == "r"
    with pytest.raises(SignOnRefused, match="0 of Subject"):
        only(found.assertion, f"{SAML}Subject")
    with pytest.raises(SignOnRefused, match="not plain text"):
        text_of(found.assertion)
    for id in ("", "1a", "#r", "a b", "a" * 256):
        found.response.set("ID", id)
        with pytest.raises(SignOnRefused, match="has none"):
            id_of(found.response)
