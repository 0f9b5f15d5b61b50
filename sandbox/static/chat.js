// The page: panes side by side (tabs on a phone), kept fresh by one live stream.
import { clearEvents, fillEvents, noteRequest, wireFaults } from "./events.js";
import { Pane } from "./pane.js";
import { fillShelf } from "./shelf.js";
import { element, role, say } from "./texts.js";
import { get, listen } from "./wire.js";

const stage = document.getElementById("panes");
const tabs = document.getElementById("tabs");
const announcer = document.getElementById("announcer");
const panes = new Map();

function nameOf(id) {
  return panes.get(id)?.person.name;
}

function addPane(person) {
  if (panes.has(person.id)) {
    return;
  }
  const pane = new Pane(person, panes.size % 4, announce);
  panes.set(person.id, pane);
  stage.append(pane.node);
  addTab(pane);
}

function addTab(pane) {
  const { id, name } = pane.person;
  const attributes = { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `pane-${id}`, "data-place": pane.node.dataset.place };
  pane.tab = element("button", attributes, name, element("span", { class: "badge", hidden: true }));
  pane.tab.title = role(pane.person.role);
  pane.tab.addEventListener("click", () => choose(pane));
  pane.tab.addEventListener("keydown", (event) => step(event, pane));
  tabs.append(pane.tab);
  if (panes.size === 1) {
    choose(pane);
  } else {
    pane.tab.setAttribute("aria-selected", "false");
    pane.tab.tabIndex = -1;
  }
}

function choose(chosen) {
  for (const pane of panes.values()) {
    const current = pane === chosen;
    pane.node.classList.toggle("current", current);
    pane.tab.setAttribute("aria-selected", String(current));
    pane.tab.tabIndex = current ? 0 : -1;
  }
  chosen.history.toBottom();
}

function step(event, pane) {
  const shift = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (shift) {
    const all = [...panes.values()];
    const next = all[(all.indexOf(pane) + shift + all.length) % all.length];
    choose(next);
    next.tab.focus();
  }
}

function announce(pane, news) {
  const last = news[news.length - 1];
  const text = (last.text || last.caption || last.document?.name || say("photo")).split("\n")[0];
  announcer.textContent = say("announced", { name: pane.person.name, text });
}

let bot = null;

async function showBot() {
  const bots = await get("/bots");
  bot = bots[bots.length - 1];
  const line = document.getElementById("bot");
  line.textContent = bot ? say("bot_online", { name: bot.name, username: bot.username }) : say("bot_offline");
  line.classList.toggle("online", Boolean(bot));
}

const REACTIONS = {
  message: (pane) => pane?.refresh(),
  edited: (pane) => pane?.refresh(),
  deleted: (pane) => pane?.refresh(),
  action: (pane, data) => pane?.acts(data.action),
  blocked: (pane, data) => pane?.showBlocked(data.blocked),
  toast: (pane, data) => (data.show_alert ? alertBox(data.text) : pane?.toast(data.text)),
  request: (_, data) => noteRequest(data, nameOf),
  people: (_, data) => addPane(data),
  bots: () => showBot().then(refreshAll),
  reset: () => {
    panes.forEach((pane) => pane.clear());
    clearEvents();
  },
};

function alertBox(text) {
  document.getElementById("alert-text").textContent = text;
  document.getElementById("alert").showModal();
}

function refreshAll() {
  const all = [...panes.values()];
  return Promise.all(bot ? all.map((pane) => pane.refresh()) : all.map((pane) => pane.waitForBot()));
}

function fold(button, target) {
  const node = document.getElementById(target);
  const switch_ = document.getElementById(button);
  const narrow = matchMedia("(max-width: 1000px)").matches;
  if (target === "shelf" && narrow) {
    node.hidden = true;
    switch_.setAttribute("aria-expanded", "false");
  }
  switch_.addEventListener("click", () => {
    node.hidden = !node.hidden;
    switch_.setAttribute("aria-expanded", String(!node.hidden));
  });
}

function wireTheme() {
  const wished = localStorage.getItem("theme");
  if (wished) {
    document.documentElement.dataset.theme = wished;
  }
  document.getElementById("theme").addEventListener("click", () => {
    const dark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", document.documentElement.dataset.theme);
  });
}

async function begin() {
  wireTheme();
  fold("shelf-toggle", "shelf");
  fold("events-toggle", "events");
  (await get("/people")).forEach(addPane);
  wireFaults([...panes.values()]);
  await showBot();
  await Promise.all([refreshAll(), fillEvents(nameOf)]);
  await fillShelf([...panes.values()], (id, ...parcel) => panes.get(id).send(...parcel, ""));
  let lost = false;
  listen(
    (event) => REACTIONS[event.kind]?.(panes.get(event.person), event.data),
    (open) => {
      document.getElementById("offline").hidden = open;
      if (open && lost) {
        panes.forEach((pane) => pane.clear());
      }
      if (open) {
        refreshAll();
      }
      lost = !open;
    },
  );
  document.body.dataset.ready = "yes";
}

begin();
