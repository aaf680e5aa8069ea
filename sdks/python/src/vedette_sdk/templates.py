"""Prompts with names in them: `{{name}}` is replaced, once."""

import re
from collections.abc import Mapping
from typing import Any

Content = str | list[dict[str, Any]]
_NAME = re.compile(r"\{\{\s*([A-Za-z_][\w.-]{0,63})\s*\}\}")


def fill(content: Content, values: Mapping[str, Any]) -> Content:
    """The content with `{{names}}` replaced; values are not looked into for further names."""
    if isinstance(content, str):
        return _NAME.sub(lambda match: str(values.get(match[1], match[0])), content)
    return [
        {key: fill(value, values) if isinstance(value, str) else value
         for key, value in message.items()}
        for message in content
    ]  # fmt: skip
