// The page: takes files, keeps the list fresh, survives a server that is away.
import { Queue } from "./queue.js";
import { announce, find, limits, say } from "./texts.js";
import { wireViewer } from "./viewer.js";

const BUSY_MS = 2000;
const QUIET_MS = 10000;
const SOON_MS = 600;
const AWAY_MS = [2000, 4000, 8000, 15000];

const list = find("files");
const have = new Map();
const queue = new Queue(refresh);
let etag = null;
let busy = true;
let away = 0;
let timer = null;
let first = true;
let shownOwn = "";

async function refresh() {
  clearTimeout(timer);
  try {
    await fetchState();
    away = 0;
  } catch {
    away += 1;
  }
  find("offline").hidden = away < 2;
  timer = setTimeout(refresh, away ? AWAY_MS[Math.min(away, AWAY_MS.length) - 1] : pause());
}

function pause() {
  return busy || queue.rows.size ? BUSY_MS : QUIET_MS;
}

async function fetchState() {
  const own = queue.keys();
  const fresh = String([...own]) === shownOwn;
  const headers = etag && fresh ? { "If-None-Match": etag } : {};
  const answer = await fetch(`${limits.base}/state?have=${[...have.values()].join(",")}`, { headers, cache: "no-store" });
  if (answer.status === 403 || answer.status === 410) {
    location.reload();
    return;
  }
  if (answer.status === 304) {
    return;
  }
  if (!answer.ok) {
    throw new Error(answer.statusText);
  }
  etag = answer.headers.get("ETag");
  shownOwn = String([...own]);
  show(await answer.json(), own);
}

function show(state, own) {
  busy = state.busy;
  showClosed(state.closed);
  find("totals").innerHTML = state.totals;
  find("older").textContent = state.older;
  const rows = state.rows.filter((row) => !(row.coming && own.has(row.key)));
  place(rows);
  find("empty").hidden = rows.length > 0 || queue.rows.size > 0;
  first = false;
}

function showClosed(why) {
  find("closed").hidden = !why;
  find("closed").innerHTML = why;
  find("drop").hidden = Boolean(why);
}

// Rows in the server's order; those that have not changed stay as they are, so that nobody's focus is lost.
function place(rows) {
  const known = new Map([...list.children].map((node) => [node.dataset.key, node]));
  let before = null;
  for (const row of rows) {
    const node = renewed(known.get(row.key), row);
    known.delete(row.key);
    const wanted = before ? before.nextElementSibling : list.firstElementChild;
    if (node !== wanted) {
      list.insertBefore(node, wanted);
    }
    before = node;
  }
  for (const [key, node] of known) {
    have.delete(key);
    node.remove();
  }
}

function renewed(old, row) {
  if (!row.html) {
    return old;
  }
  have.set(row.key, row.digest);
  const holder = document.createElement("template");
  holder.innerHTML = row.html;
  const node = holder.content.firstElementChild;
  if (old) {
    tellEnd(old, node);
    keepState(old, node);
    old.replaceWith(node);
  } else if (!first) {
    tellEnd(null, node);
  }
  return node;
}

function tellEnd(old, node) {
  const ended = (one) => one && !one.classList.contains("going") && !one.classList.contains("stopped");
  if (ended(node) && !ended(old)) {
    const fault = node.querySelector(".fault")?.textContent ?? "";
    const words = [node.querySelector(".state").textContent, fault].filter(Boolean).join(". ");
    announce(say("announce.done", { name: node.querySelector(".file-name").textContent, state: words }));
  }
}

function keepState(old, node) {
  const [was, is] = [old.querySelector(".pages"), node.querySelector(".pages")];
  if (was && is) {
    is.open = was.open;
  }
}

function take(files) {
  queue.add(files);
  setTimeout(refresh, SOON_MS);
}

function wireFiles() {
  const choose = find("choose");
  choose.addEventListener("change", () => {
    take(choose.files);
    choose.value = "";
    find("choose-words").textContent = find("choose-words").dataset.more;
  });
  const carries = (event) => event.dataTransfer?.types.includes("Files") && !find("drop").hidden;
  const veil = find("veil");
  let depth = 0;
  const cover = (change) => {
    depth = Math.max(0, depth + change);
    veil.hidden = depth === 0;
  };
  document.addEventListener("dragenter", (event) => carries(event) && cover(1));
  document.addEventListener("dragleave", (event) => carries(event) && cover(-1));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    cover(-depth);
    if (carries(event)) {
      take(event.dataTransfer.files);
    }
  });
}

async function act(event) {
  if (event.target.closest(".new")) {
    find("choose").click();
    return;
  }
  const button = event.target.closest(".cancel");
  if (button) {
    const key = button.closest(".file").dataset.key;
    button.disabled = true;
    await fetch(`${limits.base}/files/${key}`, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } }).catch(() => {});
    find("choose").focus();
    await refresh();
  }
}

list.addEventListener("click", act);
document.addEventListener("visibilitychange", () => document.hidden || refresh());
window.addEventListener("online", refresh);
wireFiles();
wireViewer();
refresh();
document.body.dataset.ready = "yes";
