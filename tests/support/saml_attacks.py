"""Signature wrapping: eight ways to show one assertion to who verifies and another to who reads.

As SAML Raider counts them (Somorovsky et al., "On Breaking SAML: Be Whoever You Want to Be", USENIX
Security 2012): XSW 1 and 2 take a signed response, the others a signed assertion.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lxml import etree

from tests.support.saml import DS, PROTOCOL, SAML

VICTIM = "root@example.com"


def evil(element: Any, *, id: str = "_evil") -> Any:
    """A copy without its signature that speaks of somebody else."""
    copy = deepcopy(element)
    for signature in copy.iter(f"{DS}Signature"):
        signature.getparent().remove(signature)
    copy.set("ID", id)
    for name in copy.iter(f"{SAML}NameID", f"{SAML}AttributeValue"):
        name.text = VICTIM
    return copy


def _taken(element: Any) -> Any:
    """The signature, out of its place."""
    signature = element.find(f"{DS}Signature")
    element.remove(signature)
    return signature


def _xsw1(root: Any) -> Any:
    wrong, signature = evil(root), _taken(root)
    signature.append(root)
    wrong.insert(1, signature)
    return wrong


def _xsw2(root: Any) -> Any:
    wrong, signature = evil(root), _taken(root)
    wrong.insert(1, root)
    wrong.insert(2, signature)
    return wrong


def _xsw3(root: Any) -> Any:
    right = root.find(f"{SAML}Assertion")
    root.insert(root.index(right), evil(right))
    return root


def _xsw4(root: Any) -> Any:
    right = root.find(f"{SAML}Assertion")
    wrong = evil(right)
    root.replace(right, wrong)
    wrong.append(right)
    return root


def _xsw5(root: Any) -> Any:
    right = root.find(f"{SAML}Assertion")
    wrong, signature = evil(right), _taken(right)
    root.insert(root.index(right), wrong)
    wrong.insert(1, signature)
    return root


def _xsw6(root: Any) -> Any:
    right = root.find(f"{SAML}Assertion")
    wrong, signature = evil(right), _taken(right)
    root.replace(right, wrong)
    wrong.insert(1, signature)
    signature.append(right)
    return root


def _xsw7(root: Any) -> Any:
    right = root.find(f"{SAML}Assertion")
    extensions = etree.Element(f"{PROTOCOL}Extensions")
    extensions.append(evil(right, id=right.get("ID")))
    root.insert(1, extensions)
    return root


def _xsw8(root: Any) -> Any:
    right = root.find(f"{SAML}Assertion")
    wrong, signature = evil(right), _taken(right)
    root.replace(right, wrong)
    holder = etree.SubElement(signature, f"{DS}Object")
    holder.append(right)
    wrong.insert(1, signature)
    return root


def _same_id(root: Any) -> Any:
    """The signed one in a place that a reader may skip, the other one under its id."""
    right = root.find(f"{SAML}Assertion")
    wrong, signature = evil(right, id=right.get("ID")), _taken(right)
    root.replace(right, wrong)
    wrong.insert(1, signature)
    holder = etree.SubElement(signature, f"{DS}Object")
    holder.append(right)
    return root


def _renamed(root: Any) -> Any:
    """The signed one under a name of no namespace that looks alike."""
    right = root.find(f"{SAML}Assertion")
    signature = right.find(f"{DS}Signature")
    wrong = evil(right)
    root.replace(right, wrong)
    wrong.insert(1, deepcopy(signature))
    wrapped = etree.SubElement(wrong, "{urn:other}Assertion")
    wrapped.append(right)
    return root


WRAPPINGS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "xsw1": ("response", _xsw1), "xsw2": ("response", _xsw2), "xsw3": ("assertion", _xsw3),
    "xsw4": ("assertion", _xsw4), "xsw5": ("assertion", _xsw5), "xsw6": ("assertion", _xsw6),
    "xsw7": ("assertion", _xsw7), "xsw8": ("assertion", _xsw8),
    "same-id": ("assertion", _same_id), "renamed": ("assertion", _renamed),
}  # fmt: skip
"""Name -> what was signed, and what is done with it."""
