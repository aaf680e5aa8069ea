"""A model for detectors that ask one."""

from typing import Any


class Model:
    """Says the same to everybody."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.asked: list[Any] = []

    def chat(self, model: str, messages: Any, *, timeout_s: float) -> str:
        self.asked.append(messages)
        return self.answer

    def post(self, model: str, path: str, body: Any, *, timeout_s: float) -> bytes:
        self.asked.append((path, body))
        return self.answer.encode()
