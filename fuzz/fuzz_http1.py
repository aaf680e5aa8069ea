"""Fuzz both parsers of the HTTP/1.1 rim: `python fuzz/fuzz_http1.py [SECONDS]`.

With atheris installed it is coverage guided (further arguments go to libFuzzer); without, known
messages are mutated for so many seconds. What must hold for any bytes, in any pieces: no exception
gets out, an answer ends exactly once, and the pieces do not change what was understood.
The property tests under tests/unit/http1 run the same harness with every test run.
"""

import itertools
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.support.bytewise import REQUESTS, converse, parse, understood  # noqa: E402
from tests.support.said import OUTCOMES  # noqa: E402


def check(data: bytes) -> None:
    """First byte: which side; second: length of the pieces; the rest is what the peer says."""
    if len(data) < 3:
        return
    side, size, said = data[0] & 1, 1 + data[1], data[2:]
    edges = [*range(0, len(said), size), len(said)]
    pieces = [said[start:end] for start, end in itertools.pairwise(edges)]
    if side:
        whole = parse([said])
        if sum(isinstance(one, str) for one in whole) != 1:
            raise AssertionError(f"not one end: {whole}")
        if parse(pieces) != whole:
            raise AssertionError("the pieces changed the answer")
    elif understood(converse(pieces)) != understood(converse([said])):
        raise AssertionError("the pieces changed the conversation")


def mutated(seeds: Sequence[bytes]) -> bytes:
    """A seed with a few bytes changed, dropped, doubled or taken from another."""
    draw = iter(os.urandom(64))
    data = bytearray(seeds[next(draw) % len(seeds)])
    for _ in range(next(draw) % 6):
        if not data:
            break
        at = (next(draw) << 8 | next(draw)) % len(data)
        kind, value = next(draw) % 4, next(draw)
        if kind == 0:
            data[at] = value
        elif kind == 1:
            del data[at : at + value % 8]
        elif kind == 2:
            data[at:at] = data[at : at + value % 32]
        else:
            other = seeds[value % len(seeds)]
            data[at:at] = other[at % len(other) :][:16]
    return bytes([next(draw), next(draw)]) + bytes(data)


def mutate_for(seconds: float) -> int:
    seeds = [*REQUESTS, *(one[0] for one in OUTCOMES.values() if one[0])]
    end, runs = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        data = mutated(seeds)
        try:
            check(data)
        except BaseException:
            print(f"failing input: {data!r}", file=sys.stderr)
            raise
        runs += 1
    return runs


def main() -> None:
    try:
        import atheris
    except ImportError:
        seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
        print(f"{mutate_for(seconds)} inputs, none failed (atheris is not installed)")
        return
    atheris.instrument_all()
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
