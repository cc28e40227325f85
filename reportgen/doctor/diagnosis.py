"""What the doctor says of one thing: whether it is as it should be, and the command that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Health: TypeAlias = Literal["ok", "note", "configuration", "environment"]
"""`ok`; `note`, something to know that keeps no report from being made; or what is wrong: what a person has set
(`configuration`), or what the machine has and lets one do (`environment`)."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found of one thing.

    Attributes:
        subject: What was looked at.
        standing: How it is.
        text: What it is, or what is wrong with it.
        mend: The command that mends it; empty where there is nothing to mend or no command for it.
    """

    subject: str
    standing: Health
    text: str
    mend: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether it keeps reports from being made."""
        return self.standing in {"configuration", "environment"}
