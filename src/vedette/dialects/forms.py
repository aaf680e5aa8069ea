"""Find and replace the `model` field of a multipart form by the first bytes of the form.

Uploads (audio, images, files) are streamed, never held whole: the gateway looks at a prefix. A
field counts only when it stands complete in the prefix, with the boundary that follows it.
"""

import re
from collections.abc import Iterator

from vedette.errors import BadRequest

_PARAMETER = re.compile(rb';[ \t]*([!-:<>-~]+?)[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|[^;\s]*)', re.DOTALL)
_DISPOSITION = re.compile(rb"(?:^|\r\n)content-disposition[ \t]*:([^\r\n]*)", re.IGNORECASE)


def form_boundary(content_type: str) -> bytes | None:
    """The boundary named by a `multipart/form-data` content type; None for any other type."""
    kind, _, _ = content_type.partition(";")
    if kind.strip().lower() != "multipart/form-data":
        return None
    for name, value in _PARAMETER.findall(content_type.encode("latin-1", "replace")):
        if name.lower() == b"boundary":
            return _unquote(value) or None
    return None


def find_form_model(prefix: bytes, boundary: bytes) -> str | None:
    """The value of the first `model` field that is complete in `prefix`."""
    for start, end in _model_fields(prefix, boundary):
        return prefix[start:end].decode("utf-8", "replace")
    return None


def replace_form_model(prefix: bytes, boundary: bytes, model: str) -> tuple[bytes, int]:
    """`prefix` with each complete `model` field set to `model`, and by how much it grew."""
    value = model.encode()
    if b"\r" in value or b"\n" in value:
        raise BadRequest(f"The model name {model!r} has a line break in it.")
    pieces: list[bytes] = []
    done = 0
    for start, end in _model_fields(prefix, boundary):
        pieces += (prefix[done:start], value)
        done = end
    pieces.append(prefix[done:])
    spliced = b"".join(pieces)
    return spliced, len(spliced) - len(prefix)


def _model_fields(prefix: bytes, boundary: bytes) -> Iterator[tuple[int, int]]:
    """Ranges of the values of complete `model` fields."""
    delimiter = b"\r\n--" + boundary
    if prefix.startswith(delimiter[2:]):
        at = len(delimiter) - 2
    elif (at := prefix.find(delimiter)) >= 0:
        at += len(delimiter)
    else:
        return
    while (end := prefix.find(delimiter, at)) >= 0:
        head_end = prefix.find(b"\r\n\r\n", at, end)
        if head_end >= 0 and _is_model_field(prefix[at:head_end]):
            yield head_end + 4, end
        at = end + len(delimiter)


def _is_model_field(head: bytes) -> bool:
    disposition = _DISPOSITION.search(head)
    if disposition is None:
        return False
    parameters = {
        name.lower(): _unquote(value) for name, value in _PARAMETER.findall(disposition[1])
    }
    return parameters.get(b"name") == b"model" and b"filename" not in parameters


def _unquote(value: bytes) -> bytes:
    if len(value) >= 2 and value.startswith(b'"') and value.endswith(b'"'):
        return re.sub(rb"\\(.)", rb"\1", value[1:-1])
    return value
