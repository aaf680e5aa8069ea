"""Which project a question is about: every answer about calls stays inside one."""

from starlette.requests import Request

from vedette.access.checks import InvalidSetting
from vedette.api.context import context_of
from vedette.errors import NotFound
from vedette.model.user import Principal
from vedette.query.parameters import Parameter, ParameterError, Parameters

PROJECT_LIMIT = 200

PROJECT_PARAMETER = Parameter(
    name="project",
    description="Id or name of the project; without it, that of calls without a virtual key.",
    schema={"type": "string", "default": "default"},
)


async def project_of(request: Request, parameters: Parameters) -> str:
    """The id of the project that was asked for; raises ParameterError.

    What is neither an id nor a name that is known is taken for an id: a trusted proxy may name
    projects that nobody has made, and deleted ones still have their calls.
    """
    asked = parameters.text("project")
    if not asked:
        principal = getattr(request.state, "principal", None) or Principal()
        return principal.project_id or context_of(request).services.settings.project_id
    return await project_named(request, asked)


async def project_named(request: Request, asked: str) -> str:
    """The id of a project by id or name, as `project_of` takes it; raises ParameterError."""
    context = context_of(request)
    if asked == "*" or len(asked) > PROJECT_LIMIT:
        raise ParameterError("project", asked, "the id or name of one project")
    desk = context.services.access
    if desk is None:
        return asked
    try:
        return (await context.threads.run(desk.projects.find, asked)).value.id
    except NotFound:
        return asked
    except InvalidSetting as error:
        raise ParameterError("project", asked, error.expected) from None
