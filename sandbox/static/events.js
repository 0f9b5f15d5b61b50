// The strip below: what the bot asks of the API, and trouble to order.
import { element, exactTime, say } from "./texts.js";
import { get, post, remove } from "./wire.js";

const QUIET = new Set(["getUpdates"]);
const KEPT_ROWS = 200;
const rows = document.getElementById("events-list");
const state = document.getElementById("fault-state");

export function noteRequest(entry, nameOf) {
  if (QUIET.has(entry.method) && entry.status === 200) {
    return;
  }
  const good = entry.status === 200;
  const mark = good ? "200" : `${entry.status || "✕"} ${entry.description ?? ""}`;
  const row = element(
    "tr",
    {},
    element("td", {}, exactTime(entry.time)),
    element("td", {}, element("code", {}, entry.method)),
    element("td", {}, nameOf(Number(entry.params.chat_id)) ?? ""),
    element("td", { class: "what" }, excerpt(entry.params)),
    element("td", {}, element("span", { class: good ? "pill good" : "pill bad" }, mark)),
    element("td", { class: "number" }, say("milliseconds", { number: entry.took_ms })),
  );
  rows.prepend(row);
  while (rows.rows.length > KEPT_ROWS) {
    rows.lastElementChild.remove();
  }
}

function excerpt(params) {
  const words = params.text ?? params.caption ?? params.action ?? params.path ?? params.document ?? params.photo ?? "";
  return String(words).replace(/<[^>]+>/g, "").split("\n")[0].slice(0, 90);
}

export async function fillEvents(nameOf) {
  for (const entry of (await get("/log")).slice(-KEPT_ROWS)) {
    noteRequest(entry, nameOf);
  }
}

export function clearEvents() {
  rows.replaceChildren();
}

async function attempt(deed, done) {
  try {
    await deed();
    state.textContent = done;
  } catch (error) {
    state.textContent = error.message;
  }
}

export function wireFaults(panes) {
  const whose = document.getElementById("block-person");
  whose.replaceChildren(...panes.map((pane) => element("option", { value: pane.person.id }, pane.person.name)));
  document.getElementById("block").addEventListener("click", () => {
    attempt(() => post(`/people/${whose.value}/block`, {}), say("blocked_by", { name: whose.selectedOptions[0].textContent }));
  });
  document.querySelectorAll("[data-fault]").forEach((button) => {
    const done = say("fault_ordered", { name: button.textContent });
    button.addEventListener("click", () => attempt(() => post("/faults", JSON.parse(button.dataset.fault)), done));
  });
  document.getElementById("heal").addEventListener("click", () => attempt(() => remove("/faults"), say("healed")));
  document.getElementById("clear").addEventListener("click", () => attempt(() => post("/reset", {}), say("cleared")));
}
