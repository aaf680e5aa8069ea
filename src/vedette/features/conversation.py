"""Which texts of a conversation are its template, its input and its answer."""

from collections.abc import Iterable, Sequence

_INSTRUCTIONS = ("system", "developer")


def template_and_input(said: Sequence[tuple[str, str]]) -> tuple[str | None, str | None]:
    """From roles and texts of the messages: the instructions are the template, the others the
    input: a single one by its text, several with their roles.
    """
    template = "\n".join(text for role, text in said if role in _INSTRUCTIONS) or None
    others = [(role, text) for role, text in said if role not in _INSTRUCTIONS]
    if not others:
        return template, None
    if len(others) == 1:
        return template, others[0][1]
    return template, "\n".join(f"{role}: {text}" for role, text in others)


def joined(texts: Iterable[str]) -> str:
    """The parts of a message, or the messages of an answer, as one text."""
    return "\n".join(filter(None, texts))
