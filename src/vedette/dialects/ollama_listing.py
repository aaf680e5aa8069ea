"""What clients of Ollama ask a server about itself: `/api/tags`, `/api/show`, `/api/version`.

The answers have the shape that the official clients check, and say of a model no more than is
known: its name, and that it can be talked to.
"""

import hashlib
from collections.abc import Iterable

import msgspec

from vedette.dialects.ollama_answer import write_time
from vedette.dialects.reading import as_mapping, as_text, decode, first_text

VERSION = "0.12.0"
"""Clients look at it to learn what they may use: the first version with all we serve (thinking
levels, tools, schemas)."""


def write_tags(models: Iterable[str], created_s: int = 0) -> bytes:
    """The answer to `GET /api/tags`: what can be called."""
    return msgspec.json.encode({"models": [_tag(name, created_s) for name in models]})


def _tag(name: str, created_s: int) -> dict[str, object]:
    return {
        "name": name,
        "model": name,
        "modified_at": write_time(created_s),
        "size": 0,
        # Clients tell models apart by it.
        "digest": hashlib.sha256(name.encode()).hexdigest(),
        "details": _details(),
    }


def write_show(model: str, created_s: int = 0) -> bytes:
    """The answer to `POST /api/show` about one model."""
    return msgspec.json.encode(
        {
            "modelfile": f"FROM {model}\n",
            "parameters": "",
            "template": "",
            "details": _details(),
            "model_info": {"general.architecture": "", "general.basename": model},
            "capabilities": ["completion", "tools", "vision", "thinking"],
            "modified_at": write_time(created_s),
        }
    )


def read_show(body: bytes) -> str:
    """The model that `POST /api/show` asks about; "" where it names none."""
    request = as_mapping(decode(body))
    return first_text(request.get("model"), request.get("name"))


def write_version(version: str = VERSION) -> bytes:
    """The answer to `GET /api/version`."""
    return msgspec.json.encode({"version": as_text(version)})


def _details() -> dict[str, object]:
    return {
        "parent_model": "", "format": "", "family": "", "families": [], "parameter_size": "",
        "quantization_level": "",
    }  # fmt: skip
