// The page around the report. It asks for every build, and brings the new report to the place that is being read.
// It asks again and again, because a connection that is kept open is one of the six that a browser has for all tabs.
"use strict";
const body = document.body, main = document.querySelector("main"), problems = document.getElementById("problems");
const warnings = document.getElementById("warnings"), told = document.getElementById("told"), state = document.getElementById("state"), back = document.getElementById("back");
const PAUSE = 250, LONG_PAUSE = 1000;  // milliseconds from one question to the next; the longer where nobody looks
const line = document.getElementById("place"), copy = line.querySelector("button");
let frame = null, coming = null, shown = "", looking = false, now = null, chosen = "";

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

// What is at the top of the window: the first thing with a name of its own that is not above it.
function place(view) {
  const named = [...view.document.querySelectorAll("[id]")].find((one) => one.getBoundingClientRect().bottom > 0);
  return { x: view.scrollX, y: view.scrollY, id: named?.id, top: named?.getBoundingClientRect().top };
}

function returnTo(view, was) {
  view.scrollTo({ left: was.x, top: was.y, behavior: "instant" });
  const named = was.y && was.id && view.document.getElementById(was.id);
  if (named) view.scrollBy({ left: 0, top: named.getBoundingClientRect().top - was.top, behavior: "instant" });
}

// The next report is loaded behind the one that is shown, so that nothing flickers, and its title comes with it.
function load(build, title) {
  coming?.remove();
  const next = coming = document.createElement("iframe");
  next.title = "The report";
  next.className = "coming";
  next.src = `/${body.dataset.source}/${build}`;
  next.addEventListener("load", () => {
    if (next !== coming || next.contentDocument.contentType !== "text/html") return;  // what is gone is said in plain text
    const had = document.activeElement === frame;
    if (frame) returnTo(next.contentWindow, place(frame.contentWindow));
    next.className = "";
    frame?.remove();
    frame = next;
    for (const kind of ["click", "focusin"]) frame.contentDocument.addEventListener(kind, choose);
    coming = null;
    main.dataset.shown = build;
    document.title = `Preview: ${title}`;
    document.getElementById("title").textContent = title;
    if (had || document.activeElement === body) next.focus();
    say();
  });
  main.append(next);
}

// The block of the report in which something is clicked, or reached by keyboard. It is watched from here: the report's
// own page stays as it is in its file.
function choose(event) {
  for (let at = event.target; at; at = at.parentElement) {
    if (!Object.hasOwn(now.blocks, nameOf(at))) continue;
    chosen = nameOf(at);
    sayLine();
    if (event.type === "click") at.animate(["3px solid #1f5fa8", "3px solid #1f5fa800"].map((outline) => ({ outline, outlineOffset: "4px" })), 1200);
    return;
  }
}

function nameOf(part) {
  return part.dataset.block ?? (part.id.startsWith("block-") ? part.id.slice("block-".length) : "");
}

function sayLine() {
  const found = Object.hasOwn(now.blocks, chosen);
  line.hidden = !found;
  copy.textContent = "Copy";
  line.querySelector("output").value = found ? now.blocks[chosen] : "";
}

copy.addEventListener("click", async () => {
  const place = line.querySelector("output");
  try {
    await navigator.clipboard.writeText(place.value);
    copy.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(place);  // a browser may forbid it
  }
});

function say() {
  const count = now.problems.length, covered = count > 0 && !looking;
  body.className = count ? "wrong" : "";
  problems.hidden = !covered;
  main.inert = covered;  // it keeps the place where it was scrolled to
  back.hidden = !count || covered;
  back.textContent = `${count} problem${count > 1 ? "s" : ""}`;
  if (count) state.value = covered ? "" : "this is the last good report";
  else if (coming) state.value = body.dataset.source === "pages" ? "printing …" : "loading …";
  else state.value = now.builds ? `up to date, built in ${now.seconds.toFixed(2)} s` : "building …";
}

function problem(one) {
  const item = element("li", "");
  const where = [one.file, one.line, one.column].filter(Boolean).join(":");  // a line or column of 0 is none
  if (where) item.append(element("p", where, "where"));
  const text = element("p", "");
  if (one.place) text.append(element("span", `${one.place}: `, "place"));
  text.append(one.message);
  item.append(text);
  if (one.lines.length) {
    const lines = element("pre", "");
    for (const [number, line] of one.lines) {
      const wrong = number === one.line, from = wrong ? Math.max(one.column - 1, 0) : line.length;
      const row = element("span", [...line].slice(0, from).join(""), wrong ? "this" : "");
      row.append(element("b", [...line].slice(from).join("")));
      row.dataset.line = number;
      lines.append(row);
    }
    item.append(lines);
  }
  return item;
}

function update(latest) {
  const before = now;
  now = latest;
  if (!now.problems.length || JSON.stringify(now.problems) !== JSON.stringify(before?.problems)) looking = false;
  const count = now.problems.length;
  problems.querySelector("h1").textContent = `${count} problem${count > 1 ? "s" : ""} to mend`;
  problems.querySelector("ol").replaceChildren(...now.problems.map(problem));
  document.getElementById("look").hidden = !now.shown;
  told.hidden = !now.warnings.length;
  told.textContent = `${now.warnings.length} warning${now.warnings.length > 1 ? "s" : ""}`;
  const list = element("ul", "");
  for (const one of now.warnings) {
    const item = element("li", `${one.block ? `${one.block}: ` : ""}${one.text} `);
    item.append(element("code", one.code));
    list.append(item);
  }
  warnings.replaceChildren(list);
  warnings.hidden = !now.warnings.length || told.getAttribute("aria-expanded") !== "true";
  sayLine();
  if (now.shown && now.shown !== shown) load(shown = now.shown, now.title);
  say();
  problems.querySelectorAll("pre").forEach(bringIntoView);
}

// A long line is moved so that what is wrong in it can be seen.
function bringIntoView(lines) {
  const word = lines.querySelector(".this b");
  if (!word) return;  // the file was saved between the reading of the spec and that of its lines; the next build is near
  const wrong = word.getBoundingClientRect().left - lines.getBoundingClientRect().left;
  if (wrong > lines.clientWidth * 0.8) lines.scrollLeft = wrong - lines.clientWidth / 2;
}

document.getElementById("look").addEventListener("click", () => { looking = true; say(); });
back.addEventListener("click", () => { looking = false; say(); });
told.addEventListener("click", () => {
  const open = told.getAttribute("aria-expanded") !== "true";
  told.setAttribute("aria-expanded", open);
  warnings.hidden = !open;
});

// Return how the desk is; null where it is as before.
async function ask() {
  const question = new URLSearchParams({ preview: body.dataset.preview, builds: now?.builds ?? "" });
  const answer = await fetch(`/state?${question}`);
  if (answer.status === 410) location.reload();  // another preview answers here now, perhaps of another client
  return answer.status === 200 ? answer.json() : null;
}

async function keepAsking() {
  let latest = null, answered = true;
  try {
    latest = await ask();
  } catch {
    answered = false;
  }
  setTimeout(keepAsking, answered && !document.hidden ? PAUSE : LONG_PAUSE);  // first, so that no error below ends it
  if (!answered) away();
  else if (latest) update(latest);
  else if (body.className === "away") say();
}

function away() {
  body.className = "away";
  state.value = "the preview has ended; start it again";
}

addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });  // as it was left, perhaps long ago
keepAsking();
