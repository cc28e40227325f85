"""A matplotlib backend that records what a figure draws as paths and lines of text.

Text stays text, in the page's own family. Clips, hatches, transparency and images are not supported:
the charts use none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.path import Path

from reportgen.outputs.drawing import Drawing, PathMark, TextMark, legible
from reportgen.outputs.measure import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text
    from matplotlib.transforms import Transform
    from matplotlib.typing import ColorType

    from reportgen.outputs.drawing import Command, Mark, Step
    from reportgen.outputs.overlay import Anchor

_ASCENT, _DESCENT = 0.75, 0.25  # em; constant, so that no layout depends on the letters
_MANY_POINTS = 500
_COMMANDS: dict[int, Command] = {
    int(Path.MOVETO): "M",
    int(Path.LINETO): "L",
    int(Path.CURVE3): "Q",
    int(Path.CURVE4): "C",
    int(Path.CLOSEPOLY): "Z",
}


class Recorder(RendererBase):
    """Records what a figure of 72 dpi draws; its pixels are points."""

    def __init__(self, width: float, height: float) -> None:
        """Start an empty drawing of a size in points."""
        super().__init__()
        self._width, self._height = width, height
        self._marks: list[Mark] = []

    def drawing(self, alt: str) -> Drawing:
        """Return what was drawn; without `alt` it is decoration."""
        return Drawing(self._width, self._height, tuple(self._marks), legible(alt))

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: ColorType | None = None,  # noqa: N803 - matplotlib's name
    ) -> None:
        """Record a path; a line of very many points is thinned below what can be seen."""
        steps = tuple(self._steps(path, transform, simplify=rgbFace is None and len(path) > _MANY_POINTS))
        if not steps:
            return
        fill = "" if rgbFace is None else to_hex(rgbFace).upper()
        if not gc.get_linewidth():
            self._marks.append(PathMark(steps, fill))
            return
        dashes = cast("Sequence[float] | None", gc.get_dashes()[1])
        stroke, is_round = to_hex(gc.get_rgb()).upper(), gc.get_joinstyle() == "round"
        self._marks.append(PathMark(steps, fill, stroke, float(gc.get_linewidth()), tuple(dashes or ()), is_round))

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
        """Record one line of text, anchored where the artist is, so that a wider font stays in place."""
        anchor: Anchor = "left"
        if mtext is not None:
            x = float(mtext.get_transform().transform(mtext.get_position())[0])
            anchor = mtext.get_horizontalalignment()
        color, size = to_hex(gc.get_rgb()).upper(), prop.get_size_in_points()
        self._marks.append(TextMark(s, x, float(y), size, color, int(prop.get_weight()), anchor))

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

    def _steps(self, path: Path, transform: Transform, *, simplify: bool) -> Iterator[Step]:
        for numbers, code in path.iter_segments(transform, simplify=simplify):
            command = _COMMANDS[int(code)]
            flat = () if command == "Z" else numbers.tolist()
            yield command, tuple(self._height - one if at % 2 else one for at, one in enumerate(flat))
