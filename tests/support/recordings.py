"""Recorded traffic for tests: our own small tapes, and the large ones where they are at hand."""

import base64
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from vedette.dialects import (
    anthropic,
    gemini,
    openai_chat,
    openai_completions,
    openai_embeddings,
    openai_responses,
)

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "tapes"
SHARED = ROOT.parent / "shared" / "tapes"

CODECS: dict[str, ModuleType] = {
    "openai_chat": openai_chat,
    "openai_completions": openai_completions,
    "openai_embeddings": openai_embeddings,
    "openai_responses": openai_responses,
    "anthropic": anthropic,
    "gemini": gemini,
}
PAIRS = sorted(path.relative_to(OWN).with_suffix("").as_posix() for path in OWN.rglob("*.sse"))
"""Names of answers that are there streamed (`.sse`) and whole (`.json`)."""


def codec_of(pair: str) -> ModuleType:
    """The dialect module that reads this pair."""
    return CODECS[pair.partition("/")[0]]


def streamed(pair: str) -> bytes:
    return (OWN / f"{pair}.sse").read_bytes()


def whole(pair: str) -> bytes:
    return (OWN / f"{pair}.json").read_bytes()


class SharedTape:
    """One recording of the shared folder."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.name: str = row["file"]
        self.provider: str = row["provider"]
        self.api: str = row["api"]
        self.streamed: bool = row["streamed"]
        self.status: int = row["status"]
        path = SHARED / self.name
        packed = path.read_bytes()
        tape = json.loads(gzip.decompress(packed) if path.suffix == ".gz" else packed)
        self.usage: dict[str, Any] | None = tape["usage"]
        self.response: bytes = base64.b64decode(tape["response"]["body_base64"])
        headers = {name.lower(): value for name, value in tape["response"]["headers"].items()}
        self.content_type: str = headers.get("content-type", "")
        body = tape["request"]["body"]
        self.request: bytes = json.dumps(body["json"]).encode() if "json" in body else b""

    def __str__(self) -> str:
        """What a test of it is called: the same in every process."""
        return self.name


def shared_tapes() -> Iterator[SharedTape]:
    """All of them; none where the folder is absent."""
    index = SHARED / "index.json"
    if index.is_file():
        yield from (SharedTape(row) for row in json.loads(index.read_text()))
