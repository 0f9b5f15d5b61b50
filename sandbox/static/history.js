// The list of messages in a pane: blocks in order, day lines, the unread line, staying at the bottom.
import { bubble } from "./message.js";
import { day, element, say } from "./texts.js";

const NEAR_PX = 60;

export class History {
  constructor(deeds, onUnread) {
    this.messages = new Map();
    this.blocks = new Map();
    this.deeds = { ...deeds, quote: (id) => this.quote(id) };
    this.onUnread = onUnread;
    this.unread = 0;
    this.loaded = false;
    this.list = element("div", { class: "messages" });
    this.node = element("div", { class: "scroll", tabindex: "0", role: "log", "aria-live": "off" }, this.list);
    this.stuck = true;
    this.node.addEventListener("scroll", () => {
      this.stuck = this.atBottom();
      if (this.stuck) {
        this.seen();
      }
    });
    const stay = new ResizeObserver(() => this.stuck && this.toBottom());
    stay.observe(this.node);
    stay.observe(this.list);
  }

  quote(id) {
    const message = this.messages.get(id);
    return message && (message.text || message.caption || message.document?.name || say("photo")).split("\n")[0];
  }

  update(changed, visible) {
    const follow = this.stuck && visible;
    const fresh = changed.filter((message) => !message.deleted && !this.messages.has(message.message_id));
    const news = this.loaded ? fresh.filter((message) => message.from === "bot") : [];
    changed.forEach((message) => this.messages.set(message.message_id, message));
    new Set(changed.map(blockOf)).forEach((key) => this.render(key, fresh));
    this.drawLines();
    const own = Math.max(0, ...fresh.filter((message) => message.from === "person").map((message) => message.message_id));
    if (follow || own || !this.loaded) {
      this.toBottom();
    }
    // What the person wrote shows that they have read what came before it; in a pane out of sight, not what came after.
    const unread = own && !visible ? news.filter((message) => message.message_id > own) : news;
    if (unread.length && !follow && !(own && visible)) {
      this.noteUnread(unread);
    }
    this.loaded = true;
    return news;
  }

  render(key, fresh) {
    const messages = [...this.messages.values()]
      .filter((message) => blockOf(message) === key && !message.deleted)
      .sort((one, other) => one.message_id - other.message_id);
    const old = this.blocks.get(key);
    if (!messages.length) {
      old?.remove();
      this.blocks.delete(key);
      return;
    }
    const node = bubble(messages, this.deeds);
    if (this.loaded && messages.some((message) => fresh.includes(message))) {
      node.classList.add("fresh");
    } else if (this.loaded) {
      node.classList.add("touched");
    }
    this.place(key, node, old);
  }

  place(key, node, old) {
    if (old) {
      const label = old.contains(document.activeElement) ? document.activeElement.textContent : null;
      old.replaceWith(node);
      if (label !== null) {
        this.refocus(node, label);
      }
    } else {
      const id = Number(node.dataset.id);
      const next = [...this.list.querySelectorAll(".block")].find((block) => Number(block.dataset.id) > id);
      this.list.insertBefore(node, next ?? null);
    }
    this.blocks.set(key, node);
  }

  refocus(node, label) {
    const buttons = [...node.querySelectorAll("button")];
    const same = buttons.find((button) => button.textContent === label) ?? buttons[0] ?? this.node;
    same.focus({ preventScroll: true });
  }

  drawLines() {
    this.list.querySelectorAll(".day").forEach((line) => line.remove());
    let previous = null;
    for (const block of this.list.querySelectorAll(".block")) {
      const message = this.messages.get(Number(block.dataset.id));
      const name = message ? day(message.date) : previous;
      if (name !== previous) {
        block.before(element("p", { class: "day" }, element("span", {}, name)));
      }
      previous = name;
    }
  }

  noteUnread(news) {
    if (!this.unread) {
      this.list.querySelector(".unread-line")?.remove();
      const block = this.blocks.get(blockOf(news[0]));
      block?.before(element("p", { class: "unread-line" }, element("span", {}, say("unread"))));
    }
    this.unread += news.length;
    this.onUnread(this.unread);
  }

  seen() {
    if (this.unread) {
      this.unread = 0;
      this.onUnread(0);
    }
  }

  acted() {
    this.list.querySelector(".unread-line")?.remove();
    this.seen();
  }

  clear() {
    this.messages.clear();
    this.blocks.clear();
    this.list.replaceChildren();
    this.loaded = false;
    this.seen();
  }

  atBottom() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_PX;
  }

  toBottom() {
    this.stuck = true;
    this.node.scrollTop = this.node.scrollHeight;
    this.seen();
  }
}

function blockOf(message) {
  return message.media_group_id ? `g${message.media_group_id}` : `m${message.message_id}`;
}
