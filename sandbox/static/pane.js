// One person's window: head, history, toasts, composer.
import { Composer } from "./composer.js";
import { SHELF_TYPE, dropZones } from "./dropping.js";
import { History } from "./history.js";
import { shelfFiles } from "./shelf.js";
import { element, role, say } from "./texts.js";
import { get, post, sendFiles } from "./wire.js";

const TOAST_MS = 4000;
const ACTION_MS = 5000;

export class Pane {
  constructor(person, place, onNews) {
    this.person = person;
    this.onNews = onNews;
    this.change = 0;
    this.composer = new Composer({
      say: (text) => this.say(text),
      send: (...parcel) => this.send(...parcel),
      commands: async () => (await this.attempt(() => get(`/people/${this.person.id}/commands`))) || [],
    });
    this.history = new History(
      { press: (...press) => this.press(...press), follow: (target) => this.follow(target) },
      (count) => this.showUnread(count),
    );
    this.build(place);
  }

  build(place) {
    this.badge = element("span", { class: "badge", hidden: true });
    this.status = element("p", { class: "status" }, role(this.person.role));
    this.toasts = element("div", { class: "toasts", role: "status" });
    this.jump = element("button", { type: "button", class: "jump", hidden: true, "aria-label": say("to_bottom") }, "↓");
    this.jump.addEventListener("click", () => this.history.toBottom());
    this.history.node.addEventListener("scroll", () => this.showJump());
    this.start = this.startButton();
    const title = `name-${this.person.id}`;
    this.node = element("section", { class: "pane", id: `pane-${this.person.id}`, "aria-labelledby": title, "data-place": place });
    this.history.node.setAttribute("aria-label", say("chat_of", { name: this.person.name }));
    const names = element("div", { class: "names" }, element("h2", { id: title }, this.person.name), this.status);
    const avatar = element("span", { class: "avatar", "aria-hidden": "true" }, [...this.person.name][0] ?? "?");
    this.node.append(
      element("header", { class: "pane-head" }, avatar, names, this.badge),
      element("div", { class: "pane-body" }, this.history.node, this.start, this.jump, this.toasts),
      this.composer.node,
      this.blockedNote(),
      dropZones(this.node, (transfer, as) => this.dropped(transfer, as)),
    );
    this.node.addEventListener("pointerdown", () => this.history.atBottom() && this.history.seen());
  }

  blockedNote() {
    const unblock = element("button", { type: "button", class: "button small", onclick: () => this.toggleBlock() }, say("unblock"));
    this.note = element("p", { class: "blocked-note", hidden: true }, element("span", {}, say("blocked")), unblock);
    return this.note;
  }

  startButton() {
    const button = element("button", { type: "button", class: "button primary", onclick: () => this.say("/start") }, say("start"));
    return element("div", { class: "start", hidden: true }, element("p", {}, say("empty")), button);
  }

  visible() {
    return this.node.offsetParent !== null && !document.hidden;
  }

  async refresh() {
    if (this.loading) {
      this.again = true;
      return;
    }
    this.loading = true;
    try {
      if (this.blocked === undefined) {
        this.showBlocked((await get(`/people/${this.person.id}`)).blocked);
      }
      const changed = await get(`/people/${this.person.id}/messages?after=${this.change}`);
      this.change = Math.max(this.change, ...changed.map((message) => message.change));
      this.show(changed);
    } catch (error) {
      this.toast(error.message, "refused");
    }
    this.loading = false;
    if (this.again) {
      this.again = false;
      await this.refresh();
    }
  }

  show(changed) {
    const news = this.history.update(changed, this.visible());
    this.start.hidden = this.history.messages.size > 0;
    this.start.querySelector("p").textContent = say("empty");
    this.start.querySelector("button").hidden = false;
    if (news.length) {
      this.acts(null);
      this.onNews(this, news);
    }
  }

  waitForBot() {
    this.start.hidden = false;
    this.start.querySelector("p").textContent = say("bot_offline");
    this.start.querySelector("button").hidden = true;
  }

  clear() {
    this.change = 0;
    this.history.clear();
    this.start.hidden = false;
  }

  async attempt(deed) {
    try {
      this.history.acted();
      return (await deed()) ?? true;
    } catch (error) {
      this.toast(error.message, "refused");
      return false;
    }
  }

  say(text) {
    return this.attempt(() => post(`/people/${this.person.id}/text`, { text }));
  }

  send(files, as, album, caption) {
    return this.attempt(() => sendFiles(this.person.id, files, as, album && files.length > 1, caption));
  }

  async dropped(transfer, as) {
    const names = transfer.getData(SHELF_TYPE);
    const outside = [...transfer.files];
    const files = names ? await shelfFiles(JSON.parse(names)) : outside;
    if (files.length) {
      await this.send(files, as, true, "");
    }
  }

  async press(message, button, node) {
    if (node.getAttribute("aria-busy") === "true") {
      return;
    }
    if (button.copy_text) {
      await navigator.clipboard.writeText(button.copy_text.text);
      this.toast(say("copied"));
    } else if (button.url ?? button.web_app?.url) {
      await this.follow({ url: button.url ?? button.web_app.url });
    } else if (button.data !== null) {
      node.setAttribute("aria-busy", "true");
      const body = { message_id: message.message_id, data: button.data, wait: 15 };
      const answer = await this.attempt(() => post(`/people/${this.person.id}/press`, body));
      node.removeAttribute("aria-busy");
      if (answer && answer.answered === false) {
        this.toast(say("no_answer"), "refused");
      }
    }
  }

  async follow({ url, command }) {
    if (command) {
      await this.say(command);
      return;
    }
    const answer = await this.attempt(() => post(`/people/${this.person.id}/open`, { url }));
    if (answer?.url) {
      window.open(answer.url, "_blank", "noopener");
    }
  }

  async toggleBlock() {
    await this.attempt(() => post(`/people/${this.person.id}/${this.blocked ? "unblock" : "block"}`, {}));
  }

  showBlocked(blocked) {
    this.blocked = blocked;
    this.node.classList.toggle("blocked", blocked);
    this.note.hidden = !blocked;
  }

  acts(action) {
    clearTimeout(this.actionTimer);
    this.status.classList.toggle("acting", Boolean(action));
    this.status.textContent = action ? say(action === "typing" ? "typing" : "sending") : role(this.person.role);
    if (action) {
      this.actionTimer = setTimeout(() => this.acts(null), ACTION_MS);
    }
  }

  toast(text, kind = "") {
    const node = element("p", { class: `toast ${kind}` }, text);
    this.toasts.append(node);
    setTimeout(() => node.remove(), TOAST_MS);
  }

  showUnread(count) {
    this.badge.hidden = !count;
    this.badge.textContent = count;
    this.tab?.querySelector(".badge").replaceChildren(count ? String(count) : "");
    this.tab?.querySelector(".badge").toggleAttribute("hidden", !count);
    this.showJump();
  }

  showJump() {
    this.jump.hidden = this.history.atBottom();
  }
}
