"""A matplotlib backend that records the paths of charts.

Texts, clips, hatches, transparency and images are not supported: the charts use none, and set their texts themselves.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.path import Path

from reportgen.characters import legible
from reportgen.outputs.drawing.marks import Drawing, PathMark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.transforms import Transform
    from matplotlib.typing import ColorType

    from reportgen.outputs.drawing.marks import Mark, PathCommand, PathStep

_MANY_POINTS = 500
_COMMANDS: dict[int, PathCommand] = {
    int(Path.MOVETO): "M",
    int(Path.LINETO): "L",
    int(Path.CURVE3): "Q",
    int(Path.CURVE4): "C",
    int(Path.CLOSEPOLY): "Z",
}
_POINTS: dict[PathCommand, int] = {"Q": 2, "C": 3}


class Recorder(RendererBase):
    """A renderer that records the paths of charts; its pixels are points."""

    def __init__(self, width: float, height: float) -> None:
        """Make an empty drawing of a size in points."""
        super().__init__()
        self._width, self._height = width, height
        self._marks: list[Mark] = []

    def drawing(self, alt: str) -> Drawing:
        """Return the drawing; without `alt` it is decoration."""
        return Drawing(self._width, self._height, tuple(self._marks), legible(alt))

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: ColorType | None = None,  # noqa: N803 - matplotlib's name
    ) -> None:
        """Record a path; a line of very many points loses the points that nobody can see."""
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

    def add(self, mark: Mark) -> None:
        """Lay a mark on the earlier marks."""
        self._marks.append(mark)

    def _steps(self, path: Path, transform: Transform, *, simplify: bool) -> Iterator[PathStep]:
        """Yield the steps of a path: those of `Path.iter_segments`, which copies an array for each."""
        cleaned = path.cleaned(transform, remove_nans=True, simplify=simplify, curves=True)
        vertices, codes = (cast("Any", each).tolist() for each in (cleaned.vertices, cleaned.codes))
        points = [(x, self._height - y) for x, y in vertices]
        at = 0
        while codes[at] != Path.STOP:
            command = _COMMANDS[codes[at]]
            after = at + _POINTS.get(command, 1)
            yield command, () if command == "Z" else tuple(chain.from_iterable(points[at:after]))
            at = after
