"""The hashes of this installation, for commands that run beside the server."""

from pathlib import Path

from vedette.app.secret import local_secret
from vedette.config.schema import Config
from vedette.errors import StoreError
from vedette.features.hashing import TextHasher


def open_hasher(config: Config) -> TextHasher:
    """Hashes as capture mode `hash` makes them; raises StoreError where the key cannot be read."""
    path = Path(config.storage.path)
    try:
        return TextHasher(local_secret(path))
    except OSError as error:
        raise StoreError(
            f"Cannot read the key of this installation in {str(path)!r} ({error.strerror}): "
            "run the command as the user that runs the server."
        ) from None
