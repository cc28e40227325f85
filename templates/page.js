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

// A box of a table is a stop of the Tab key where it scrolls; where all columns fit, its head stays at the window's edge.
const fitted = new ResizeObserver((entries) => {
  for (const { target: box } of entries) {
    if (!box.clientWidth) continue;
    const wide = box.firstElementChild.offsetWidth > box.clientWidth + 1;
    box.classList.toggle("fits", !wide && !box.closest("details"));
    const scrolls = wide || (!box.classList.contains("fits") && box.scrollHeight > box.clientHeight + 1);
    const named = { tabindex: 0, role: "region", "aria-label": box.dataset.label };
    for (const [name, value] of Object.entries(named))
      scrolls ? box.setAttribute(name, value) : box.removeAttribute(name);
    const swipe = box.previousElementSibling;
    if (swipe?.className === "swipe") swipe.hidden = !wide;
  }
});
for (const box of document.querySelectorAll(".scroll[data-label]")) fitted.observe(box);

// Shows rows of a table, the first at once and the others bit by bit, so that a long table answers at once.
// They move to a body of their own: the body they leave is hidden first, which costs less than taking them off a page.
const turns = new WeakMap();
const fill = (table, rows) => {
  const at = { row: 0 }, body = document.createElement("tbody");
  const count = Math.max(24, Math.round(800 / (rows[0]?.cells.length ?? 1)));
  turns.set(table, at);
  const more = (some) => {
    if (turns.get(table) !== at || at.row >= rows.length) return;
    body.append(...rows.slice(at.row, (at.row += some)));
    setTimeout(more, 0, count);
  };
  at.rest = () => more(rows.length);
  for (const other of table.querySelectorAll("tbody:not(.total)")) other.hidden = true;
  more(count);
  table.tHead.after(body);
  for (const other of table.querySelectorAll("tbody[hidden]:empty")) other.remove();
};

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
for (const box of document.querySelectorAll(".scroll[data-label]")) {
  const table = box.firstElementChild;
  const [body, total] = table.tBodies; // the total is in a body of its own, and stays last
  const rows = [...body.rows];
  if (rows.length < 2) continue;
  const block = box.closest(".block") ?? box;
  const printed = rows.filter((row) => !row.hidden).length;
  const filter = block.querySelector(".filter"), all = block.querySelector("button.all"), words = new Map();
  let ordered = rows, most = printed, sought = "";

  // Columns keep their widths where all rows have been measured: 1,000 rows are not measured anew for an order.
  const keepWidths = () => {
    if (most < rows.length || table.style.tableLayout) return;
    const widths = [...table.tHead.rows[0].cells].map((head) => `${head.offsetWidth}px`);
    const cols = [...table.querySelectorAll("col")], own = cols.map((col) => col.style.width);
    const width = box.clientWidth;
    Object.assign(table.style, { width: `${table.offsetWidth}px`, tableLayout: "fixed" });
    cols.forEach((col, at) => col.style.setProperty("width", widths[at], "important"));
    new ResizeObserver((_, observer) => {
      if (box.clientWidth === width) return;
      observer.disconnect();
      Object.assign(table.style, { width: "", tableLayout: "" });
      cols.forEach((col, at) => (col.style.width = own[at]));
    }).observe(box);
  };
  const found = (row) => {
    if (!words.has(row)) words.set(row, plain(row.textContent));
    return words.get(row).includes(sought);
  };
  const show = () => {
    const shown = sought ? ordered.filter(found) : ordered.slice(0, most);
    keepWidths();
    for (const row of shown) if (row.hidden) row.hidden = false;
    fill(table, shown);
    if (total) total.hidden = !!sought; // it is of all rows
    const status = filter?.querySelector("[role=status]"), counts = { "%1": shown.length, "%2": rows.length };
    if (status) status.textContent = sought ? status.dataset.text.replace(/%[12]/g, (which) => counts[which]) : "";
  };
  addEventListener("beforeprint", () => turns.get(table)?.rest());
  if (filter) {
    filter.hidden = false;
    filter.querySelector("input").addEventListener("input", (event) => {
      sought = plain(event.target.value.trim());
      show();
    });
  }
  if (all) {
    const texts = [all.textContent, all.dataset.less], count = block.querySelector(".count");
    all.hidden = false;
    all.addEventListener("click", () => {
      most = most === printed ? rows.length : printed;
      count.hidden = most > printed;
      all.textContent = texts[+(most > printed)];
      show();
    });
  }

  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const places = new Map(rows.map((row) => [row, +(row.cells[column]?.dataset.place ?? NaN)]));
    if (head.tagName !== "TH" || rows.every((row) => isNaN(places.get(row)))) return;
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
      const order = (one, other) => {
        const [a, b] = [places.get(one), places.get(other)];
        return isNaN(a) - isNaN(b) || sign * (a - b) || 0;
      };
      ordered = next ? [...rows].sort(order) : rows;
      show();
    });
  });
}

// The section that is read: marked in the contents, kept in sight there, and named in the bar of a narrow window.
const links = [...document.querySelectorAll("nav a")], here = document.querySelector(".here");
const parts = new Set(links.map((link) => document.querySelector(link.hash)).filter(Boolean));
const reading = new IntersectionObserver(
  (entries) => {
    const part = entries.findLast((entry) => entry.isIntersecting)?.target;
    if (!part) return;
    for (const link of links) {
      const read = link.hash === `#${part.id}`;
      read ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current");
      if (!read) continue;
      here.textContent = link.textContent;
      const nav = link.closest("nav"), [box, frame] = [link, nav].map((one) => one.getBoundingClientRect());
      if (box.top < frame.top || box.bottom > frame.bottom) nav.scrollTop += box.top - frame.top - frame.height / 2;
    }
  },
  { rootMargin: "-25% 0% -75% 0%" }, // a line a quarter down the window
);
for (const part of parts) reading.observe(part);
const menu = document.querySelector(".bar details");
menu?.addEventListener("click", (event) => event.target.closest("a") && (menu.open = false));
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.firstElementChild.focus();
});
const upward = document.querySelector(".to-top"), cover = document.querySelector(".cover, .masthead");
if (upward && cover)
  new IntersectionObserver(([entry]) => upward.classList.toggle("floats", !entry.isIntersecting)).observe(cover);

// What a browser, or the frame around the page, forbids is not offered.
const isCaged = self !== top && self.origin === "null"; // a sandbox, which mostly lets nothing out
const print = document.querySelector(".print"), share = document.querySelector(".share");
if (print && !isCaged) {
  print.hidden = false;
  print.addEventListener("click", () => self.print());
}
if (share && location.protocol === "https:" && navigator.canShare?.({ url: location.href })) {
  share.hidden = false;
  share.addEventListener("click", () => navigator.share({ title: document.title, url: location.href }).catch(() => {}));
}
