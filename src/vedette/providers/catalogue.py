"""The provider catalogue: `catalogue.yaml`, one row per OpenAI-compatible service or server."""

from functools import lru_cache
from importlib import resources

import msgspec
import yaml

from vedette.model.catalogue import Kinds

AUTH_STYLES = frozenset({"bearer", "api-key", "x-api-key", "none"})


@lru_cache(maxsize=1)
def load_kinds() -> Kinds:
    """Read the catalogue, in the order of the file; callers do not change it."""
    text = resources.files(__package__).joinpath("catalogue.yaml").read_text("utf-8")
    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # CSafeLoader is a SafeLoader in C: it makes plain values only.
    rows = yaml.load(text, Loader=loader)  # noqa: S506
    return msgspec.convert(rows, Kinds)
