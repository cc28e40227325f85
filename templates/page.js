// Orders the rows of tables, moves between the values of charts, and marks in the contents what is read.
// It makes no text and no number.
"use strict";
for (const points of document.querySelectorAll(".points")) {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  points.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.target.blur();
    if (!(event.key in steps)) return;
    event.preventDefault();
    const all = [...points.children];
    const at = Math.min(Math.max(all.indexOf(event.target) + steps[event.key], 0), all.length - 1);
    event.target.tabIndex = -1;
    all[at].tabIndex = 0;
    all[at].focus();
  });
}

for (const table of document.querySelectorAll(".scroll > table")) {
  const body = table.tBodies[0]; // the total is in a body of its own, and stays last
  const rows = [...(body?.rows ?? [])];
  if (rows.length < 2 || !table.tHead) continue;
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (head.tagName !== "TH" || !rows.some((row) => row.cells[column].dataset.place)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    const [first, second] = head.classList.contains("n") ? ["descending", "ascending"] : ["ascending", "descending"];
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      const next = !now ? first : now === first ? second : null; // the third click brings the report's own order back
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      if (next) head.setAttribute("aria-sort", next);
      const sign = next === "descending" ? -1 : 1;
      const place = (row) => row.cells[column].dataset.place ?? NaN;
      const order = (one, other) =>
        isNaN(place(one)) - isNaN(place(other)) || sign * (place(one) - place(other)) || 0;
      body.append(...(next ? [...rows].sort(order) : rows));
    });
  });
}

const parts = new Map([...document.querySelectorAll("nav a")].map((link) => [document.querySelector(link.hash), link]));
const reading = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) parts.get(target).setAttribute("aria-current", "location");
      else parts.get(target).removeAttribute("aria-current");
    }
  },
  { rootMargin: "-25% 0% -75% 0%" }, // a line a quarter down the window
);
for (const part of parts.keys()) if (part) reading.observe(part);
