"""Tests of reportgen.connect.svg_pictures."""

from __future__ import annotations

import io
from base64 import b64encode

import pytest
from PIL import Image

from reportgen.connect.rasters import UnfitError
from reportgen.connect.svg_pictures import DEEPEST, MOST_PARTS, check_svg

RECT = '<rect width="1" height="1"/>'


def svg(content: str, attributes: str = 'viewBox="0 0 9 9"') -> bytes:
    """Return an SVG of some content."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{content}</svg>'.encode()


def png() -> str:
    """Return a PNG as base64."""
    buffer = io.BytesIO()
    Image.new("RGB", (4, 3)).save(buffer, "PNG")
    return b64encode(buffer.getvalue()).decode()


def laughs(first: str, draw: str, count: int = 24) -> str:
    """Return parts each of which draws the one before twice."""
    levels = [f'<g id="a0">{first}</g>', *(f'<g id="a{at}">{2 * draw.format(at - 1)}</g>' for at in range(1, count))]
    return "".join(levels) + draw.format(count - 1)


def patterns(count: int = 24) -> str:
    """Return patterns each of which fills two shapes with the one before."""
    each = (
        f'<pattern id="a{at}" width="1" height="1" style="fill:url(#a{at - 1})">{2 * RECT}</pattern>'
        for at in range(1, count)
    )
    return f'<pattern id="a0">{RECT}</pattern>{"".join(each)}<rect fill="url(#a{count - 1})"/>'


SPREAD = {
    "nested uses": laughs(RECT, '<use href="#a{0}"/>'),
    "nested clips": laughs(RECT, '<g clip-path="url(#a{0})"/>'),
    "nested patterns": patterns(),
    "patterns of a style sheet": "<style>"
    + "".join(f".b{at}{{fill:url('#a{at}')}}" for at in range(24))
    + "</style>"
    + "".join(f'<g id="a{at}"><g class="b{at - 1}"/><g class="b{at - 1}"/></g>' for at in range(1, 24))
    + '<g class="b23"/>',
    "markers at each corner": f'<marker id="m">{200 * RECT}</marker><g marker-mid="url(#m)">'
    f'<path d="M0 0{"L1 1" * 200}"/></g>',
    "elements": RECT * MOST_PARTS,
    "letters": f"<text>{'x' * MOST_PARTS}</text>",
    "a long path": f'<path d="M0 0{"L1 1" * 500_000}"/>',
}


@pytest.mark.parametrize("name", SPREAD)
def test_what_draws_too_much_is_refused(name: str) -> None:
    """Parts are counted as often as they are drawn, without drawing any."""
    with pytest.raises(UnfitError, match="draws more than 20,000 parts; simplify it, or save it as PNG"):
        check_svg(svg(SPREAD[name]))


@pytest.mark.parametrize(
    "content",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<mask id="m"><rect mask="url(#m)"/></mask>',
        f'<pattern id="p"><rect style="fill:url(#p)"/></pattern>{RECT}',
        '<style>rect{fill:url(#p)}</style><pattern id="p"><rect/></pattern>',
        '<linearGradient id="c" href="#d"/><linearGradient id="d" href="#c"/>',
    ],
)
def test_what_draws_itself_is_refused(content: str) -> None:
    """A circle of references is found, however it is closed."""
    with pytest.raises(UnfitError, match="draws a part within itself"):
        check_svg(svg(content))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<style>@font-face{font-family:x;src:url(data:font/ttf;base64,AAAA)}</style>", "@font-face"),
        ("<style>@\\66ont-face{font-family:x}</style>", "@font-face"),
        ("<style>/**/@IMPORT 'x.css';</style>", "@import"),
        ('<rect style="fill:url(http://e.example/a)"/>', "'http://e.example/a' from elsewhere"),
        ('<rect style="fill:\\75 rl(x.svg#a)"/>', "'x.svg#a' from elsewhere"),
        ('<rect filter="url(x.svg#a)"/>', "'x.svg#a' from elsewhere"),
        ("<style>rect{fill:url( 'file:///etc/passwd' )}</style>", "'file:///etc/passwd' from elsewhere"),
        ('<g xml:base="http://e.example/"/>', "xml:base"),
        (f'<image href="data:image/svg+xml;base64,{b64encode(svg(RECT)).decode()}"/>', "no PNG or JPEG"),
        (f'<image href="data:image/png;base64,{png()[:40]}"/>', "damaged PNG"),
        ('<image href="data:image/png;base64,A"/>', "no base64"),
        ('<image href="data:text/html,x"/>', "from elsewhere"),
        ('<linearGradient spreadMethod="repeat"/>', "repeats a gradient without end"),
        ('<symbol viewBox="a b"/>', "viewBox"),
        ("<g>" * DEEPEST + "</g>" * DEEPEST, "200 levels"),
        (101 * f'<image href="data:image/png;base64,{png()}"/>', "20,000"),
    ],
)
def test_unfit_parts_are_named(content: str, said: str) -> None:
    """What would load something, or cannot be drawn in any time, is refused with what to do."""
    with pytest.raises(UnfitError) as raised:
        check_svg(svg(content))
    assert said in str(raised.value)


def test_a_logo_as_drawing_programs_write_it_is_fit() -> None:
    """Classes, gradients, clips, symbols, embedded pictures, metadata and long paths are no harm."""
    style = "".join(f".c{at}{{fill:url(#g);clip-path:url(#k)}}" for at in range(40))
    content = (
        f"<metadata>{'x' * 90_000}</metadata><style>/* c */{style}.d{{font-family:'A\\42 c'}}</style>"
        '<defs><clipPath id="k"><use xlink:href="#s"/></clipPath>'
        '<symbol id="s" viewBox="-1.5,-1.5 3e1 3e1"><rect/></symbol>'
        '<linearGradient id="g"><stop/><stop/></linearGradient>'
        '<linearGradient id="h" xlink:href="#g" spreadMethod="pad"/></defs>'
        + "".join(f'<g class="c{at % 40} x"><path d="M0 0{"l1.25 2.5" * 40}"/></g>' for at in range(500))
        + f'<a xlink:href="https://e.example/"><image xlink:href="data:image/png;base64,{png()}"/></a>'
    )
    check_svg(svg(content, 'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" width="90mm"'))
