"""The filters of the API as options of commands: same names, same meaning, same help."""

import inspect
from collections.abc import Callable
from functools import wraps

import typer

from vedette.query.filters import FILTER_PARAMETERS

Filters = list[tuple[str, str]]
"""Names of the API with their values, those that were given."""


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each filter; it gets them as its argument `filters`."""
    own = [
        parameter
        for name, parameter in inspect.signature(command, eval_str=True).parameters.items()
        if name != "filters"
    ]
    options = {f"filter_{parameter.name}": parameter for parameter in FILTER_PARAMETERS}
    added = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=typer.Option(
                "", _option(parameter.name), help=parameter.description, show_default=False
            ),
            annotation=str,
        )
        for name, parameter in options.items()
    ]

    @wraps(command)
    def run(**values: object) -> None:
        given = {name: str(values.pop(name)) for name in options}
        filters = [(options[name].name, value) for name, value in given.items() if value]
        command(filters=filters, **values)

    keyword = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own]
    arguments = {each.name: each.annotation for each in (*keyword, *added)}
    run.__signature__ = inspect.Signature([*keyword, *added])  # type: ignore[attr-defined]
    run.__annotations__ = {**arguments, "return": None}
    del run.__wrapped__
    return run


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
