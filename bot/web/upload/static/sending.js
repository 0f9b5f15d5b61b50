// One file on its way: resumable uploads by tus 1.0. It survives a cut network and a restart of the server.
import { limits, say } from "./texts.js";

const VERSION = { "Tus-Resumable": "1.0.0" };
const FIRST_BYTES = 1 << 20;
const MOST_BYTES = 8 << 20;
const A_REQUEST_S = 3;
const LONGEST_PAUSE_S = 20;
const FOLLOW_S = 2;

export class Refused extends Error {}

class Later extends Error {
  constructor(message, waitS) {
    super(message);
    this.waitS = waitS;
  }
}

export class Sending {
  // `tell(state, values)` is called with each change: sending, follows, offline, waits.
  constructor(file, tell) {
    this.file = file;
    this.tell = tell;
    this.place = null;
    this.offset = 0;
    this.bytes = FIRST_BYTES;
    this.request = null;
    this.stopped = false;
    this.pauses = 0;
    this.wake = () => {};
  }

  get key() {
    return this.place?.split("/").pop() ?? null;
  }

  get share() {
    return Math.floor((this.offset * 100) / this.file.size);
  }

  // Until all bytes are safe. Throws Refused with the server's sentence; ends quietly where it was stopped.
  async run() {
    while (!this.stopped) {
      try {
        if (await this.go()) {
          return;
        }
      } catch (error) {
        if (this.stopped) {
          return;
        }
        if (error instanceof Refused) {
          throw error;
        }
        await this.rest(error);
      }
    }
  }

  async go() {
    if (this.place === null) {
      await this.announce();
    } else {
      await this.ask();
    }
    this.pauses = 0;
    while (!this.stopped && this.offset < this.file.size) {
      await this.sendPiece();
      this.pauses = 0;
    }
    if (this.offset === this.file.size && !this.stopped) {
      await this.ask();
      return true;
    }
    return false;
  }

  async announce() {
    const mark = `${this.file.name}|${this.file.size}|${this.file.lastModified}`;
    const answer = await this.call("POST", `${limits.base}/files`, {
      "Upload-Length": String(this.file.size),
      "Upload-Metadata": `filename ${base64(this.file.name)},fingerprint ${base64(mark)}`,
    });
    this.place = answer.headers.get("Location");
    this.moveTo(Number(answer.headers.get("Upload-Offset")));
  }

  async ask() {
    const answer = await this.call("HEAD", this.place);
    this.moveTo(Number(answer.headers.get("Upload-Offset")));
  }

  moveTo(offset) {
    this.offset = offset;
    this.tell("sending", { share: this.share });
  }

  async call(method, address, headers = {}) {
    let answer;
    try {
      answer = await fetch(address, { method, headers: { ...VERSION, ...headers } });
    } catch {
      throw new Later("offline", null);
    }
    if (answer.ok) {
      return answer;
    }
    const body = method === "HEAD" ? {} : await answer.json().catch(() => ({}));
    throw this.fault(answer.status, (name) => answer.headers.get(name), body.message);
  }

  // XMLHttpRequest, because fetch does not tell how much of a body has gone out.
  sendPiece() {
    const began = performance.now();
    const piece = this.file.slice(this.offset, this.offset + this.bytes);
    return new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.open("PATCH", this.place);
      request.setRequestHeader("Tus-Resumable", "1.0.0");
      request.setRequestHeader("Upload-Offset", String(this.offset));
      request.setRequestHeader("Content-Type", "application/offset+octet-stream");
      request.upload.onprogress = (event) => {
        this.tell("sending", { share: Math.floor(((this.offset + event.loaded) * 100) / this.file.size) });
      };
      request.onerror = request.onabort = request.ontimeout = () => fail(new Later("offline", null));
      request.onload = () => {
        if (request.status === 204) {
          this.adapt((performance.now() - began) / 1000);
          this.moveTo(Number(request.getResponseHeader("Upload-Offset")));
          done();
        } else {
          fail(this.fault(request.status, (name) => request.getResponseHeader(name), messageIn(request.responseText)));
        }
      };
      request.send(piece);
    });
  }

  // Pieces take a few seconds each: little is lost when a proxy on the way swallows one.
  adapt(seconds) {
    const wanted = (this.bytes / Math.max(seconds, 0.01)) * A_REQUEST_S;
    this.bytes = Math.round(Math.min(MOST_BYTES, Math.max(FIRST_BYTES / 4, wanted)));
  }

  fault(status, header, message) {
    const waitS = Number(header("Retry-After")) || null;
    if (status === 409) {
      this.offset = Number(header("Upload-Offset"));
      return new Later("", 0);
    }
    if (status === 423) {
      return new Later("follows", FOLLOW_S);
    }
    if (status === 404 && this.place !== null) {
      this.place = null;
      return new Later("", 0);
    }
    if (status === 429 || status === 507) {
      return new Later(message, waitS);
    }
    return status >= 500 || status === 0 ? new Later("offline", waitS) : new Refused(message ?? "");
  }

  // Waits before the next try: as long as the server asked, else longer each time; the network's return ends it.
  async rest(error) {
    if (error.message === "offline") {
      await this.requireFile();
    }
    if (error.message) {
      this.tell(error.message === "offline" || error.message === "follows" ? error.message : "waits", {
        share: this.share,
        message: error.message,
      });
    }
    this.pauses += 1;
    const seconds = error.waitS ?? Math.min(LONGEST_PAUSE_S, 2 ** (this.pauses - 1));
    await new Promise((done) => {
      this.wake = done;
      setTimeout(done, seconds * 1000);
    });
  }

  // A file that was changed or moved away cannot be sent, and the browser calls that a lost connection too.
  async requireFile() {
    try {
      await this.file.slice(this.offset, this.offset + 1).arrayBuffer();
    } catch {
      throw new Refused(say("changed"));
    }
  }

  async cancel() {
    this.stopped = true;
    this.request?.abort();
    this.wake();
    if (this.place) {
      await fetch(this.place, { method: "DELETE", headers: VERSION }).catch(() => {});
    }
  }
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function messageIn(body) {
  try {
    return JSON.parse(body).message;
  } catch {
    return undefined;
  }
}
