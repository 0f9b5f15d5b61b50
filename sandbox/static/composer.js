// Where a person writes: text, attached files, the choice of file or photo.
import { element, say, size } from "./texts.js";

export class Composer {
  constructor(deeds) {
    this.deeds = deeds;
    this.files = [];
    this.picker = element("input", { type: "file", multiple: true, class: "unseen", tabindex: "-1", "aria-hidden": "true" });
    this.picker.addEventListener("change", () => this.attach([...this.picker.files]));
    this.field = element("textarea", { rows: "1", "aria-label": say("message"), placeholder: say("message") });
    this.tray = element("div", { class: "tray", hidden: true });
    this.menu = element("ul", { class: "menu", hidden: true });
    this.menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.toggleMenu();
        this.menuButton.focus();
      }
    });
    this.node = element("form", { class: "composer" }, this.menu, this.tray, this.picker, this.row());
    this.node.addEventListener("submit", (event) => this.submit(event));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("input", () => this.grow());
  }

  row() {
    const attach = { type: "button", class: "round", "aria-label": say("attach"), title: say("attach") };
    const send = { type: "submit", class: "round send", "aria-label": say("send"), title: say("send") };
    const menu = { type: "button", class: "round", "aria-label": say("commands"), title: say("commands"), "aria-expanded": "false" };
    this.menuButton = element("button", { ...menu, onclick: () => this.toggleMenu() }, "/");
    return element(
      "div",
      { class: "composer-row" },
      this.menuButton,
      element("button", { ...attach, onclick: () => this.picker.click() }, icon("clip")),
      this.field,
      element("button", send, icon("send")),
    );
  }

  async toggleMenu() {
    this.menu.hidden = !this.menu.hidden;
    this.menuButton.setAttribute("aria-expanded", String(!this.menu.hidden));
    if (!this.menu.hidden) {
      const commands = await this.deeds.commands();
      this.menu.replaceChildren(...commands.map((command) => this.menuItem(command)));
      if (!commands.length) {
        this.menu.append(element("li", { class: "hint" }, say("no_commands")));
      }
      this.menu.querySelector("button")?.focus();
    }
  }

  menuItem({ command, description }) {
    const choose = () => {
      this.toggleMenu();
      this.field.focus();
      this.deeds.say(`/${command}`);
    };
    const words = [element("code", {}, `/${command}`), ` ${description}`];
    return element("li", {}, element("button", { type: "button", class: "menu-item", onclick: choose }, ...words));
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.node.requestSubmit();
    } else if (event.key === "Escape" && this.files.length) {
      this.attach([]);
    }
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 140)}px`;
  }

  async submit(event) {
    event.preventDefault();
    if (this.files.length) {
      return this.sendFiles("document");
    }
    const text = this.field.value.trim();
    if (text && (await this.deeds.say(text))) {
      this.field.value = "";
      this.grow();
    }
    return undefined;
  }

  async sendFiles(as) {
    const album = this.tray.querySelector("[name=album]")?.checked ?? false;
    this.tray.setAttribute("aria-busy", "true");
    const sent = await this.deeds.send(this.files, as, album, this.field.value.trim());
    this.tray.removeAttribute("aria-busy");
    if (sent) {
      this.field.value = "";
      this.grow();
      this.attach([]);
      this.field.focus();
    }
  }

  attach(files) {
    this.files = files;
    this.picker.value = "";
    this.tray.hidden = !files.length;
    this.tray.replaceChildren(...(files.length ? this.trayContent() : []));
    this.tray.querySelector(".primary")?.focus();
  }

  trayContent() {
    const chips = this.files.map((file, index) =>
      element("li", { class: "chip" }, element("span", { class: "chip-name" }, file.name), ` ${size(file.size)}`, this.drop(file, index)),
    );
    const album = element("label", { class: "check" }, element("input", { type: "checkbox", name: "album", checked: true }), ` ${say("album")}`);
    return [
      element("ul", { class: "chips" }, ...chips),
      this.files.length > 1 ? album : null,
      element(
        "div",
        { class: "tray-buttons" },
        element("button", { type: "button", class: "button primary", onclick: () => this.sendFiles("document") }, say("send_as_file")),
        element("button", { type: "button", class: "button", onclick: () => this.sendFiles("photo") }, say("send_as_photo")),
      ),
    ].filter(Boolean);
  }

  drop(file, index) {
    const label = say("remove", { name: file.name });
    const without = () => this.attach(this.files.filter((_, other) => other !== index));
    return element("button", { type: "button", class: "chip-drop", "aria-label": label, onclick: without }, "×");
  }
}

const SHAPES = {
  clip: "M16.500 6.500l-7.800 7.800a2.200 2.200 0 0 0 3.100 3.100l8-8a4 4 0 0 0-5.600-5.600l-8.300 8.300a5.800 5.800 0 0 0 8.200 8.200l6.400-6.400",
  send: "M4 12l16-8-5 17-4-7z",
};

function icon(shape) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[shape]);
  path.setAttribute("class", shape);
  drawing.append(path);
  return drawing;
}
