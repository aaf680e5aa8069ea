"""What the workers of one machine tell each other of targets."""

import mmap
from hashlib import blake2b
from typing import ClassVar, Self


class SharedHealth:
    """Which targets are open, told between the workers of one machine.

    One page of memory: a table of (hash of the name, when it may be asked again). Each cell is
    eight aligned bytes, so that a reader sees one value or the other. Where two workers write at
    once the last one counts: both have just seen the target.
    """

    _CELLS: ClassVar[int] = 256
    _EMPTY = b"\0" * 8
    SIZE: ClassVar[int] = _CELLS * 16

    def __init__(self, memory: mmap.mmap, *, only_reads: bool = False) -> None:
        self._memory = memory
        self._only_reads = only_reads
        self._numbers = memoryview(memory).cast("d")

    @classmethod
    def at(cls, path: str, *, only_reads: bool = False) -> Self:
        """Map the file; made where it is absent. Raises OSError.

        Who `only_reads` takes no place in the table for names that no worker has put there.
        """
        with open(path, "a+b") as file:
            file.truncate(cls.SIZE)
            return cls(mmap.mmap(file.fileno(), cls.SIZE), only_reads=only_reads)

    def cell(self, name: str, only_looks: bool = False) -> int:
        """The place of a target; -1 where it has none and gets none: then it is not shared."""
        key = blake2b(name.encode(), digest_size=8).digest()
        start = int.from_bytes(key[:2])
        for step in range(self._CELLS):
            at = (start + step) % self._CELLS * 16
            found = self._memory[at : at + 8]
            if found == self._EMPTY:
                if self._only_reads or only_looks:
                    return -1
                self._memory[at : at + 8] = key
                return at // 8 + 1
            if found == key:
                return at // 8 + 1
        return -1

    def read(self, cell: int) -> float:
        return self._numbers[cell]

    def write(self, cell: int, until: float) -> None:
        self._numbers[cell] = until
