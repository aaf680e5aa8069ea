"""Which files a configuration is made of, and when they have changed.

Polling works on every file system, bind mounts and editors' renames included, and follows links
that are pointed elsewhere, as Kubernetes does it.
"""

import stat
from contextlib import suppress
from pathlib import Path

from vedette.app.vault import vault_path
from vedette.config.files import files_of
from vedette.config.load import LoadedConfig
from vedette.errors import ConfigError

State = tuple[int, int, int]
"""What tells one state of a file from another."""
NOT_THERE: State = (0, 0, 0)


class FileWatch:
    """Sees that a file of the configuration has changed, once it has stood still for a look: who
    writes in place would else be read in the middle of it."""

    def __init__(self, loaded: LoadedConfig) -> None:
        self._seen = fingerprints(loaded)
        self._last = self._seen

    def has_changed(self, loaded: LoadedConfig) -> bool:
        """Look once more. Files that are away for the moment, and new ones, are no change."""
        now = fingerprints(loaded)
        last, self._last = self._last, now
        changed = {
            path: state for path, state in now.items() if self._seen.get(path, state) != state
        }
        if any(last.get(path) != state for path, state in changed.items()):
            return False
        self._seen |= now
        return bool(changed)


def fingerprints(loaded: LoadedConfig) -> dict[Path, State]:
    """What tells one state from another: of the configuration, and of the files it takes
    credentials from. A file that is not there at the moment has none."""
    paths = [loaded.path] if loaded.path is not None else []
    for provider in loaded.config.providers:
        paths += files_of(provider)
    for one in loaded.config.access.saml:
        files = (one.idp_metadata_file, one.key_file)
        paths += [Path(path).expanduser() for path in files if path]
    # One that a new configuration waits for may come after it.
    vault = vault_path(loaded.config)
    states = {vault: state_of(vault) or NOT_THERE}
    for path in paths:
        state = state_of(path)
        if state is not None:
            states[path] = state
    return states


def state_of(path: Path) -> State | None:
    """The state of a file; None where there is none, or something else than a file."""
    with suppress(OSError):
        found = path.stat()
        if stat.S_ISREG(found.st_mode):
            return found.st_mtime_ns, found.st_size, found.st_ino
    return None


def check_again(path: Path | None) -> None:
    """Raises ConfigError where the configuration came out of a pipe: it is read only once."""
    if path is not None and path.exists() and not (path.is_file() or path.is_dir()):
        raise ConfigError(f"{str(path)!r} is no file that can be read again.")


def check_written(old: LoadedConfig, new: LoadedConfig) -> None:
    """Raises ConfigError where nothing stands in the file any more: somebody is writing it."""
    if _is_written(old) and not _is_written(new):
        raise ConfigError(f"{str(new.path)!r} holds no settings any more.")


def _is_written(loaded: LoadedConfig) -> bool:
    places = (loaded.origins or {}).values()
    return loaded.path is None or any(place.startswith(f"{loaded.path}:") for place in places)
