"""Projects by name for commands that run beside the server, or without it."""

import msgspec

from vedette.app.snapshot import access_file, run_paths
from vedette.config.schema import Config
from vedette.errors import BadRequest
from vedette.model.tenant import AccessSnapshot


def project_id(config: Config, id_or_name: str) -> str:
    """The id of a project; what is not known is taken for an id. Raises BadRequest for a name
    that several have.

    The file that the workers read tells the names: no database is opened for it.
    """
    try:
        content = access_file(run_paths(config)).read_bytes()
        projects = msgspec.msgpack.decode(content, type=AccessSnapshot).projects
    except (OSError, msgspec.MsgspecError):
        return id_or_name
    if any(project.id == id_or_name for project in projects):
        return id_or_name
    named = [project.id for project in projects if project.name == id_or_name]
    if len(named) > 1:
        ids = ", ".join(named)
        raise BadRequest(f"Several projects have the name {id_or_name!r}: {ids}. Give an id.")
    return named[0] if named else id_or_name
