"""The recorded drawings against matplotlib's own raster: the same paths, as its artists, must give the same picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pypdfium2
import pytest
import weasyprint
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, IdentityTransform

from reportgen.colors import compared_shades
from reportgen.model import Chart, Series
from reportgen.outputs.drawing.charts.canvas import Frame, PaintedPath
from reportgen.outputs.drawing.charts.layouts import layout
from reportgen.outputs.drawing.charts.matplotlib_recorder import Recorder
from reportgen.outputs.drawing.font_metrics import FAMILY, WEIGHTS
from reportgen.outputs.drawing.marks import TextMark
from reportgen.outputs.drawing.svg import placeholder, svg
from reportgen.outputs.page.font_faces import linked_faces
from reportgen.outputs.pdf.engine import print_page
from reportgen.resources import font_file
from tests.outputs.reports import COUNT, LINE, PAPER, PIE

if TYPE_CHECKING:
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas

Picture: TypeAlias = npt.NDArray[np.float64]
DPI, POINTS = 144, 72
MOST_APART = 0.01
WORDS = ("Reels", "Carousel", "Photo", "Stories")
CHARTS = {
    "line": LINE.charts[0],
    "dashed lines": Chart(
        "line",
        "date",
        tuple(f"2026-10-{day:02}" for day in range(1, 9)),
        tuple(Series(name, name, COUNT, tuple(range(at, at + 24, 3))) for at, name in enumerate(("A", "B", "C"))),
    ),
    "columns": Chart("bar", "category", WORDS, (Series("i", "I", COUNT, (512, 248, 132, 72), (400, 269, 159, 79)),)),
    "rows": Chart(
        "bar", "category", tuple(f"Long label {n}" for n in range(9)), (Series("i", "I", COUNT, tuple(range(9))),)
    ),
    "pie": PIE.charts[0],
}


def drawn(name: str) -> ChartCanvas:
    """Return a chart on its canvas."""
    chart = CHARTS[name]
    colors = PAPER.colors | compared_shades(PAPER.colors)
    return layout(chart, Frame(colors, "en", 240, 160, 8, series=len(chart.series)))


@pytest.mark.parametrize("writer", ["svg", "embedded"])
@pytest.mark.parametrize("name", CHARTS)
def test_both_writers_look_like_matplotlib(name: str, writer: str) -> None:
    """On a page, as SVG or embedded, a sheet differs from matplotlib's raster in the edges of letters only."""
    sheet = drawn(name)
    picture = _printed(sheet) if writer == "svg" else _embedded(sheet)
    assert _share_apart(picture, _rasterised(sheet)) < MOST_APART


@pytest.mark.parametrize("name", CHARTS)
def test_comparison_would_notice(name: str) -> None:
    """Moved by three points, the picture fails the same comparison, so that it can tell pictures apart."""
    theirs = _rasterised(drawn(name))
    assert _share_apart(theirs[6:, 6:], theirs[:-6, :-6]) > MOST_APART


@pytest.mark.parametrize("name", CHARTS)
def test_paths_are_recorded_as_artists_would_be(name: str) -> None:
    """Their colours, weights, dashes and joins are those that matplotlib finds for an artist of the path."""
    sheet = drawn(name)
    paths = [mark for mark in sheet.marks if isinstance(mark, PaintedPath)]
    own, theirs = (Recorder(sheet.frame.width, sheet.height) for _ in range(2))
    for path in paths:
        path.draw(own)
        _patch(path).draw(theirs)
    assert own.drawing("").marks == theirs.drawing("").marks
    assert len(own.drawing("").marks) == len(paths)


def _share_apart(one: Picture, other: Picture) -> float:
    """Return the share of squares of 2 x 2 points whose mean greys are a sixth of the range apart."""
    rows, columns = (min(sizes) // 4 * 4 for sizes in zip(one.shape, other.shape, strict=True))
    squares = [
        picture[:rows, :columns].reshape(rows // 4, 4, columns // 4, 4).mean(axis=(1, 3)) for picture in (one, other)
    ]
    return float((np.abs(squares[0] - squares[1]) > 255 / 6).mean())


def _rasterised(sheet: ChartCanvas) -> Picture:
    """Return matplotlib's own grey picture on white."""
    figure = Figure((sheet.frame.width / POINTS, sheet.height / POINTS), dpi=DPI, frameon=False)
    for at, mark in enumerate(sheet.marks):
        artist = _text(mark, sheet.height) if isinstance(mark, TextMark) else _patch(mark)
        artist.set_snap(False)  # whole pixels are a matter of rasters
        artist.set_zorder(at)
        artist.set_transform(artist.get_transform() + Affine2D().scale(DPI / POINTS))
        figure.add_artist(artist)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call] # matplotlib's types leave it out
    picture = np.asarray(canvas.buffer_rgba()).astype(np.float64)  # type: ignore[no-untyped-call] # see above
    covered = picture[..., 3:] / 255
    return np.asarray((picture[..., :3] + 255 * (1 - covered)).mean(axis=2).clip(0, 255))


def _patch(mark: PaintedPath) -> PathPatch:
    """Return a path as matplotlib's artist, which finds its own lengths of dashes."""
    patch = PathPatch(
        mark.path,
        facecolor=mark.fill or "none",
        edgecolor=mark.stroke or "none",
        linewidth=mark.weight,
        linestyle=(0, mark.dashes) if mark.dashes else "solid",
        joinstyle="round" if mark.is_round else "miter",
    )
    patch.set_transform(mark.transform)
    return patch


def _text(mark: TextMark, height: float) -> Text:
    """Return a text as matplotlib sets it."""
    font = FontProperties(fname=str(font_file(WEIGHTS[mark.weight])), size=mark.size, weight=mark.weight)
    text = Text(
        mark.x,
        height - mark.y,
        mark.text,
        color=mark.color,
        fontproperties=font,
        horizontalalignment=mark.anchor,
        verticalalignment="baseline",
        parse_math=False,
    )
    text.set_transform(IdentityTransform())
    return text


def _printed(sheet: ChartCanvas) -> Picture:
    """Return the grey picture of the SVG as WeasyPrint prints it."""
    faces = "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:url({font_file(face).as_uri()})}}"
        for weight, face in WEIGHTS.items()
    )
    return _picture(weasyprint.HTML(string=f"<style>{faces}</style>{_page(sheet, svg(sheet.drawing()))}").write_pdf())


def _embedded(sheet: ChartCanvas) -> Picture:
    """Return the grey picture of the sheet drawn into the page."""
    drawing, address = sheet.drawing(), "reportgen-drawing:0"
    html = f"<style>{linked_faces()}</style>{_page(sheet, placeholder(drawing, address, []))}"
    pdf, failures, _ = print_page(html, drawings={address: drawing})
    assert failures == []
    return _picture(pdf)


def _page(sheet: ChartCanvas, content: str) -> str:
    style = f"@page{{size:{sheet.frame.width}pt {sheet.height}pt;margin:0}}svg{{display:block}}body{{margin:0}}"
    return f"<style>{style}</style>{content}"


def _picture(pdf: bytes) -> Picture:
    document = pypdfium2.PdfDocument(pdf)
    picture = np.asarray(document[0].render(scale=DPI / 72).to_pil().convert("RGB")).astype(np.float64)
    document.close()
    return np.asarray(picture.mean(axis=2))
