"""Compiles the catalogues of words, .po to .mo, in every build, the editable one too."""

from __future__ import annotations

import os
from pathlib import Path

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[BuilderConfig]):
    """Compiles reportgen/locales/*/LC_MESSAGES/reportgen.po."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:  # noqa: ARG002 - hatchling's signature
        """Compile before the files are gathered."""
        compile_catalogues(Path(self.root))


def compile_catalogues(root: Path) -> None:
    """Write a .mo beside each .po under a checkout."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - only a build needs it
    from babel.messages.pofile import read_po  # noqa: PLC0415 - see above

    for source in sorted(root.glob("reportgen/locales/*/LC_MESSAGES/*.po")):
        unfinished = source.with_suffix(f".{os.getpid()}.tmp")
        with source.open("rb") as text, unfinished.open("wb") as compiled:
            write_mo(compiled, read_po(text))
        unfinished.replace(source.with_suffix(".mo"))  # whole, whoever reads it meanwhile
