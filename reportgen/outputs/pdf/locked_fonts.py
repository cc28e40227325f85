"""The fonts of the page engine, for a thread at a time: Pango is not thread-safe."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing.util import Finalize
from threading import RLock
from traceback import clear_frames
from typing import TYPE_CHECKING
from weakref import proxy

from reportgen.errors import OutputError
from reportgen.outputs.page.font_faces import linked_faces
from reportgen.outputs.pdf.embedded_resources import embedded_only

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weasyprint.text.fonts import FontConfiguration

    from reportgen.outputs.drawing.font_metrics import Typefaces
    from reportgen.outputs.pdf.weasyprint70.pango_text import Face, KnownGlyphs

_MOST_THEMES = 4  # whose fonts are kept
_laying_out = RLock()
"""Held from loading fonts to releasing all texts set in them: Pango is not thread-safe. A page measures texts too."""


@contextmanager
def locked_fonts(typefaces: Typefaces) -> Iterator[EngineFonts]:
    """Yield the fonts when no other thread lays out a page; no frame of an error keeps objects of Pango.

    They are a proxy: documents wait for the garbage collector, and would keep the fonts from their end.

    Raises:
        OutputError: There is no room for temporary files.
    """
    with _laying_out:
        try:
            fonts = _fonts(typefaces)
            yield EngineFonts(proxy(fonts.configuration), fonts.known)
        except OSError as error:  # WeasyPrint keeps fonts in temporary files
            clear_frames(error.__traceback__)
            raise OutputError(
                f"the PDF could not be made; is there room in the folder for temporary files? {error}"
            ) from error
        except BaseException as error:
            clear_frames(error.__traceback__)
            raise


@dataclass(frozen=True, slots=True)
class EngineFonts:
    """The fonts of a theme in this process, and their glyphs known so far by face and language."""

    configuration: FontConfiguration
    known: dict[tuple[Face, str], KnownGlyphs] = field(default_factory=dict)


@lru_cache(maxsize=_MOST_THEMES)
def _fonts(typefaces: Typefaces) -> EngineFonts:
    """Return the fonts of a page's typefaces, kept for the last themes: WeasyPrint looks through the machine's.

    They are loaded here, before any text is measured in them; the rules of pages find them loaded. WeasyPrint's copies
    of the files, in a temporary folder, are removed at the end of the process, before Python clears its modules: later
    Pango could not release them any more, and workers run nothing else when they end.
    """
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    Finalize(None, _fonts.cache_clear, exitpriority=0)
    fonts = EngineFonts(FontConfiguration())
    fetcher = embedded_only([], typefaces)
    weasyprint.CSS(string=linked_faces(typefaces), url_fetcher=fetcher, font_config=fonts.configuration)
    return fonts
