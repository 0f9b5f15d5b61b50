// Files chosen or dropped here: three at once, rows for the first ones, a count for the rest.
import { looksLikeScan } from "./sniff.js";
import { Refused, Sending } from "./sending.js";
import { announce, find, limits, say, size } from "./texts.js";

const AT_ONCE = 3;
const MOST_ROWS = 30;
const MOST_FAILED_ROWS = 100;

export class Queue {
  // `onSafe` is called when a file is all on the server: from then on the server's own row tells of it.
  constructor(onSafe) {
    this.onSafe = onSafe;
    this.waiting = [];
    this.rows = new Set();
    this.running = 0;
    this.begun = 0;
    find("cancel-all").addEventListener("click", () => this.cancelAll());
    window.addEventListener("online", () => this.rows.forEach((row) => row.sending?.wake()));
  }

  // Files that are on their way from here, by their upload's key.
  keys() {
    return new Set([...this.rows].map((row) => row.sending?.key).filter(Boolean));
  }

  add(files) {
    const fresh = [...files].filter((file) => !this.has(file));
    this.waiting.push(...fresh.map((file) => ({ file })));
    if (fresh.length) {
      announce(say("announce.started", { n: fresh.length, name: fresh[0].name }));
    }
    this.fill();
  }

  has(file) {
    const same = (other) => other.name === file.name && other.size === file.size && other.lastModified === file.lastModified;
    return [...this.rows, ...this.waiting].some((row) => !row.failed && same(row.file));
  }

  // Takes rows for waiting files while there is room, and starts what may run.
  fill() {
    while (this.waiting.length && this.rows.size < MOST_ROWS + this.failed()) {
      const row = new Row(this.waiting.shift().file, this);
      this.rows.add(row);
      find("sending").append(row.node);
    }
    for (const row of this.rows) {
      if (this.running < AT_ONCE && row.idle) {
        this.start(row);
      }
    }
    this.showCount();
  }

  failed() {
    return Math.min(MOST_FAILED_ROWS, [...this.rows].filter((row) => row.failed).length);
  }

  showCount() {
    const coming = [...this.rows].filter((row) => !row.failed).length + this.waiting.length;
    find("sending-head").hidden = coming < 2;
    find("sending-hint").hidden = coming === 0;
    find("sending-count").textContent = say("coming", { n: coming });
    find("empty").hidden = this.rows.size > 0 || find("files").children.length > 0;
  }

  async start(row) {
    this.running += 1;
    const safe = await row.run();
    this.running -= 1;
    if (safe) {
      await this.onSafe(row.sending.key);
      this.drop(row);
    }
    this.fill();
    if (safe && !this.running && !this.waiting.length) {
      announce(say("announce.all"));
    }
  }

  drop(row) {
    this.rows.delete(row);
    row.node.remove();
  }

  cancelAll() {
    this.waiting = [];
    for (const row of [...this.rows].filter((one) => !one.failed)) {
      row.cancel();
    }
    this.showCount();
  }
}

class Row {
  constructor(file, queue) {
    this.file = file;
    this.queue = queue;
    this.sending = null;
    this.idle = true;
    this.failed = false;
    this.node = find("new-row").content.firstElementChild.cloneNode(true);
    this.state = this.node.querySelector(".state");
    this.bar = this.node.querySelector("progress");
    this.note = this.node.querySelector(".file-note");
    this.node.querySelector(".file-name").textContent = file.name;
    this.node.querySelector(".file-name").title = file.name;
    this.node.querySelector(".file-size").textContent = size(file.size);
    this.bar.setAttribute("aria-label", file.name);
    this.retry = this.node.querySelector(".retry");
    this.retry.setAttribute("aria-label", `${this.retry.textContent}: ${file.name}`);
    this.retry.addEventListener("click", () => this.again());
    this.stop = this.node.querySelector(".cancel");
    this.stop.setAttribute("aria-label", `${this.stop.textContent}: ${file.name}`);
    this.stop.addEventListener("click", () => this.cancel());
    this.show("queued");
  }

  show(state, values = {}) {
    this.state.textContent = say(state === "waits" ? "queued" : state, values);
    this.bar.value = values.share ?? this.bar.value;
    this.node.className = `file ${state === "failed" ? "bad" : state === "offline" ? "stopped" : "going"}`;
    this.bar.hidden = state === "queued" || state === "failed";
    this.note.textContent = state === "waits" || state === "failed" ? (values.message ?? "") : "";
    this.note.hidden = !this.note.textContent;
  }

  // True when all bytes are safe.
  async run() {
    this.idle = false;
    try {
      await this.require();
      this.sending = new Sending(this.file, (state, values) => this.show(state, values));
      await this.sending.run();
      if (this.sending.stopped) {
        return false;
      }
      this.show("storing", { share: 100 });
      return true;
    } catch (error) {
      this.fail(error instanceof Refused && error.message ? error.message : say("unexpected"), this.sending !== null);
      return false;
    }
  }

  // What would only be refused after minutes is refused before the first byte.
  async require() {
    const why = await this.why();
    if (why) {
      throw new Refused(why);
    }
  }

  async why() {
    if (this.file.size === 0) {
      return say("empty");
    }
    if (this.file.size > limits.largest) {
      return say("large", { size: size(this.file.size), limit: limits.largest / 1_000_000 });
    }
    try {
      return (await looksLikeScan(this.file)) ? "" : say("not_a_scan");
    } catch {
      return say("unreadable");
    }
  }

  // A file that cannot be right is not offered again.
  fail(message, mayRetry) {
    this.failed = true;
    this.show("failed", { message });
    this.retry.hidden = !mayRetry;
    this.name(this.stop.dataset.drop);
    announce(say("announce.failed", { name: this.file.name, message }));
  }

  name(deed) {
    const usual = this.stop.dataset.cancel ?? (this.stop.dataset.cancel = this.stop.textContent);
    this.stop.textContent = deed ?? usual;
    this.stop.setAttribute("aria-label", `${this.stop.textContent}: ${this.file.name}`);
  }

  again() {
    this.name();
    this.failed = false;
    this.idle = true;
    this.retry.hidden = true;
    this.show("queued");
    this.queue.fill();
  }

  async cancel() {
    this.idle = false;
    this.queue.drop(this);
    this.queue.showCount();
    find("choose").focus();
    await this.sending?.cancel();
  }
}
