"""`/credentials`: the vault over HTTP. Values go in; none ever comes out."""

from typing import Annotated

import msgspec
from fastapi import APIRouter
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from vedette.access.vault import Credential, Vault
from vedette.api.context import context_of
from vedette.api.fields import naming_fields, read_fields
from vedette.api.noting import noted
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.errors import VedetteError
from vedette.model.audit import INSTALLATION, AuditEvent
from vedette.query.shapes import Time
from vedette.query.times import format_time


class NoVault(VedetteError):
    """This console runs without a vault."""

    code = "vault_unavailable"
    status = 503


class CredentialBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A credential of a provider."""

    value: Annotated[str, Meta(description="One word of printable ASCII; it is never shown.")]


class CredentialShape(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of a credential."""

    name: str
    reference: Annotated[str, Meta(description="What stands in the configuration for it.")]
    created_time: Time
    updated_time: Time


class CredentialList(msgspec.Struct, frozen=True):
    """Credentials by name."""

    items: tuple[CredentialShape, ...]


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["credentials"])
    add_route(api, "GET", "/credentials", list_credentials, _LIST)
    add_route(api, "PUT", "/credentials/{name}", set_credential, _SET)
    add_route(api, "DELETE", "/credentials/{name}", delete_credential, _DELETE)
    return api


async def list_credentials(request: Request) -> Response:
    read_parameters(request)
    vault = _vault_of(request)
    found = await context_of(request).threads.run(vault.list)
    return json_response(CredentialList(tuple(map(_shape, found))))


async def set_credential(request: Request, name: str) -> Response:
    read_parameters(request)
    vault, body = _vault_of(request), await read_fields(request, CredentialBody)
    with naming_fields():
        kept = await noted(request, _event(name, "set"), vault.set, name, body.value)
    return json_response(_shape(kept))


async def delete_credential(request: Request, name: str) -> Response:
    read_parameters(request)
    vault = _vault_of(request)
    await noted(request, _event(name, "deleted"), vault.delete, name)
    return Response(status_code=204)


def _vault_of(request: Request) -> Vault:
    vault = context_of(request).services.vault
    if vault is None:
        raise NoVault("This console has no vault.")
    return vault


def _event(name: str, done: str) -> AuditEvent:
    return AuditEvent(
        action=f"credential.{done}", organization=INSTALLATION, target_kind="credential",
        target_id=name,
    )  # fmt: skip


def _shape(credential: Credential) -> CredentialShape:
    return CredentialShape(
        name=credential.name,
        reference=f"vault:{credential.name}",
        created_time=format_time(credential.created_ns),
        updated_time=format_time(credential.updated_ns),
    )


_LIST = Operation(summary="Credentials of providers, by name", answers={200: CredentialList})
_SET = Operation(
    summary="Set or exchange a credential",
    description="Providers that use it get the new one within two seconds.",
    body=CredentialBody,
    answers={200: CredentialShape},
    refusals=(413, 415),
)
_DELETE = Operation(summary="Delete a credential", answers={204: None}, refusals=(404,))

SHAPES: tuple[type, ...] = (CredentialBody, CredentialShape, CredentialList)
"""What the OpenAPI document describes of this resource."""
