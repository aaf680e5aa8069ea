"""Searches that OpenAI runs itself: no tokens, but billed by their number.

A response counts those of the web in `tool_usage`; where that is missing, its items are counted.
Only the action `search` is billed, not opening a page or looking for a word on it.
https://developers.openai.com/api/docs/guides/tools-web-search
Chat models made for searching (`gpt-5-search-api`) search once for each answer and count nothing.
"""

import re
from typing import Any

from msgspec.structs import replace

from vedette.dialects.reading import as_count, as_list, as_mapping, as_text
from vedette.model.usage import Usage

CALL_MARK = b"_search_call"
"""Stands in every answer that holds the item of a search."""
_SEARCHING = re.compile("-search-(?:preview|api)")
_NOT_BILLED = frozenset({"open_page", "find", "find_in_page"})


class Searches:
    """Counts the searches of one response."""

    __slots__ = ("_files", "_web")

    def __init__(self) -> None:
        self._web = self._files = 0

    def add(self, item: dict[str, Any]) -> None:
        """Take an item of the output in."""
        kind = item.get("type")
        if item.get("status") == "failed":
            return
        if kind == "file_search_call":
            self._files += 1
        elif kind == "web_search_call":
            action = as_mapping(item.get("action"))
            self._web += as_text(action.get("type")) not in _NOT_BILLED

    def added_to(self, usage: Usage | None, response: dict[str, Any]) -> Usage | None:
        """The usage with the searches; `response` may count those of the web itself."""
        told = as_mapping(as_mapping(response.get("tool_usage")).get("web_search"))
        web = as_count(told["num_requests"]) if "num_requests" in told else self._web
        if usage is None or not (web or self._files):
            return usage
        return replace(usage, web_searches=web, file_searches=self._files)


def with_searches(usage: Usage | None, response: dict[str, Any]) -> Usage | None:
    """The usage of a whole response with its searches."""
    found = Searches()
    for item in as_list(response.get("output")):
        found.add(as_mapping(item))
    return found.added_to(usage, response)


def with_search_of_model(usage: Usage | None, model: str) -> Usage | None:
    """The usage of a chat completion with the search that its model made."""
    if "-search-" not in model or usage is None or usage.web_searches:
        return usage
    return replace(usage, web_searches=1) if _SEARCHING.search(model) else usage
