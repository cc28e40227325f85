"""A matplotlib backend that writes inline SVG: text stays text, nothing has an id.

matplotlib's own SVG backend writes `style="font: ..."`, which WeasyPrint does not read, and clip
ids, which clash between the drawings of one document. Clips, hatches, transparency and images are
not supported: the charts use none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from xml.sax.saxutils import escape, quoteattr

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.path import Path

from reportgen.outputs.charts.lettering import legible
from reportgen.outputs.measure import FAMILY, text_width
from reportgen.outputs.overlay import laid_over, needs_shaping, span, svg_anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Literal

    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text
    from matplotlib.transforms import Transform
    from matplotlib.typing import ColorType

    from reportgen.outputs.overlay import Anchor

_ASCENT, _DESCENT = 0.75, 0.25  # em; constant, so that no layout depends on the letters
_MANY_POINTS = 500
_COMMANDS = {
    int(Path.MOVETO): "M",
    int(Path.LINETO): "L",
    int(Path.CURVE3): "Q",
    int(Path.CURVE4): "C",
    int(Path.CLOSEPOLY): "Z",
}


class SvgRenderer(RendererBase):
    """Records what a figure of 72 dpi draws as SVG elements; its pixels are points."""

    def __init__(self, width: float, height: float, *, shaped: bool) -> None:
        """Start an empty drawing of a size in points; `shaped` lays texts that need it over the drawing."""
        super().__init__()
        self._width, self._height, self._shaped = width, height, shaped
        self._elements: list[str] = []
        self._spans: list[str] = []

    def svg(self, alt: str) -> str:
        """Return what was drawn as one element; without `alt` it is hidden from screen readers."""
        width, height = _number(self._width), _number(self._height)
        name = legible(alt)
        told = f'role="img" aria-label={quoteattr(name)}' if name else 'role="img" aria-hidden="true"'
        title = f"<title>{escape(name)}</title>" if name else ""
        drawing = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
            f'viewBox="0 0 {width} {height}" font-family="{FAMILY}, sans-serif" direction="ltr" {told}>'
            f"{title}{''.join(self._elements)}</svg>"
        )
        return laid_over(drawing, self._spans, self._width, self._height)

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: ColorType | None = None,  # noqa: N803 - matplotlib's name
    ) -> None:
        """Write a path; a line of very many points is thinned below what can be seen."""
        flat = path.iter_segments(transform, simplify=rgbFace is None and len(path) > _MANY_POINTS)
        steps = _steps(((numbers.tolist(), int(code)) for numbers, code in flat), self._height)
        if not steps:
            return
        fill = "none" if rgbFace is None else to_hex(rgbFace).upper()
        self._elements.append(f'<path d="{steps}" fill="{fill}"{_stroke(gc)}/>')

    def draw_text(  # noqa: PLR0913, PLR0917 - the signature is matplotlib's
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,  # noqa: ARG002 - matplotlib's; the charts turn no text
        ismath: bool | Literal["TeX"] = False,  # noqa: ARG002, FBT001, FBT002 - matplotlib's
        mtext: Text | None = None,
    ) -> None:
        """Write one line of text, anchored where the artist is, so that a wider font stays in place."""
        anchor: Anchor = "left"
        if mtext is not None:
            x = mtext.get_transform().transform(mtext.get_position())[0]
            anchor = mtext.get_horizontalalignment()
        weight, color, size = int(prop.get_weight()), to_hex(gc.get_rgb()).upper(), prop.get_size_in_points()
        if self._shaped and needs_shaping(s):
            self._spans.append(span(s, x=x, y=y, size=size, weight=weight, color=color, anchor=anchor))
            return
        self._elements.append(
            f'<text x="{_number(x)}" y="{_number(y)}" font-size="{_number(size)}"'
            + (f' font-weight="{weight}"' if weight != 400 else "")  # noqa: PLR2004 - CSS's normal weight
            + f'{svg_anchor(s, anchor)} fill="{color}">{escape(s)}</text>'
        )

    def get_text_width_height_descent(
        self,
        s: str,
        prop: FontProperties,
        ismath: bool | Literal["TeX"],  # noqa: ARG002, FBT001 - matplotlib's
    ) -> tuple[float, float, float]:
        """Measure a line by the advances of its letters."""
        size = prop.get_size_in_points()
        return text_width(s, size, int(prop.get_weight())), (_ASCENT + _DESCENT) * size, _DESCENT * size

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size in points, against which texts are turned upside down."""
        return self._width, self._height


def _steps(segments: Iterable[tuple[Sequence[float], int]], height: float) -> str:
    """Write path segments; a repeated command is left out, as SVG allows for lines."""
    words: list[str] = []
    last = ""
    for numbers, code in segments:
        command = _COMMANDS[code]
        if command == "Z":
            words.append("Z")
        else:
            pairs = " ".join(
                f"{_number(numbers[at])} {_number(height - numbers[at + 1])}" for at in range(0, len(numbers), 2)
            )
            words.append(f" {pairs}" if command == last == "L" else command + pairs)
        last = command
    return "".join(words)


def _stroke(gc: GraphicsContextBase) -> str:
    if not gc.get_linewidth():
        return ""
    dashes = cast("Sequence[float] | None", gc.get_dashes()[1])
    pattern = " ".join(_number(length) for length in dashes or ())
    return (
        f' stroke="{to_hex(gc.get_rgb()).upper()}" stroke-width="{_number(gc.get_linewidth())}"'
        + (' stroke-linejoin="round"' if gc.get_joinstyle() == "round" else "")
        + (f' stroke-dasharray="{pattern}"' if pattern else "")
    )


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
