// Orders the rows of tables and moves between the values of charts. It makes no text and no number.
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
