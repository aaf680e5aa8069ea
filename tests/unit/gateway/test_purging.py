"""Workers hear once of what they are to forget."""

from pathlib import Path

import msgspec

from vedette.gateway.purging import PurgeFile
from vedette.model.purge import Purge


def test_a_file_is_read_when_it_is_new(tmp_path: Path) -> None:
    path = tmp_path / "purges"
    file = PurgeFile(str(path))
    assert file.changed() == ()
    purge = Purge(at_ns=5, tag="t")
    path.write_bytes(msgspec.msgpack.encode([purge]))
    assert file.changed() == (purge,)
    assert file.changed() == ()
    path.unlink()
    path.write_bytes(b"junk")
    assert file.changed() == ()
