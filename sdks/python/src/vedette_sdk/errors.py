"""What the SDK raises: at its own doors only, never out of a call that it watches."""


class VedetteError(Exception):
    """Base of all errors of the SDK."""


class SettingsError(VedetteError, ValueError):
    """An option that does not exist or cannot be."""


class Blocked(VedetteError):
    """A guard says no. `findings` tells what was found, never the text."""

    def __init__(self, findings: "tuple[str, ...]", where: str) -> None:
        self.findings = findings
        self.where = where
        super().__init__(f"The guard blocked the {where}: {', '.join(findings)}.")


class GuardUnavailable(VedetteError):
    """A remote guard did not answer and fails closed."""


class PromptUnavailable(VedetteError):
    """No such prompt could be had, and no fallback was given."""
