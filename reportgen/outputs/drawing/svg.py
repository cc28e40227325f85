"""A drawing as inline SVG."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from reportgen.outputs.drawing.font_metrics import BUILT_IN, NORMAL
from reportgen.outputs.drawing.marks import Drawing, PathMark, PathStep, TextMark
from reportgen.outputs.drawing.text_overlay import laid_over, svg_anchor


def svg(drawing: Drawing, *, titled: bool = False) -> str:
    """Return a drawing as an inline `<svg>`, which tells readers who cannot see it its alternative text.

    It uses presentation attributes and hexadecimal colours only and holds no ids, so it looks the same
    wherever it stands, and two in a page do not clash.

    Args:
        drawing: The drawing.
        titled: Whether it has the text as its title too. A browser would tell it twice; the page engine knows no other.
    """
    width, height = number(drawing.width), number(drawing.height)
    role = f'role="img" aria-label={quoteattr(drawing.alt)}' if drawing.alt else 'role="img" aria-hidden="true"'
    title = f"<title>{escape(drawing.alt)}</title>" if titled and drawing.alt else ""
    typefaces = (mark.typeface for mark in drawing.marks if isinstance(mark, TextMark))
    families = f"{next(typefaces, BUILT_IN).families}, sans-serif"
    marks = "".join(_path(mark) if isinstance(mark, PathMark) else _text(mark) for mark in drawing.marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}" font-family={quoteattr(families)} direction="ltr" {role}>{title}{marks}</svg>'
    )


def placeholder(drawing: Drawing, address: str, spans: list[str]) -> str:
    """Return the HTML of the place for a drawing, an image with its address, with texts laid over it."""
    style = "display:block;max-width:none;max-height:none;overflow:visible"
    size = f"width:{number(drawing.width)}pt;height:{number(drawing.height)}pt"
    place = f'<img src="{address}" alt={quoteattr(drawing.alt)} style="{style};{size}">'
    return laid_over(place, spans, drawing.width, drawing.height)


def number(value: float) -> str:
    """Return a length as text, to a hundredth of a point."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _path(mark: PathMark) -> str:
    style = f' fill="{mark.fill or "none"}"'
    if mark.stroke:
        style += f' stroke="{mark.stroke}" stroke-width="{number(mark.weight)}"'
        style += ' stroke-linejoin="round"' if mark.is_round else ""
        style += f' stroke-dasharray="{" ".join(map(number, mark.dashes))}"' if mark.dashes else ""
    return f'<path d="{_steps(mark.steps)}"{style}/>'


def _steps(steps: tuple[PathStep, ...]) -> str:
    """Return the text of a path; repeated commands of lines are left out, as SVG allows."""
    words: list[str] = []
    last = ""
    for command, numbers in steps:
        written = " ".join(map(number, numbers))
        words.append(f" {written}" if command == last == "L" else command + written)
        last = command
    return "".join(words)


def _text(mark: TextMark) -> str:
    weight = f' font-weight="{mark.weight}"' if mark.weight != NORMAL else ""
    spacing = f' letter-spacing="{number(mark.spacing)}"' if mark.spacing else ""
    return (
        f'<text x="{number(mark.x)}" y="{number(mark.y)}" font-size="{number(mark.size)}"{weight}'
        f'{spacing}{svg_anchor(mark.text, mark.anchor)} fill="{mark.color}">{escape(mark.text)}</text>'
    )
