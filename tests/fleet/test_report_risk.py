"""Why a person should look at a report."""

from __future__ import annotations

import pytest

from reportgen.fleet.report_risk import reasons
from reportgen.fleet.run_records import ReportResult, StaffRemark

DONE = ReportResult(
    key="k",
    client="a",
    name="A",
    spec="social",
    title="T",
    period="2026-10",
    folder="out",
    formats=("pdf",),
    locale="en",
    variables={},
    state="done",
    pages=7,
    figures={"reach": 1000, "ctr": 0.05, "new_users": None},
)


def told(**changes: object) -> list[str]:
    """Return the reasons for a report that is unlike `DONE` in some facts."""
    report = DONE.model_copy(update=changes)
    return [f"{one.about}: {one.text}" for one in reasons(report, DONE, is_compared=True)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (1000, []),
        (501, []),
        (2000, []),
        (2001, ["reach: rose to 2,001 from 1,000"]),
        (499, ["reach: fell to 499 from 1,000"]),
        (0, ["reach: fell to 0 from 1,000"]),
        (-1000, ["reach: fell to -1,000 from 1,000"]),
        (None, ["reach: has no value, 1,000 before"]),
    ],
)
def test_figures_far_from_the_run_before(now: float | None, expected: list[str]) -> None:
    """More than twice or less than half, below zero, or gone; nothing is said of what has no number."""
    assert told(figures={"reach": now, "ctr": 0.05}) == expected


def test_figures_are_written_as_their_cards_print_them() -> None:
    """With their currency, decimals and locale; by their size alone where an older run has not kept that."""
    before = DONE.model_copy(update={"figures": {"spend": 100.0, "reach": 1000}, "printed": {"spend": "R$ 100,00"}})
    now = {"spend": 1234.5, "reach": 5000}
    report = DONE.model_copy(update={"figures": now, "printed": {"spend": "R$ 1.234,50", "reach": "5.000"}})
    assert {one.about: one.text for one in reasons(report, before, is_compared=True)} == {
        "spend": "rose to R$ 1.234,50 from R$ 100,00",
        "reach": "rose to 5.000 from 1,000",
    }


@pytest.mark.parametrize(("pages", "is_far"), [(7, False), (8, False), (9, True), (6, False), (5, True)])
def test_pages_far_from_the_run_before(pages: int, is_far: bool) -> None:  # noqa: FBT001 - a case
    """More than a fifth more or fewer."""
    assert told(pages=pages) == ([f": {pages} pages, 7 before"] if is_far else [])


def test_the_furthest_comes_first() -> None:
    """What is gone, then by how often it doubled."""
    assert [line.split(":")[0] for line in told(pages=9, figures={"reach": 3000, "ctr": 0.5})] == ["ctr", "reach", ""]


def test_a_new_client() -> None:
    """Its first report is looked at, unless every report is a first one."""
    assert [one.text for one in reasons(DONE, None, is_compared=True)] == ["was not in the run before"]
    assert reasons(DONE, None, is_compared=False) == ()


def test_what_holds_a_report_back_comes_first() -> None:
    """Whatever else staff were told stands below it; a finished report tells only what contradicts itself."""
    warnings = (
        StaffRemark(code="W-ABSENT", text="no TikTok"),
        StaffRemark(code="W-SUM", block="a_b", text="does not add up"),
        StaffRemark(code="W-REQUIRE", text="too little"),
    )
    assert told(state="held", code="W-REQUIRE", warnings=warnings) == [
        ": too little",
        ": no TikTok",
        "a b: does not add up",
    ]
    assert told(warnings=warnings) == ["a b: does not add up"]


def test_a_failure() -> None:
    """Its reason is told, and whose defect it is; a very long one is cut."""
    failed = {"state": "failed", "class_": "defect", "code": "KeyError", "reason": "x" * 1000, "pages": None}
    (one,) = reasons(DONE.model_copy(update=failed), DONE, is_compared=True)
    assert one.text.startswith("this is a defect of reportgen: xxx")
    assert (one.code, one.text[-2:], len(one.text)) == ("KeyError", " …", 402)
