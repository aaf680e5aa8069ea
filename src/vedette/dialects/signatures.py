"""Signatures of reasoning and tool calls on their way through a client of another dialect.

A provider signs what its model thought and wants the signature back, unchanged, with the next
turn; anybody else refuses it. So a signature that leaves in another dialect is sealed with the name
of its own, and opened when the conversation comes back: the writer of that dialect gets its
signature again, every other one sees that it is not for it and leaves the thought out.
"""

import re

_MARK = "vdt:"
SEALED = re.compile(rb'"(?:vdt:|dmR0O)')
"""How a sealed signature begins in the JSON of a client; the second way is the first in base64."""


def seal(signature: str, source: str, dialect: str) -> str:
    """`signature` as it is written into `dialect`; in its own dialect it stays as it is."""
    if not signature or not source or source == dialect:
        return signature
    return f"{_MARK}{source}:{signature}"


def seal_thought(signature: str, source: str, dialect: str) -> str:
    """As `seal`; a foreign thought without signature is sealed as well, empty.

    So that it is known again when it comes back, and not given to a provider that would refuse
    what it did not sign.
    """
    if not signature and source and source != dialect:
        return f"{_MARK}{source}:"
    return seal(signature, source, dialect)


def unseal(text: str, dialect: str) -> tuple[str, str]:
    """Signature and source of what was read in `dialect`."""
    if not text.startswith(_MARK):
        return text, dialect if text else ""
    source, _, signature = text[len(_MARK) :].partition(":")
    return signature, source


def is_ours(source: str, dialect: str) -> bool:
    """Whether the provider behind `dialect` takes a signature of `source`.

    Bedrock and Anthropic serve the same models with the same signatures.
    """
    return not source or source == dialect or {source, dialect} <= _SAME_SIGNER


_SAME_SIGNER = frozenset({"anthropic", "bedrock"})
