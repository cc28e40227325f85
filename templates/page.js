// Orders the rows of tables, moves between the values of charts, and marks in the contents what is read.
// It makes no text and no number.
"use strict";
document.documentElement.classList.add("live");

// The value of a chart that is pointed at, dragged to, or in focus, beside its place and always in the window.
// It stays while the pointer is on it, until another place is read; Escape dismisses it.
const readout = document.createElement("p");
readout.className = "readout";
let read;
const dismiss = () => {
  read?.classList.remove("read");
  read = null;
  readout.remove();
};
const tell = (place) => {
  if (place === read) return;
  dismiss();
  read = place;
  place.classList.add("read");
  readout.textContent = place.dataset.text;
  place.closest(".pointed").append(readout);
  settle();
};
const settle = () => {
  if (!read) return;
  const chart = read.closest(".pointed").getBoundingClientRect(), box = read.getBoundingClientRect();
  const { width, height } = readout.getBoundingClientRect();
  const isTall = box.height > box.width, isNarrow = innerWidth <= 720;
  const left = isNarrow || isTall ? box.left + box.width / 2 - width / 2 : box.left;
  const y = isNarrow ? chart.top - height : isTall ? box.top - height + 1 : box.bottom - 1;
  const least = document.querySelector(".contents-bar summary")?.offsetHeight ?? 0;
  readout.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - width - 8))}px`;
  readout.style.top = `${Math.max(least + 4, Math.min(y, innerHeight - height - 4))}px`;
};
addEventListener("keydown", (event) => event.key === "Escape" && dismiss());
addEventListener("pointerdown", (event) => event.target.closest(".pointed") || dismiss());
addEventListener("scroll", settle, { passive: true, capture: true });
for (const points of document.querySelectorAll(".points")) {
  const all = [...points.children];
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  points.addEventListener("keydown", (event) => {
    if (!(event.key in steps)) return;
    event.preventDefault();
    const next = all[Math.min(Math.max(all.indexOf(event.target) + steps[event.key], 0), all.length - 1)];
    if (next === event.target) return;
    for (const name of ["role", "tabindex", "aria-label"]) event.target.removeAttribute(name);
    next.setAttribute("role", "img");
    next.setAttribute("aria-label", next.dataset.text);
    next.tabIndex = 0;
    next.focus();
  });
  points.addEventListener("focusin", (event) => tell(event.target));
  points.addEventListener("focusout", dismiss);
  points.addEventListener("pointerover", (event) => event.target !== points && tell(event.target));
  const along = (event) => {
    const place = document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.parentElement === points);
    if (place) tell(place);
  };
  points.addEventListener("pointerdown", along);
  points.addEventListener("pointermove", along);
  points.parentElement.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse" && points.contains(read) && read !== document.activeElement) dismiss();
  });
}

// A name of a series is a button that fades the others.
for (const pointed of document.querySelectorAll("[data-series]")) {
  const drawing = pointed.firstElementChild, colors = pointed.dataset.series.split(" "), buttons = [];
  const { width, height } = drawing.viewBox.baseVal;
  const alone = (color) => {
    for (const button of buttons) button.setAttribute("aria-pressed", button.value === color);
    for (const other of colors)
      for (const mark of drawing.querySelectorAll(`[fill="${other}"], [stroke="${other}"]`))
        mark.classList.toggle("faded", !!color && other !== color);
  };
  for (const color of colors) {
    const [name, ...others] = drawing.querySelectorAll(`text[fill="${color}"]`);
    if (others.length) continue; // texts of values, not a name
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "series", value: color, ariaLabel: name.textContent });
    new ResizeObserver(() => { // a drawing for other windows has no boxes until it shows
      const box = name.getBBox(), [high, wide] = [Math.max(box.height, 18), Math.max(box.width, 18)];
      const place = { left: box.x / width, top: (box.y + box.height / 2 - high / 2) / height, width: wide / width, height: high / height };
      for (const [side, share] of Object.entries(place)) button.style[side] = `${100 * share}%`;
    }).observe(drawing);
    button.style.color = `${getComputedStyle(name).fill}`;
    button.setAttribute("aria-pressed", false);
    button.addEventListener("click", () => alone(button.ariaPressed === "true" ? "" : color));
    buttons.push(button);
  }
  if (buttons.length > 1) pointed.append(...buttons);
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
    const table = box.firstElementChild; // it is named once: by its box, where that is a stop
    scrolls ? table.removeAttribute("aria-label") : table.setAttribute("aria-label", box.dataset.label);
    const swipe = box.previousElementSibling;
    if (swipe?.className === "swipe") swipe.hidden = !wide;
  }
});
for (const box of document.querySelectorAll(".scroll[data-label]")) fitted.observe(box);

// Shows rows of a table: as many as fill a window at once, the others bit by bit when the reader goes on, so that a
// long table answers at once. They move to a body of their own: the body they leave is hidden first, which costs less
// than taking them off a page.
const turns = new WeakMap();
const fill = (table, rows) => {
  const at = { row: 0 }, body = document.createElement("tbody"), some = Math.ceil(innerHeight / 24);
  const last = table.querySelector("tbody.total:not([hidden]) > tr"), count = rows.length + (last ? 2 : 1);
  turns.set(table, at);
  at.isWhole = () => at.row >= rows.length;
  at.more = (more = some) => {
    if (turns.get(table) !== at || at.isWhole()) return;
    body.append(...rows.slice(at.row, (at.row += more)));
    for (const [one, name] of [[table, "aria-rowcount"], [last, "aria-rowindex"]])
      at.isWhole() ? one?.removeAttribute(name) : one?.setAttribute(name, count);
    if (at.comes) setTimeout(at.more);
  };
  at.rest = () => at.more(rows.length);
  at.come = () => {
    if (!at.comes) setTimeout(at.more);
    at.comes = true;
  };
  for (const other of table.querySelectorAll("tbody:not(.total)")) other.hidden = true;
  at.more();
  table.tHead.after(body);
  for (const other of table.querySelectorAll("tbody[hidden]:empty")) other.remove();
};

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
for (const box of document.querySelectorAll(".scroll[data-label]")) {
  const table = box.firstElementChild;
  const [body, total] = table.tBodies; // the total is in a body of its own, and stays last
  const rows = [...body.rows].filter((row) => !row.classList.contains("other"));
  const rest = [...body.rows].filter((row) => row.classList.contains("other")); // what is not printed, added up
  if (rows.length < 2) continue;
  const block = box.closest(".block") ?? box;
  const printed = rows.filter((row) => !row.hidden).length;
  const filter = block.querySelector(".filter"), all = block.querySelector("button.all");
  let ordered = rows, most = printed, sought = "", words;
  const isWhole = () => turns.get(table)?.isWhole() ?? true;

  // Columns keep their widths where all rows have been measured: 1,000 rows are not measured anew for an order.
  const keepWidths = () => {
    if (most < rows.length || table.style.tableLayout || sought || !isWhole()) return;
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
  const texts = () => (words ??= new Map(rows.map((row) => [row, plain(row.textContent)])));
  const show = () => {
    const shown = sought ? ordered.filter((row) => texts().get(row).includes(sought)) : ordered.slice(0, most);
    keepWidths();
    for (const row of shown) if (row.hidden) row.hidden = false;
    const isRest = !sought && most === printed && (ordered === rows || printed === rows.length);
    if (total) total.hidden = !!sought; // it is of all rows
    fill(table, isRest ? [...shown, ...rest] : shown);
    const status = filter?.querySelector("[role=status]"), counts = { "%1": shown.length, "%2": rows.length };
    if (status) status.textContent = sought ? status.dataset.text.replace(/%[12]/g, (which) => counts[which]) : "";
  };

  // Of a long table only the first rows stay while its filter or its heads are about to be used, and the others come
  // back when the reader goes on: scrolls, leaves them, or searches the page.
  const prepare = () => {
    if (most > 99 && isWhole() && table.getBoundingClientRect().top >= 0 && !box.scrollTop) show();
  };
  const goOn = () => turns.get(table)?.come();
  for (const tool of [table.tHead, filter]) {
    for (const name of ["pointerenter", "focusin"]) tool?.addEventListener(name, prepare);
    for (const name of ["pointerleave", "focusout"]) tool?.addEventListener(name, goOn);
  }
  addEventListener("scroll", goOn, { passive: true, capture: true });
  addEventListener("resize", goOn);
  addEventListener("blur", goOn); // a browser's own search takes the focus from the window
  addEventListener("beforeprint", () => turns.get(table)?.rest());
  if (filter) {
    filter.hidden = false;
    filter.addEventListener("focusin", () => setTimeout(texts));
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
      goOn();
    });
  }

  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const place = (row) => row.cells[column]?.getAttribute("data-place") ?? NaN;
    if (head.tagName !== "TH" || rows.every((row) => isNaN(place(row)))) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    const [first, second] = head.classList.contains("n") ? ["descending", "ascending"] : ["ascending", "descending"];
    let places;
    const placed = () => (places ??= Float64Array.from(rows, place));
    for (const name of ["pointerenter", "focus"]) button.addEventListener(name, placed);
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      const next = !now ? first : now === first ? second : null; // the third click brings the report's own order back
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      if (next) head.setAttribute("aria-sort", next);
      placed();
      const sign = next === "descending" ? -1 : 1;
      const order = (one, other) => {
        const [a, b] = [places[one], places[other]];
        return isNaN(a) - isNaN(b) || sign * (a - b) || 0;
      };
      ordered = next ? [...rows.keys()].sort(order).map((at) => rows[at]) : rows;
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
const menu = document.querySelector(".contents-bar details");
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

// The menu of a block.
const copies = !isCaged && navigator.clipboard && (document.featurePolicy?.allowsFeature("clipboard-write") ?? true);
const savesFiles = !isCaged, dialog = document.querySelector("dialog.expanded");
const save = (name, address) => Object.assign(document.createElement("a"), { download: name, href: address }).click();
const cells = (table) => {
  turns.get(table)?.rest();
  return [table.tHead.rows[0], ...table.querySelectorAll("tbody:not([hidden]) > tr:not([hidden])")].map((row) =>
    [...row.cells].filter((cell) => !cell.classList.contains("bar") || cell.textContent).map((cell) => cell.textContent.trim()),
  );
};
const quoted = (text) => `"${text.replace(/^(?=[=@\t\r]|[+-](?![\d.,\s]+\s?%?$))/, "'").replaceAll('"', '""')}"`; // no formula
const fonts = () => [...document.styleSheets[0].cssRules].filter((rule) => rule instanceof CSSFontFaceRule).map((rule) => rule.cssText);
const drawn = (block) => {
  const copy = [...block.querySelectorAll(".drawing svg")].find((one) => one.checkVisibility()).cloneNode(true);
  const style = document.createElementNS(copy.namespaceURI, "style");
  style.textContent = fonts().join("");
  copy.prepend(style);
  return { copy, address: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}` };
};
const actions = {
  link: (block) => navigator.clipboard.writeText(`${location.href.split("#")[0]}#${block.querySelector("[id]")?.id ?? block.id}`),
  copy: (block) => navigator.clipboard.writeText(cells(block.querySelector("table")).map((row) => row.join("\t")).join("\n")),
  csv: (block) => {
    const text = cells(block.querySelector("table")).map((row) => row.map(quoted).join(",")).join("\r\n");
    save(`${block.id}.csv`, `data:text/csv;charset=utf-8,%EF%BB%BF${encodeURIComponent(text)}`);
  },
  svg: (block) => save(`${block.id}.svg`, drawn(block).address),
  png: async (block) => {
    const { copy, address } = drawn(block), picture = new Image(), canvas = document.createElement("canvas");
    picture.src = address;
    await picture.decode();
    const { width, height } = copy.viewBox.baseVal, brush = canvas.getContext("2d");
    Object.assign(canvas, { width: 3 * width, height: 3 * height });
    brush.fillStyle = "#fff"; // the marks are those of paper
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
    save(`${block.id}.png`, canvas.toDataURL());
  },
  expand: (block, title) => {
    const content = [...block.childNodes];
    dialog.ariaLabel = block.querySelector(".title")?.textContent ?? title.ariaLabel;
    dialog.append(...content);
    for (const one of dialog.querySelectorAll(".drawing")) {
      const { width, height } = one.querySelector("svg").viewBox.baseVal;
      one.style.setProperty("--ratio", width / height);
    }
    dialog.showModal();
    // What is moved loses the focus, which the browser has just given back.
    dialog.addEventListener("close", () => (block.append(...content), title.focus()), { once: true });
  },
};
for (const block of document.querySelectorAll(".block.chart, .block.datatable")) {
  if (!block.querySelector("table")) continue;
  const menu = document.querySelector("#menu").content.firstElementChild.cloneNode(true);
  const [details] = menu.children, title = details.firstElementChild, label = block.querySelector(".title")?.textContent ?? "";
  title.ariaLabel = title.ariaLabel.replace("%1", label);
  const is = { link: copies, copy: copies, csv: savesFiles, svg: savesFiles, png: savesFiles, expand: true };
  for (const button of menu.querySelectorAll("button")) {
    const name = button.className, isOfCharts = name === "svg" || name === "png";
    if (!is[name] || (isOfCharts && !block.querySelector(".drawing"))) button.parentElement.remove();
    button.addEventListener("click", async () => {
      details.open = false;
      title.focus();
      await actions[name](block, title);
      const status = menu.querySelector("[role=status]");
      if (name === "link" || name === "copy") status.textContent = status.dataset.text;
      setTimeout(() => (status.textContent = ""), 3000);
    });
  }
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.preventDefault(); // the dialog around an open menu stays
    details.open = false;
    title.focus();
  });
  menu.addEventListener("focusout", (event) => event.relatedTarget && !menu.contains(event.relatedTarget) && (details.open = false));
  block.classList.add("menued");
  const heading = block.querySelector(".title");
  heading ? heading.after(menu) : block.prepend(menu);
}
