"""The figures that charts print beside their values, as staff find them again."""

from __future__ import annotations

from reportgen.model import Chart, Series, Unit
from reportgen.outputs.text.chart_figures import chart_figures


def test_the_total_of_a_stack_has_the_texts_that_are_printed() -> None:
    """It is found in full and as it stands above its column, with the decimals that the totals of the chart share."""
    series = (Series("a", "A", Unit("count"), (12_340, 10_000)), Series("b", "B", Unit("count"), (9_010, 9_900)))
    figures = list(chart_figures(Chart("stacked", "category", ("p", "q"), series), "en"))
    assert {(figure.place, figure.text) for figure in figures} >= {
        ("A \N{MIDDLE DOT} p", "21,350"),
        ("A \N{MIDDLE DOT} p", "21.35K"),
        ("A \N{MIDDLE DOT} q", "19,900"),
        ("A \N{MIDDLE DOT} q", "19.90K"),
    }
