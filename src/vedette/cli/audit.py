"""`vedette audit list|show|verify|restored|prove|export|checkpoint|key|erase`: beside the server or
without it, on the files of the installation."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vedette.cli.options import ConfigOption, load_config
from vedette.cli.output import console, printable, table
from vedette.cli.remote import JsonOption
from vedette.clock import SystemClock
from vedette.errors import BadRequest, VedetteError

if TYPE_CHECKING:
    from vedette.audit.desk import AuditDesk, Shown
    from vedette.audit.notes import VerifierKey
    from vedette.audit.outside import Exported
    from vedette.audit.verifying import AuditReport
    from vedette.model.audit import AuditQuery

_LIST_EPILOG = """Examples:

- `vedette audit list --from now-7d --action key.`

- `vedette audit list --actor command --json`"""
_VERIFY_EPILOG = """Examples:

- `vedette audit verify`

- `vedette audit verify --key "$(cat kept-elsewhere/audit.pub)" --checkpoints witness.jsonl`

- `vedette audit verify --proof proof.json --key vedette-1f2e...` needs no installation at all

Exit code 1 where something is wrong. Without `--key` the key of the installation is trusted: who
could exchange that too is found out with a copy kept elsewhere."""
_RESTORED_EPILOG = """Examples:

- `vedette audit restored --reason "disk failed, backup of Monday night"`

- `vedette audit restored --checkpoints witness.jsonl --reason "..."` where the checkpoints of the
installation went back as well

Each log that is older than what was signed gets an entry that names the checkpoints which count no
more. `vedette audit verify` shows it from then on, and still finds whatever else is missing."""
_PROVE_EPILOG = """Examples:

- `vedette audit prove default:42 > proof.json`

- `vedette audit prove --since old-checkpoint.txt > proof.json` shows that the log only grew

`vedette audit verify --proof proof.json` checks either."""
_EXPORT_EPILOG = """Examples:

- `vedette audit export --from now-90d > audit.jsonl`

- `vedette audit export --bodies --organization default > log.jsonl` is for whoever checks the chain
without Vedette: SHA-256 over a zero byte and a line, without its line break, is the `prev` of the
next line and the leaf of the Merkle tree"""
_EXPORTED_FROM = "now-365d"
_ERASE_EPILOG = """Examples:

- `vedette audit erase ann@example.com --yes`

The value goes wherever it stands as a whole: as owner, address, name or user. The entries stay,
the chain still fits, and the log says how many were erased."""

_COLUMNS = ("TIME", "ID", "ACTION", "OUTCOME", "ACTOR", "TARGET", "PROJECT")

OrganizationOption = Annotated[
    str, typer.Option(help="Id of the organization, or `installation`.", show_default=False)
]
ActionOption = Annotated[
    str, typer.Option(help="Action, or how it begins: `key.`.", show_default=False)
]
ActorOption = Annotated[
    str, typer.Option(help="Kind, or kind and id: `user:usr_1`.", show_default=False)
]
ProjectOption = Annotated[str, typer.Option(help="Id of the project.", show_default=False)]
SinceOption = Annotated[str, typer.Option("--from", help="Entries from this time on.")]
UntilOption = Annotated[str, typer.Option("--to", help="Entries before this time.")]

CheckpointsOption = Annotated[
    Path | None,
    typer.Option(help="File of checkpoints kept elsewhere, besides.", show_default=False),
]


class NotSound(VedetteError):
    """The log is not what it was."""

    code = "audit_not_sound"
    status = 409


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="The audit log: who did what, provably.")
    group.callback()(_group)
    group.command("list", epilog=_LIST_EPILOG)(list_entries)
    group.command("show")(show_entry)
    group.command("verify", epilog=_VERIFY_EPILOG)(verify_log)
    group.command("restored", epilog=_RESTORED_EPILOG)(tell_restored)
    group.command("prove", epilog=_PROVE_EPILOG)(prove)
    group.command("export", epilog=_EXPORT_EPILOG)(export)
    group.command("checkpoint")(show_checkpoint)
    group.command("key")(show_key)
    group.command("erase", epilog=_ERASE_EPILOG)(erase)
    app.add_typer(group, name="audit")


def list_entries(
    *,
    organization: OrganizationOption = "",
    project: ProjectOption = "",
    action: ActionOption = "",
    actor: ActorOption = "",
    since: SinceOption = "now-30d",
    until: UntilOption = "now",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="So many entries.")] = 100,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List entries, newest first."""
    query = _query(organization, project, action, actor, times=(since, until))
    found = _desk(config).find(query, limit=limit)
    if as_json:
        print(json.dumps([_shape(one) for one in found], indent=2, ensure_ascii=False))
        return
    table(console(), _COLUMNS, map(_row, found))


