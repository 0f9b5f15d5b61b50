// The shelf of sample scans: drag one into a chat, or choose some and send them by keyboard.
import { SHELF_TYPE } from "./dropping.js";
import { element, say, size } from "./texts.js";
import { get } from "./wire.js";

const list = document.getElementById("shelf-list");
const form = document.getElementById("shelf-send");
const people = document.getElementById("shelf-person");
const album = document.getElementById("shelf-album");
const chosen = new Set();
const LOOK_EVERY_MS = 3000;
let items = [];

export async function fillShelf(panes, onSend) {
  await look();
  setInterval(() => document.hidden || look().catch(() => {}), LOOK_EVERY_MS);
  people.replaceChildren(...panes.map((pane) => element("option", { value: pane.person.id }, pane.person.name)));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await onSend(Number(people.value), await shelfFiles([...chosen]), event.submitter.value, album.checked);
    chosen.clear();
    mark();
  });
}

// Samples may still be in the making when the page opens: new ones join, those there stay as they are.
async function look() {
  items = await get("/shelf");
  const shown = new Map([...list.querySelectorAll(".card")].map((node) => [node.dataset.name, node]));
  const names = items.map((item) => item.name);
  if (!list.children.length || names.join("\n") !== [...shown.keys()].join("\n")) {
    list.querySelectorAll(".hint").forEach((node) => node.remove());
    shown.forEach((node, name) => names.includes(name) || node.parentElement.remove());
    items.forEach((item, place) => {
      if (!shown.has(item.name)) {
        list.insertBefore(card(item), list.children[place] ?? null);
      }
    });
    if (!items.length) {
      list.append(element("li", { class: "hint" }, say("shelf_empty")));
    }
  }
}

export async function shelfFiles(names) {
  const wanted = items.filter((item) => names.includes(item.name));
  return Promise.all(
    wanted.map(async (item) => {
      const content = await (await fetch(item.url)).blob();
      return new File([content], item.name.split("/").pop(), { type: item.mime });
    }),
  );
}

function card(item) {
  const kind = item.name.split(".").pop().slice(0, 4);
  const face = item.thumbnail
    ? element("img", { src: item.thumbnail, alt: "", loading: "lazy" })
    : element("span", { class: "file-kind", "data-kind": kind.toLowerCase(), "aria-hidden": "true" }, kind);
  const words = element("span", { class: "file-words" }, element("span", { class: "file-name" }, item.name), element("span", { class: "file-size" }, size(item.size)));
  const node = element("button", { type: "button", class: "card", draggable: "true", "aria-pressed": "false", "data-name": item.name }, element("span", { class: "card-face" }, face), words);
  node.addEventListener("click", () => toggle(item.name));
  node.addEventListener("dragstart", (event) => {
    const names = chosen.has(item.name) ? [...chosen] : [item.name];
    event.dataTransfer.setData(SHELF_TYPE, JSON.stringify(names));
    event.dataTransfer.effectAllowed = "copy";
  });
  return element("li", {}, node);
}

function toggle(name) {
  if (!chosen.delete(name)) {
    chosen.add(name);
  }
  mark();
}

function mark() {
  list.querySelectorAll(".card").forEach((node) => node.setAttribute("aria-pressed", String(chosen.has(node.dataset.name))));
  form.hidden = !chosen.size;
  document.getElementById("shelf-album-row").hidden = chosen.size < 2;
  document.getElementById("shelf-count").textContent = say("selected", { count: chosen.size });
}
