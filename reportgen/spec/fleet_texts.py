"""The texts of a fleet file, and the variables that they may have."""

from __future__ import annotations

from functools import partial
from typing import Annotated, TypeAlias

from pydantic import AfterValidator

from reportgen.components.variables import VARIABLES, check_variables, check_words

FLEET_VARIABLES = (*VARIABLES, "title", "client.email")
"""The variables of a fleet file: those of a spec, the report's title and the client's address."""

FleetText: TypeAlias = Annotated[str, AfterValidator(partial(check_variables, known=FLEET_VARIABLES))]
LetterText: TypeAlias = Annotated[str, AfterValidator(partial(check_words, known=FLEET_VARIABLES))]
"""The text of a letter, which may have live words too."""
