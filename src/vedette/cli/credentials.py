"""`vedette credentials set|list|delete|rekey`: the vault, straight in its file.

No server is needed; one that runs takes a change within two seconds.
"""

import json
import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vedette.cli.options import ConfigOption, load_config
from vedette.cli.output import console, table
from vedette.cli.remote import JsonOption
from vedette.errors import BadRequest

if TYPE_CHECKING:
    from vedette.access.vault import Vault

_SET_EPILOG = """Examples:

- `vedette credentials set openai` asks for it, without showing it

- `vedette credentials set openai --env OPENAI_API_KEY`

- `pass show openai | vedette credentials set openai`

In the configuration it is `api_key: vault:openai`. It never stands on a command line."""
_REKEY_EPILOG = """Examples:

- `vedette credentials rekey` makes a new master key in the data directory

- `VEDETTE_NEXT_MASTER_KEY=$(openssl rand -base64 32) vedette credentials rekey` takes this one;
  start Vedette with it as VEDETTE_MASTER_KEY from then on

All credentials are encrypted anew. A rekey that breaks off loses nothing."""

NameArgument = Annotated[str, typer.Argument(help="Name of the credential.", show_default=False)]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Encrypted credentials of providers.")
    group.callback()(_group)
    group.command("list")(list_credentials)
    group.command("set", epilog=_SET_EPILOG)(set_credential)
    group.command("delete")(delete_credential)
    group.command("rekey", epilog=_REKEY_EPILOG)(rekey)
    app.add_typer(group, name="credentials")


def list_credentials(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """List the names of the credentials; needs no master key."""
    from vedette.query.times import format_time

    found = [
        (one.name, format_time(one.created_ns), format_time(one.updated_ns))
        for one in _vault(config).list()
    ]
    if as_json:
        names = ("name", "created_time", "updated_time")
        print(json.dumps([dict(zip(names, row, strict=True)) for row in found], indent=2))
        return
    rows = ((name, made[:19], changed[:19]) for name, made, changed in found)
    table(console(), ("NAME", "CREATED", "CHANGED"), rows)


def set_credential(
    name: NameArgument,
    env: Annotated[
        str, typer.Option(help="Environment variable that holds it.", show_default=False)
    ] = "",
    config: ConfigOption = None,
) -> None:
    """Set or exchange a credential, read from a prompt, a pipe or the environment."""
    vault, value = _vault(config), _value(env)
    with _noting(config, name, "set"):
        kept = vault.set(name, value)
    console().print(f"Kept. In the configuration: api_key: vault:{kept.name}")


def delete_credential(name: NameArgument, config: ConfigOption = None) -> None:
    """Delete a credential."""
    with _noting(config, name, "deleted"):
        _vault(config).delete(name)
    console().print(f"Deleted {name}.")


def rekey(config: ConfigOption = None) -> None:
    """Encrypt all credentials anew under another master key."""
    from vedette.access.master import NEXT_VARIABLE, read_master_key

    text = os.environ.get(NEXT_VARIABLE, "")
    with _noting(config, "", "rekeyed"):
        count = _vault(config).rekey(read_master_key(text, NEXT_VARIABLE) if text else b"")
    where = f"that of {NEXT_VARIABLE}" if text else "a new one in the data directory"
    console().print(f"{count} credentials are encrypted anew; the master key is {where}.")


def _value(env: str) -> str:
    if env:
        if not os.environ.get(env):
            raise BadRequest(f"--env {env!r}: this variable is empty or not set.")
        return os.environ[env].strip()
    if sys.stdin.isatty():
        return str(typer.prompt("Credential", hide_input=True, err=True)).strip()
    return sys.stdin.read().strip()


def _noting(config: Path | None, name: str, done: str) -> AbstractContextManager[None]:
    """Have the audit log know of it."""
    from vedette.app.audit import noting
    from vedette.clock import SystemClock
    from vedette.model.audit import INSTALLATION, AuditEvent

    event = AuditEvent(
        action=f"credential.{done}", organization=INSTALLATION, target_kind="credential",
        target_id=name,
    )  # fmt: skip
    return noting(load_config(config).config, SystemClock(), event)


def _vault(config: Path | None) -> "Vault":
    from vedette.app.vault import open_vault

    return open_vault(load_config(config).config, os.environ)


def _group() -> None:
    """Encrypted credentials of providers."""
