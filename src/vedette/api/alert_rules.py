"""`/alert-rules`, `/alert-channels`, `/alert-silences`: what is watched and who is told."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.alerts.book import CHANNEL, RULE, SILENCE, Kept
from vedette.alerts.rules import InvalidRule
from vedette.api.alert_shapes import (
    ChannelKindShape,
    ChannelList,
    ChannelShape,
    ChannelTrial,
    OptionShape,
    RuleList,
    RuleShape,
    RuleTrial,
    SilenceBody,
    SilenceList,
    SilenceShape,
    TriedGroup,
    channel_shape,
    rule_shape,
    silence_shape,
)
from vedette.api.alerts import desk_of
from vedette.api.context import context_of
from vedette.api.etags import IF_MATCH, VersionDiffers, etag, expected_version
from vedette.api.fields import invalid_field, read_fields
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.errors import Conflict
from vedette.model.alert import AlertRule, Channel, Silence
from vedette.ports.alerts import NotDelivered


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["alerts"])
    add_route(api, "GET", "/alert-rules", list_alert_rules, _LIST_RULES)
    add_route(api, "POST", "/alert-rules", create_alert_rule, _CREATE_RULE)
    add_route(api, "POST", "/alert-rules/try", try_alert_rule, _TRY_RULE)
    add_route(api, "PUT", "/alert-rules/{rule_id}", replace_alert_rule, _REPLACE_RULE)
    add_route(api, "DELETE", "/alert-rules/{rule_id}", delete_alert_rule, _DELETE)
    add_route(api, "GET", "/alert-channels", list_alert_channels, _LIST_CHANNELS)
    add_route(api, "POST", "/alert-channels", create_alert_channel, _CREATE_CHANNEL)
    add_route(api, "PUT", "/alert-channels/{channel_id}", replace_alert_channel, _REPLACE_CHANNEL)
    add_route(api, "DELETE", "/alert-channels/{channel_id}", delete_alert_channel, _DELETE)
    add_route(api, "POST", "/alert-channels/{channel_id}/test", test_alert_channel, _TEST_CHANNEL)
    add_route(api, "GET", "/alert-silences", list_alert_silences, _LIST_SILENCES)
    add_route(api, "POST", "/alert-silences", create_alert_silence, _CREATE_SILENCE)
    add_route(api, "DELETE", "/alert-silences/{silence_id}", delete_alert_silence, _DELETE)
    return api


async def list_alert_rules(request: Request) -> Response:
    desk = desk_of(request)
    found = await _listed(request, RULE)
    return json_response(RuleList(items=tuple(map(rule_shape, found)), metrics=desk.metrics))


async def create_alert_rule(request: Request) -> Response:
    project_id = await _project(request)
    rule = await read_fields(request, AlertRule)
    try:
        kept = await context_of(request).threads.run(desk_of(request).add_rule, project_id, rule)
    except InvalidRule as error:
        raise _field(error) from None
    return json_response(rule_shape(kept), status=201, headers={"etag": etag(kept.version)})


async def try_alert_rule(request: Request) -> Response:
    project_id = await _project(request)
    rule = await read_fields(request, AlertRule)
    try:
        found = await context_of(request).threads.run(desk_of(request).try_rule, project_id, rule)
    except InvalidRule as error:
        raise _field(error) from None
    groups = sorted(found.items(), key=lambda one: (not one[1].holds, one[0]))
    return json_response(RuleTrial(tuple(
        TriedGroup(group=group, holds=one.holds, value=one.value, summary=one.summary)
        for group, one in groups[:1_000]
    )))  # fmt: skip


async def replace_alert_rule(request: Request, rule_id: str) -> Response:
    project_id = await _project(request)
    version = expected_version(request, "rule")
    rule = await read_fields(request, AlertRule)
    desk = desk_of(request)
    await _check_version(request, RULE, rule_id, version)
    try:
        kept = await context_of(request).threads.run(
            desk.change_rule, project_id, rule_id, rule, version=version
        )
    except InvalidRule as error:
        raise _field(error) from None
    return json_response(rule_shape(kept), headers={"etag": etag(kept.version)})


async def delete_alert_rule(request: Request, rule_id: str) -> Response:
    return await _delete(request, RULE, rule_id)


async def list_alert_channels(request: Request) -> Response:
    desk = desk_of(request)
    found = await _listed(request, CHANNEL)
    kinds = tuple(
        ChannelKindShape(name=kind.name, options=tuple(
            OptionShape(
                name=one.name, label=one.label, is_secret=one.is_secret, is_needed=one.is_needed,
                default=one.default, choices=one.choices,
            )
            for one in kind.options
        ))
        for kind in desk.channels.kinds.values()
    )  # fmt: skip
    return json_response(ChannelList(items=tuple(map(channel_shape, found)), kinds=kinds))


async def create_alert_channel(request: Request) -> Response:
    project_id = await _project(request)
    channel = await read_fields(request, Channel)
    desk = desk_of(request)
    try:
        kept = await context_of(request).threads.run(desk.add_channel, project_id, channel)
    except InvalidRule as error:
        raise _field(error) from None
    return json_response(channel_shape(kept), status=201, headers={"etag": etag(kept.version)})


async def replace_alert_channel(request: Request, channel_id: str) -> Response:
    project_id = await _project(request)
    version = expected_version(request, "channel")
    channel = await read_fields(request, Channel)
    desk = desk_of(request)
    await _check_version(request, CHANNEL, channel_id, version)
    try:
        kept = await context_of(request).threads.run(
            desk.change_channel, project_id, channel_id, channel, version=version
        )
    except InvalidRule as error:
        raise _field(error) from None
    return json_response(channel_shape(kept), headers={"etag": etag(kept.version)})


async def delete_alert_channel(request: Request, channel_id: str) -> Response:
    return await _delete(request, CHANNEL, channel_id)


async def test_alert_channel(request: Request, channel_id: str) -> Response:
    project_id = await _project(request)
    try:
        await desk_of(request).try_channel(project_id, channel_id)
    except NotDelivered as error:
        return json_response(ChannelTrial(delivered=False, detail=error.message))
    return json_response(ChannelTrial(delivered=True, detail=""))


async def list_alert_silences(request: Request) -> Response:
    found = await _listed(request, SILENCE)
    return json_response(SilenceList(tuple(map(silence_shape, found))))


async def create_alert_silence(request: Request) -> Response:
    project_id = await _project(request)
    body = await read_fields(request, SilenceBody)
    until_ns = context_of(request).services.clock.now_ns() + body.seconds * 10**9
    silence = Silence(
        until_ns=until_ns, rule=body.rule, group=body.group, reason=body.reason, by=body.by
    )
    desk = desk_of(request)
    kept = await context_of(request).threads.run(desk.add_silence, project_id, silence)
    return json_response(silence_shape(kept), status=201)


async def delete_alert_silence(request: Request, silence_id: str) -> Response:
    return await _delete(request, SILENCE, silence_id)


async def _project(request: Request) -> str:
    return await project_of(request, read_parameters(request, (PROJECT_PARAMETER,)))


async def _listed(request: Request, kind: str) -> tuple[Kept, ...]:
    project_id = await _project(request)
    return await context_of(request).threads.run(desk_of(request).book.list, project_id, kind)


async def _check_version(request: Request, kind: str, id: str, version: int) -> Kept:
    """Raises NotFound or VersionDiffers."""
    book = desk_of(request).book
    kept = await context_of(request).threads.run(book.get, await _project(request), kind, id)
    if kept.version != version:
        noun = kind.removeprefix("alert_")
        raise VersionDiffers(
            f"The {noun} {id!r} is no longer at version {version}. Load it and try again."
        )
    return kept


async def _delete(request: Request, kind: str, id: str) -> Response:
    project_id = await _project(request)
    version = expected_version(request, kind.removeprefix("alert_"))
    desk, threads = desk_of(request), context_of(request).threads
    await _check_version(request, kind, id, version)
    if kind == CHANNEL:
        await threads.run(desk.delete_channel, project_id, id, version=version)
    else:
        try:
            await threads.run(desk.book.delete, project_id, kind, id, version=version)
        except Conflict as error:
            raise VersionDiffers(error.message) from None
    return Response(status_code=204)


def _field(error: InvalidRule) -> Exception:
    expected = error.message.partition(": ")[2].rstrip(".")
    return invalid_field(error.message, error.field, None, expected)


_PROJECT = (PROJECT_PARAMETER,)
_LIST_RULES = Operation(summary="Rules, oldest first", parameters=_PROJECT, answers={200: RuleList})
_CREATE_RULE = Operation(
    summary="Watch something", parameters=_PROJECT, body=AlertRule, answers={201: RuleShape},
    refusals=(409, 413, 415),
)  # fmt: skip
_TRY_RULE = Operation(
    summary="What a rule would see now", description="Nothing is kept and nobody is told.",
    parameters=_PROJECT, body=AlertRule, answers={200: RuleTrial}, refusals=(413, 415),
)  # fmt: skip
_REPLACE_RULE = Operation(
    summary="Replace a rule", parameters=_PROJECT, headers=(IF_MATCH,), body=AlertRule,
    answers={200: RuleShape}, refusals=(404, 409, 412, 413, 415, 428),
)  # fmt: skip
_DELETE = Operation(
    summary="Delete it", parameters=_PROJECT, headers=(IF_MATCH,), answers={204: None},
    refusals=(404, 409, 412, 428),
)  # fmt: skip
_LIST_CHANNELS = Operation(
    summary="Channels, oldest first", parameters=_PROJECT, answers={200: ChannelList}
)
_CREATE_CHANNEL = Operation(
    summary="Add a channel", description="Secret options are encrypted and never shown again.",
    parameters=_PROJECT, body=Channel, answers={201: ChannelShape}, refusals=(409, 413, 415),
)  # fmt: skip
_REPLACE_CHANNEL = Operation(
    summary="Replace a channel", description="A secret that reads `(set)` stays as it is.",
    parameters=_PROJECT, headers=(IF_MATCH,), body=Channel, answers={200: ChannelShape},
    refusals=(404, 409, 412, 413, 415, 428),
)  # fmt: skip
_TEST_CHANNEL = Operation(
    summary="Send a test message", parameters=_PROJECT, answers={200: ChannelTrial},
    refusals=(404,),
)  # fmt: skip
_LIST_SILENCES = Operation(
    summary="Silences, oldest first", parameters=_PROJECT, answers={200: SilenceList}
)
_CREATE_SILENCE = Operation(
    summary="Tell nobody for a while", parameters=_PROJECT, body=SilenceBody,
    answers={201: SilenceShape}, refusals=(409, 413, 415),
)  # fmt: skip