def show_entry(
    id: Annotated[str, typer.Argument(help="Such as default:42.", show_default=False)],
    config: ConfigOption = None,
) -> None:
    """Show one entry with all it says."""
    print(json.dumps(_shape(_desk(config).show(id)), indent=2, ensure_ascii=False))


def verify_log(
    *,
    organization: OrganizationOption = "",
    key: Annotated[
        str, typer.Option(help="Public key to trust, as `audit key` prints it.", show_default=False)
    ] = "",
    checkpoints: CheckpointsOption = None,
    proof: Annotated[
        Path | None, typer.Option(help="Check this proof alone.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Check that nothing was altered, dropped, put in or moved."""
    if proof is not None:
        _check(proof, key, config)
        return
    unreadable: list[str] = []
    more = _exported(checkpoints, unreadable)
    desk = _desk(config)
    report = desk.verify(
        (organization,) if organization else (), key=_read_key(key) if key else desk.key,
        more=more, now_ns=SystemClock().now_ns(), unreadable=unreadable,
    )  # fmt: skip
    if as_json:
        import msgspec

        print(json.dumps(msgspec.to_builtins(report), indent=2))
    else:
        _print(report)
    if not report.ok:
        raise NotSound("The audit log is not what it was: see the findings above.")


def tell_restored(
    *,
    reason: Annotated[str, typer.Option(help="Why, for whoever reads the log.")],
    checkpoints: CheckpointsOption = None,
    config: ConfigOption = None,
) -> None:
    """Tell that the log was restored from an older copy."""
    from vedette.app.audit import acting_as_command, open_beside
    from vedette.query.times import format_time

    more = _exported(checkpoints, [])
    clock = SystemClock()
    audit = open_beside(load_config(config).config, clock)
    try:
        with acting_as_command():
            report = audit.desk.restored(
                audit.signature, reason=reason, time=format_time(clock.now_ns()), more=more
            )
    finally:
        audit.close()
    _print(report)


def prove(
    id: Annotated[str, typer.Argument(help="Such as default:42.", show_default=False)] = "",
    since: Annotated[
        Path | None,
        typer.Option(help="An older checkpoint that the log must continue.", show_default=False),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Print a proof that an entry is in the signed log, or that the log only grew."""
    import msgspec

    from vedette.audit.notes import read_checkpoint
    from vedette.audit.proofs import Proof, prove_growth

    desk = _desk(config)
    if bool(id) == (since is not None):
        raise BadRequest("Name an entry, or an older checkpoint with --since.")
    made: Proof
    if since is None:
        made = desk.prove(id)
    else:
        old = _existing(since).read_text(encoding="utf-8")
        made = prove_growth(desk.store, old, desk.checkpoint(read_checkpoint(old).organization))
    print(msgspec.json.format(msgspec.json.encode(made), indent=2).decode())


def export(
    *,
    organization: OrganizationOption = "",
    project: ProjectOption = "",
    action: ActionOption = "",
    actor: ActorOption = "",
    since: SinceOption = _EXPORTED_FROM,
    until: UntilOption = "now",
    bodies: Annotated[
        bool, typer.Option("--bodies", help="Whole logs as they are hashed, oldest first.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Print entries as JSON, one a line, newest first."""
    if bodies:
        if project or action or actor or (since, until) != (_EXPORTED_FROM, "now"):
            raise BadRequest("--bodies prints whole logs: of filters only --organization goes.")
        for body in _desk(config).bodies(organization):
            print(body)
        return
    query = _query(organization, project, action, actor, times=(since, until))
    for shown in _desk(config).export(query):
        print(json.dumps(_shape(shown), ensure_ascii=False))


def show_checkpoint(
    organization: Annotated[str, typer.Argument(help="Id of the organization.")] = "default",
    config: ConfigOption = None,
) -> None:
    """Print the newest signed checkpoint of a log."""
    print(_desk(config).checkpoint(organization), end="")


def show_key(config: ConfigOption = None) -> None:
    """Print the public key; keep it where nobody can exchange it."""
    print(_known_key(config).text)


def erase(
    value: Annotated[str, typer.Argument(help="The value as a whole.", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: ConfigOption = None,
) -> None:
    """Erase a personal value from the log, for good."""
    if not yes and not (sys.stdin.isatty() and typer.confirm(f"Erase {value!r}?", err=True)):
        raise BadRequest("Nothing is erased without --yes.")
    from vedette.app.audit import acting_as_command, open_beside

    audit = open_beside(load_config(config).config, SystemClock())
    try:
        with acting_as_command():
            count = audit.desk.erase(value)
    finally:
        audit.close()
    console().print(f"Erased {count} values.")


def _check(path: Path, key: str, config: Path | None) -> None:
    from vedette.audit.proofs import check_proof, read_proof

    trusted = _read_key(key) if key else _known_key(config)
    console().print(check_proof(read_proof(_existing(path).read_bytes()), trusted), soft_wrap=True)


def _print(report: "AuditReport") -> None:
    out = console()
    rows = (
        (log.organization, str(log.entries), str(log.signed), log.signed_time[:19],
         str(log.checkpoints), str(log.erased), log.state)
        for log in report.logs
    )  # fmt: skip
    columns = ("LOG", "ENTRIES>", "SIGNED>", "AT", "CHECKPOINTS>", "ERASED>", "STATE")
    table(out, columns, rows)
    for log in report.logs:
        for restored in log.restored:
            out.print(printable(
                f"{log.organization}:{restored.seq}  restored: {restored.time[:19]}, "
                f"{restored.by}: {restored.reason}. Of entries {restored.first} to "
                f"{restored.last}, what was signed before is gone or replaced."
            ), soft_wrap=True)  # fmt: skip
        for one in log.problems:
            place = f"{one.organization}:{one.seq}" if one.seq else one.organization
            out.print(printable(f"{place}  {one.fault}: {one.message}"), soft_wrap=True)
    for unread in report.unreadable:
        out.print(printable(unread), soft_wrap=True)
    if report.key:
        out.print(f"Key: {report.key}", soft_wrap=True)
    else:
        out.print("There is no signing key: nothing shows that the whole was not written anew.")


def _exported(path: Path | None, unreadable: list[str]) -> "list[Exported]":
    from vedette.audit.outside import read_exported

    return list(read_exported(_existing(path), unreadable.append)) if path else []


def _query(
    organization: str, project: str, action: str, actor: str, *, times: tuple[str, str]
) -> "AuditQuery":
    from vedette.model.audit import AuditQuery
    from vedette.query.times import parse_time

    now_ns = SystemClock().now_ns()
    try:
        # What happens at this moment is meant as well.
        from_ns, to_ns = (parse_time(text, now_ns=now_ns) for text in times)
    except ValueError as error:
        raise BadRequest(f"--from and --to: need {error}.") from None
    return AuditQuery(
        organizations=(organization,) if organization else (), project=project, action=action,
        actor=actor, from_ns=from_ns,
        to_ns=None if times[1] == "now" else to_ns,
    )  # fmt: skip


def _row(shown: "Shown") -> tuple[str, ...]:
    from vedette.query.times import format_time

    entry = shown.entry
    name = shown.personal.get("actor.name") or shown.personal.get("actor.address")
    actor = f"{entry.actor} ({name})" if name else entry.actor
    target = f"{entry.target_kind} {entry.target_id}".strip()
    time = format_time(entry.time_ns)[:19]
    return time, entry.id, entry.action, entry.outcome, actor, target, entry.project


def _shape(shown: "Shown") -> dict[str, Any]:
    """As the API shows it."""
    from vedette.query.times import format_time

    entry = shown.entry
    kind, _, id = entry.actor.partition(":")
    mine = {name: value for name, value in shown.personal.items() if not name.startswith("actor.")}
    return {
        "id": entry.id, "organization": entry.organization, "seq": entry.seq,
        "time": format_time(entry.time_ns), "action": entry.action, "outcome": entry.outcome,
        "actor": {
            "kind": kind, "id": id, "name": shown.personal.get("actor.name"),
            "address": shown.personal.get("actor.address"),
        },
        "project": entry.project, "target": {"kind": entry.target_kind, "id": entry.target_id},
        "details": shown.details, "personal": mine, "erased": list(shown.erased),
        "hash": entry.hash,
    }  # fmt: skip


def _desk(config: Path | None) -> "AuditDesk":
    from vedette.app.audit import AuditBeside

    return AuditBeside(load_config(config).config, SystemClock()).desk


def _known_key(config: Path | None) -> "VerifierKey":
    key = _desk(config).key
    if key is None:
        raise BadRequest("There is no signing key here yet. Name one with --key.")
    return key


def _read_key(text: str) -> "VerifierKey":
    from vedette.audit.notes import VerifierKey

    return VerifierKey.read(text)


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise BadRequest(f"There is no file {str(path)!r}.")
    return path


def _group() -> None:
    """The audit log: who did what, provably."""
