"""What an author or the API wrote is text on the page, never part of a template, a style or a script."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import OutputError
from reportgen.model import Section, Theme
from reportgen.outputs.html import page, render_html
from tests.outputs import reports

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
    html = render_html(report)[0].content.decode()
    shown = escape(text, quote=False)
    assert html.replace("&#34;", '"').replace("&#39;", "'").count(shown) >= 6
    assert "<script>alert" not in html


@given(st.text(max_size=30))
def test_colours_are_colours(color: str) -> None:
    """T08: what is no #RRGGBB never reaches the style of a page."""
    theme = Theme("x", {**reports.report().theme.colors, "accent": f"#8A3B12{color}"})
    if not color:
        return
    with pytest.raises(OutputError, match="is no colour"):
        page(replace(reports.report(), theme=theme), "print")
