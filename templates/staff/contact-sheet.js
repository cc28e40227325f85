"use strict";
const cards = [...document.querySelectorAll(".card")];
const parts = [...document.querySelectorAll("section")];
const buttons = [...document.querySelectorAll("[role=group] button")];
const search = document.querySelector("input[type=search]");
const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");
const codes = card => [...card.querySelectorAll("[title]")].map(one => one.title);
const texts = new Map(cards.map(card => [card, plain([card.textContent, card.dataset.client, ...codes(card)].join(" "))]));
const choices = {
  "": () => true,
  look: card => "risky" in card.dataset,
  approve: card => "approve" in card.dataset,
  differs: card => "risky" in card.dataset && card.dataset.state === "done",
};
let chosen = "";

function show() {
  const words = plain(search.value).split(" ").filter(Boolean);
  const fits = choices[chosen] || (card => card.dataset.state === chosen);
  let shown = 0;
  for (const card of cards) {
    card.hidden = !(fits(card) && words.every(word => texts.get(card).includes(word)));
    shown += !card.hidden;
  }
  for (const part of parts) {
    const count = part.querySelectorAll(".card:not([hidden])").length;
    part.hidden = !count;
    part.querySelector("h2 span").textContent = count.toLocaleString("en");
  }
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === chosen));
  document.querySelector("output").value = shown === cards.length ? "" : `${shown.toLocaleString("en")} shown`;
  document.querySelector(".nothing").hidden = shown > 0;
  const place = new URLSearchParams(Object.entries({show: chosen, find: search.value.trim()}).filter(([, value]) => value));
  history.replaceState(null, "", String(place) ? `#${place}` : location.pathname + location.search);
}

function choose(value) {
  chosen = value;
  show();
}

function restore() {
  const place = new URLSearchParams(location.hash.slice(1));
  search.value = place.get("find") || "";
  chosen = place.get("show") || "";
  if (!buttons.some(button => button.value === chosen)) chosen = "";
  show();
}

// What was looked at is kept by the browser. Where it keeps nothing for pages from a disk, the ticks last as long as the page.
const shelf = `reportgen ${document.body.dataset.run}`;
let looked = new Set();
try {
  looked = new Set(JSON.parse(localStorage.getItem(shelf) || "[]"));
} catch { /* see above */ }

function tell() {
  const boxes = [...document.querySelectorAll(".seen input")];
  for (const box of boxes) box.closest(".card").classList.toggle("looked", box.checked);
  const done = boxes.filter(box => box.checked).length;
  const command = document.querySelector("#command");
  const ready = boxes.filter(box => box.checked).map(box => box.closest(".card").dataset.approve).filter(Boolean);
  if (command) command.textContent = `${command.dataset.command} ${ready.length ? ready.join(" ") : "…"}`;
  document.querySelector("#progress").textContent = boxes.length ? `${done} of ${boxes.length} looked at.` : "";
}

for (const box of document.querySelectorAll(".seen input")) {
  const card = box.closest(".card");
  box.checked = looked.has(card.id);
  box.addEventListener("change", () => {
    looked[box.checked ? "add" : "delete"](card.id);
    try {
      localStorage.setItem(shelf, JSON.stringify([...looked]));
    } catch { /* see above */ }
    tell();
  });
}

function step(by) {
  const shown = cards.filter(card => !card.hidden);
  const at = shown.indexOf(document.activeElement.closest(".card"));
  const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)];
  if (next) next.querySelector("h3 a, h3 span").focus();
}

search.addEventListener("input", show);
search.form.addEventListener("submit", event => event.preventDefault());
for (const button of buttons) button.addEventListener("click", () => choose(button.value === chosen ? "" : button.value));
document.querySelector(".nothing button").addEventListener("click", () => {
  search.value = "";
  choose("");
});
addEventListener("hashchange", restore);
addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.activeElement === search) {
    if (event.key !== "Escape") return;
    search.value = "";
    search.blur();
    show();
  } else if (event.key === "/") {
    search.focus();
    search.select();
  } else if (event.key === "j" || event.key === "k") {
    step(event.key === "j" ? 1 : -1);
  } else if (event.key === "x") {
    document.activeElement.closest(".card")?.querySelector(".seen input")?.click();
  } else return;
  event.preventDefault();
});
tell();
restore();
