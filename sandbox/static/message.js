// One message, or one album of messages, as a bubble.
import { formatted } from "./formatting.js";
import { thumbnail } from "./lightbox.js";
import { clockTime, element, say, size } from "./texts.js";

export function bubble(messages, deeds) {
  const first = messages[0];
  const last = messages[messages.length - 1];
  const side = first.from === "bot" ? "from-bot" : "from-person";
  const body = element("div", { class: "bubble" }, ...content(messages, deeds), footer(last));
  const node = element("div", { class: `block ${side}`, "data-id": first.message_id }, body);
  node.append(...keyboard(last, deeds));
  return node;
}

function content(messages, deeds) {
  const parts = [];
  const quoted = messages[0].reply_to && deeds.quote(messages[0].reply_to);
  if (quoted) {
    parts.push(element("p", { class: "quote" }, quoted));
  }
  if (messages.some((message) => message.forwarded)) {
    parts.push(element("p", { class: "forwarded" }, say("forwarded")));
  }
  parts.push(...pictures(messages), ...messages.filter((message) => message.document).map(document_));
  for (const message of messages) {
    const text = message.text || message.caption;
    if (text) {
      parts.push(element("div", { class: "text" }, ...formatted(text, message.entities, deeds.follow)));
    }
  }
  return parts;
}

function pictures(messages) {
  const shown = messages
    .filter((message) => message.photo)
    .map((message) => ({ file: message.photo, caption: message.caption }));
  if (!shown.length) {
    return [];
  }
  const grid = element("div", { class: `pictures count-${shown.length > 4 ? "many" : shown.length}` });
  shown.forEach(({ caption }, index) => {
    const label = say("open_picture", { number: index + 1, total: shown.length, caption: caption.split("\n")[0] });
    grid.append(thumbnail(shown, index, label));
  });
  return [grid];
}

function document_(message) {
  const { name, size: bytes, url } = message.document;
  const kind = (name.split(".").pop() || "").slice(0, 4);
  const label = say("download", { name });
  return element(
    "a",
    { class: "file", href: `${url}?download`, download: name, "aria-label": `${label}, ${size(bytes)}` },
    element("span", { class: "file-kind", "data-kind": kind.toLowerCase(), "aria-hidden": "true" }, kind),
    element("span", { class: "file-words" }, element("span", { class: "file-name" }, name), element("span", { class: "file-size" }, size(bytes))),
  );
}

function footer(message) {
  const edited = message.edit_date ? `${say("edited")} ` : "";
  const time = new Date(message.date * 1000).toISOString();
  return element("p", { class: "time" }, edited, element("time", { datetime: time }, clockTime(message.date)));
}

function keyboard(message, deeds) {
  if (!message.buttons.length) {
    return [];
  }
  const rows = message.buttons.map((row) =>
    element("div", { class: "keys-row" }, ...row.map((button) => key(message, button, deeds))),
  );
  return [element("div", { class: "keys", role: "group", "aria-label": say("buttons") }, ...rows)];
}

function key(message, button, deeds) {
  const style = button.style ? ` ${button.style}` : "";
  const mark = button.url || button.web_app ? element("span", { class: "key-mark", "aria-hidden": "true" }, "↗") : null;
  const node = element("button", { type: "button", class: `key${style}` }, button.text, mark);
  node.addEventListener("click", () => deeds.press(message, button, node));
  return node;
}
