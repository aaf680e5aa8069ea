"""Harmless documents that orders are put into, and their sentences."""

from pathlib import Path

from guard_training.phrases import Grammar, book
from guard_training.samples import answers, documents, recorded, sheets


def sentences(text: str) -> list[str]:
    """Lines, and the sentences of long ones."""
    found: list[str] = []
    for line in text.split("\n"):
        found += (
            line.replace("? ", "?\n").replace(". ", ".\n").split("\n")
            if len(line) > 120
            else [line]
        )
    return [part.strip() for part in found if len(part.strip()) > 8]


def hosts(folder: Path) -> list[tuple[str, str]]:
    """Harmless documents, with their group: prose, mails, tables, code, answers."""
    found = [(text, "written") for text in documents(1_200)]
    grammar = Grammar(book("benign").rules, 21)
    found += [(text, "written") for text in grammar.of_rule("mail", 400)]
    for count in range(400):
        found.append(("\n".join(grammar.of_rule("howto", 2 + count % 5)), "written"))
        found.append(("\n".join(grammar.of_rule("receipt", 1 + count % 3)), "written"))
        found.append(("\n".join(grammar.of_rule("advice", 1 + count % 4)), "written"))
    found += [(text, "sheets") for text in sheets(1_200)]
    for row in recorded(folder, "benign"):
        if row.category in ("seed_task_output", "document_email"):
            found.append((row.text, row.group))
    found += [(row.text, "llmdrift") for row in answers(folder) if row.category.endswith("answer")]
    return found
