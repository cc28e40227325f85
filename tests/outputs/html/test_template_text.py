"""What an author or the API wrote is text on the page, never part of a template, a style or a script."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import nodes
from pypdfium2 import PdfDocument

from reportgen.errors import OutputError
from reportgen.model import Section, Theme
from reportgen.outputs.html.web_page import render_html, template_environment
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from reportgen.resources import templates_folder
from tests.outputs import reports
from tests.outputs.pages import page
from tests.sweeps import swept

INJECTIONS = (  # T06: of jinja2 and its neighbours; each would print 49, a class or a secret if it ran
    "{{ 7*7 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{{ self.__init__.__globals__ }}",
    "{{ report.__class__.__mro__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{# hidden #}",
    "{% raw %}{{ x }}{% endraw %}",
    "{% include '/etc/passwd' %}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{0.__class__}",
    "%(title)s",
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
)


@pytest.mark.parametrize("text", INJECTIONS)
def test_text_is_printed_as_it_is(text: str) -> None:
    """T06, T08: wherever an author's or the API's text stands, it is shown letter for letter."""
    block = replace(reports.NUMBER, label=text, notes=(text,))
    report = reports.report(block, replace(reports.HEADING, label=text), replace(reports.TEXT, label=text))
    client, agency = replace(report.client, name=text), replace(report.agency, name=text)
    report = replace(report, title=text, client=client, agency=agency)
    report = replace(report, sections=(Section(text, report.sections[0].blocks),))
    html = render_html(PrintedReport(report))[0].content.decode()
    shown = escape(text, quote=False)
    assert html.replace("&#34;", '"').replace("&#39;", "'").count(shown) >= 6
    assert "<script>alert" not in html


@pytest.mark.parametrize("text", INJECTIONS)
def test_text_in_figures_is_printed_as_it_is(text: str) -> None:
    """T06, T08: names of rows, columns and lines, what they lead to, and an author's passage are data too."""
    table = replace(
        reports.TABLE.tables[0], columns=tuple(replace(one, label=text) for one in reports.TABLE.tables[0].columns)
    )
    first = replace(table.columns[0], values=(text, *table.columns[0].values[1:]))
    table = replace(table, columns=(first, *table.columns[1:]))
    chart = reports.LINE.charts[0]
    chart = replace(chart, series=tuple(replace(one, label=text) for one in chart.series))
    html = render_html(
        PrintedReport(
            reports.report(
                replace(reports.TABLE, tables=(table,)),
                replace(reports.LINE, charts=(chart,)),
                replace(reports.TEXT, prose=f"`{text}`"),
                replace(reports.IMAGE, picture=replace(reports.LOGO, alt=text)),
            )
        )
    )[0].content.decode()
    plain = html.replace("&#34;", '"').replace("&#39;", "'").replace("&quot;", '"').replace("&#x27;", "'")
    shown = escape(text, quote=False)
    assert plain.count(shown) >= 1 + len(table.columns) + len(chart.series)
    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("{% for a in range(2000000) %}{% endfor %}", OverflowError),
        ("{{ ''.__class__.__mro__ }}", jinja2.TemplateError),
        ("{{ nobody }}", jinja2.UndefinedError),
    ],
)
def test_templates_cannot_burn_or_reach_out(source: str, error: type[Exception]) -> None:
    """T07: a template runs in Jinja's sandbox: no long loops, no way to the interpreter, no undefined names.

    Nobody but reportgen writes one: an author's text is data, see above, and a spec has a largest size.
    """
    with pytest.raises(error):
        template_environment(None).from_string(source).render()


COMPUTES = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg)
COMPARED = {"medium", "view"}


@pytest.mark.parametrize("name", sorted(template_environment(None).list_templates(["html"])))
def test_templates_compute_nothing(name: str) -> None:
    """No template calculates, and none compares anything but the medium or the view that its markup is for."""
    written = (templates_folder() / name).read_text()
    tree = template_environment(None).parse(written)
    assert list(tree.find_all(COMPUTES)) == []
    compared = [compare.expr for compare in tree.find_all(nodes.Compare)]
    assert {getattr(expression, "name", str(expression)) for expression in compared} <= COMPARED


BURDENS = {  # T14: what a page engine chokes on, as an author's passage could try to bring it
    "colspan": '<table><tr><td colspan="100000">x</td></tr></table>',
    "font": '<p style="font-size: 100000px">x</p>',
    "divs": "<div>" * 5_000 + "x",
    "quotes": "> " * 5_000 + "x",
    "lists": "- " * 5_000 + "x",
    "brackets": "[" * 20_000,
    "columns": "|a" * 500 + "|\n" + "|-" * 500 + "|\n",
}
_SLOW = ("divs", "brackets")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", swept([name for name in BURDENS if name not in _SLOW], _SLOW))
def test_a_passage_cannot_break_the_page(name: str) -> None:
    """T14: markup of a passage is text, and nesting is cut, so the page is made and holds the next block."""
    report = reports.report(replace(reports.TEXT, prose=BURDENS[name]), reports.NUMBER)
    (artifact,) = render_pdf(PrintedReport(report))
    document = PdfDocument(artifact.content)
    text = "".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
    document.close()
    assert reports.NUMBER.label in text


@given(st.text(max_size=30))
def test_colours_are_colours(color: str) -> None:
    """T08: what is no #RRGGBB never reaches the style of a page."""
    theme = Theme("x", {**reports.report().theme.colors, "accent": f"#8A3B12{color}"})
    if not color:
        return
    with pytest.raises(OutputError, match="is no colour"):
        page(replace(reports.report(), theme=theme), "print")
