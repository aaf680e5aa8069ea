"""Which kept answers are to be forgotten."""

import msgspec


class Purge(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Those that match everything that is set, and were kept before; nothing set: all."""

    at_ns: int
    project_id: str = ""
    model: str = ""
    """As clients name it."""
    tag: str = ""
    name: str = ""
    """Of one answer: what `x-vedette-cache-key` says."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The same for `ports.stores.CacheView.purge`."""
        return labels_of(self.project_id, self.model, (self.tag,), self.name)


def labels_of(project_id: str, model: str, tags: tuple[str, ...], name: str) -> tuple[str, ...]:
    """What an answer can be purged by; what is empty is left out."""
    pairs = [("project", project_id), ("model", model), ("name", name)]
    pairs += [("tag", tag) for tag in tags]
    return tuple(f"{kind}:{value}" for kind, value in pairs if value)
