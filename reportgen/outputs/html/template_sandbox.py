"""The sandbox in which templates run: Jinja's own, quick for the fields of a page's parts."""

from __future__ import annotations

from jinja2.sandbox import SandboxedEnvironment


class TemplateSandbox(SandboxedEnvironment):
    """Jinja's sandbox, which does not ask of each value whether it is harmless where it is a dataclass's field."""

    def getattr(self, obj: object, attribute: str) -> object:
        """Return an attribute; a way to the interpreter is undefined, and a field is never such a way."""
        if attribute in getattr(type(obj), "__dataclass_fields__", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)
