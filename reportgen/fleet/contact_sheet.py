"""One page of a whole run for a person to look over: the riskiest reports first, each with its first page."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from reportgen.files import write_whole
from reportgen.fleet.results import RESULTS, results_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SHEET = "contact-sheet.html"

_STATES = ("failed", "held", "degraded", "interrupted", "lost", "not_run", "done")
"""From the riskiest."""

_FAR = 2.0  # times more or less than in the run before
_MOST_REASONS = 4

_STYLE = Markup("""
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem 1rem }
header { position: sticky; top: 0; background: Canvas; padding: .5rem 0; display: flex; flex-wrap: wrap; gap: .5rem }
h1 { font-size: 1.3rem; margin: 0 0 .5rem }
input, button { font: inherit; padding: .3rem .7rem; border: 1px solid GrayText; border-radius: .4rem;
  background: Canvas; color: CanvasText }
button[aria-pressed=true] { background: CanvasText; color: Canvas }
ol { list-style: none; padding: 0; display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)) }
ol > li { border: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); border-radius: .5rem; padding: .8rem;
  min-width: 0; overflow-wrap: anywhere; content-visibility: auto; contain-intrinsic-size: 15rem 22rem }
li[data-state=failed], li[data-state=held] { border-left: .4rem solid #b3261e }
li[data-state=degraded], li[data-risk="1"] { border-left: .4rem solid #b26a00 }
img { width: 100%; border: 1px solid color-mix(in srgb, CanvasText 15%, Canvas); display: block; background: #fff }
h2 { font-size: 1rem; margin: 0 } p, ul { margin: .3rem 0; font-size: .87rem } ul { padding-left: 1.1rem }
.none { aspect-ratio: 180/255; display: grid; place-items: center;
  background: color-mix(in srgb, CanvasText 8%, Canvas) }
[hidden] { display: none }
""")
_SCRIPT = Markup("""
const cards = [...document.querySelectorAll("li[data-state]")], search = document.querySelector("input");
const buttons = [...document.querySelectorAll("button")], count = document.querySelector("output");
let state = "";
function show() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let seen = 0;
  for (const card of cards) {
    const text = card.dataset.words;
    const fits = (!state || card.dataset.state === state || (state === "risk" && card.dataset.risk === "1"))
      && words.every(word => text.includes(word));
    card.hidden = !fits; seen += fits;
  }
  count.value = seen + " shown";
}
search.addEventListener("input", show);
for (const button of buttons) button.addEventListener("click", () => {
  state = state === button.value ? "" : button.value;
  for (const one of buttons) one.setAttribute("aria-pressed", one.value === state);
  show();
});
show();
""")
_PAGE = Markup("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{run}: {total} reports</title><style>{style}</style></head><body>
<h1>{run}: {total} reports</h1>
<header><input type="search" placeholder="Client, spec or reason" aria-label="Search">
{buttons} <output></output></header>
<ol>{cards}</ol>
<script>{script}</script></body></html>
""")
_CARD = Markup("""<li data-state="{state}" data-risk="{risk}" data-words="{words}">{picture}
<h2>{name}</h2><p>{spec} · {state}{pages}</p>{reasons}</li>
""")


@dataclass(frozen=True, slots=True)
class _Card:
    """One report: how risky it is to send unseen, and why."""

    report: dict[str, Any]
    reasons: tuple[str, ...]

    @property
    def order(self) -> tuple[int, int, str]:
        """Its place: by state, then those that differ from the run before, then by name."""
        return _STATES.index(self.report["state"]), -len(self.reasons), self.report["client"]


def write_contact_sheet(folder: Path) -> Path:
    """Write the page of a run into its folder, beside `run_results.json`, and return its path."""
    results: dict[str, Any] = results_of(folder).as_json()
    before = _run_before(folder)
    cards = sorted(
        (_Card(one, tuple(_reasons(one, before.get((one["client"], one["spec"]))))) for one in results["reports"]),
        key=lambda card: card.order,
    )
    states = [state for state in _STATES if state in results["counts"]]
    named = [(state, f"{results['counts'][state]} {state.replace('_', ' ')}") for state in states]
    risky = sum(1 for card in cards if card.reasons)
    named += [("risk", f"{risky} to look at")] if risky else []
    button = Markup('<button type="button" value="{}" aria-pressed="false">{}</button>')
    page = _PAGE.format(
        run=results["run"],
        total=len(cards),
        style=_STYLE,
        script=_SCRIPT,
        buttons=Markup().join(button.format(value, text) for value, text in named),
        cards=Markup().join(_card(card, folder, Path(results["root"])) for card in cards),
    )
    write_whole(folder / SHEET, page.encode())
    return folder / SHEET


def _card(card: _Card, folder: Path, root: Path) -> Markup:
    report = card.report
    files = {Path(file["path"]).suffix: file["path"] for file in report.get("files", [])}
    pdf = files.get(".pdf") or files.get(".html")
    thumbnail = folder / "thumbnails" / f"{report['key']}.jpg"
    picture = Markup('<div class="none">no page</div>')
    if thumbnail.is_file() and report.get("pages"):
        data = base64.b64encode(thumbnail.read_bytes()).decode()
        alt = f"First page for {report['name']}"
        picture = Markup('<img loading="lazy" src="data:image/jpeg;base64,{}" alt="{}">').format(data, alt)
    if pdf:
        picture = Markup('<a href="{}">{}</a>').format((root / pdf).as_uri(), picture)
    reasons = Markup().join(Markup("<li>{}</li>").format(reason) for reason in card.reasons[:_MOST_REASONS])
    return _CARD.format(
        state=report["state"],
        risk=int(bool(card.reasons)),
        words=" ".join((report["client"], report["name"], report["spec"], *card.reasons)).lower(),
        picture=picture,
        name=report["name"],
        spec=report["spec"],
        pages=f" · {report['pages']} pages" if report.get("pages") else "",
        reasons=Markup("<ul>{}</ul>").format(reasons) if reasons else "",
    )


def _reasons(report: dict[str, Any], before: dict[str, Any] | None) -> Iterator[str]:
    """Yield why a person should look at a report: what is wrong with it, and what is far from the run before."""
    if "reason" in report:
        yield f"{report.get('class', '')}: {report['reason']}".strip(": ")
    if report["state"] in {"held", "degraded"}:
        yield from (f"{one.get('block') or 'report'}: {one['text']}" for one in report.get("warnings", []))
    if before is None or "pages" not in report:
        return
    if before.get("pages") and before["pages"] != report["pages"]:
        yield f"{report['pages']} pages, {before['pages']} the time before"
    for name, value in report.get("figures", {}).items():
        then = before.get("figures", {}).get(name)
        if _is_far(value, then):
            yield f"{name} is {value:,}, {then:,} the time before"
        elif value is None and then is not None:
            yield f"{name} has no value, {then:,} the time before"


def _is_far(now: object, then: object) -> bool:
    if not (isinstance(now, int | float) and isinstance(then, int | float)) or not then:
        return False
    return now == 0 or not 1 / _FAR <= now / then <= _FAR


def _run_before(folder: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the reports of the same fleet's run before this one, by client and spec; none where there is none."""
    stem = folder.name.rpartition("-")[0] if folder.name.endswith("several") else folder.name.split("-2", 1)[0]
    others = sorted(path for path in folder.parent.glob(f"{stem}-*/{RESULTS}") if path.parent.name < folder.name)
    if not others:
        return {}
    reports: list[dict[str, Any]] = json.loads(others[-1].read_text("utf-8"))["reports"]
    return {(one["client"], one["spec"]): one for one in reports}
