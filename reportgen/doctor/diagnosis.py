"""The diagnosis of a part of the machine, with the command that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Health: TypeAlias = Literal["ok", "note", "configuration", "environment"]
"""`ok`; `note`, a remark that keeps no report from being made; or a problem of the settings (`configuration`) or of
the machine (`environment`)."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The diagnosis of a part of the machine.

    Attributes:
        subject: The part.
        health: Whether it is as it should be.
        text: Its description, or the problem with it.
        command: The command that mends it; empty where there is nothing to mend or no command for it.
    """

    subject: str
    health: Health
    text: str
    command: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether the problem keeps reports from being made."""
        return self.health in {"configuration", "environment"}
