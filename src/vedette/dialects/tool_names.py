"""Names of tools that are longer than OpenAI takes them.

Anthropic takes 128 characters, OpenAI and others half of that, and names made of a server's and a
tool's name get long. A longer one is shortened on its way to the provider, always in the same way,
and the client hears its own name again.
"""

from collections.abc import Iterable
from hashlib import sha256

from vedette.model.chat import ToolDefinition

LONGEST = 64
_KEPT = 55


def fit_name(name: str) -> str:
    """The name in at most 64 characters: its beginning, and a hash of the whole."""
    if len(name) <= LONGEST:
        return name
    return f"{name[:_KEPT]}_{sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"


def full_names(tools: Iterable[ToolDefinition]) -> dict[str, str]:
    """Shortened name -> name, of the tools whose names are too long."""
    return {fit_name(tool.name): tool.name for tool in tools if len(tool.name) > LONGEST}
