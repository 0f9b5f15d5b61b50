// Formatted text as DOM nodes: never as HTML, so nothing a bot or a person writes can run here.
import { element } from "./texts.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
  spoiler: "span",
};

export function formatted(text, entities, onLink) {
  return nodes(text, 0, text.length, sorted(entities), onLink);
}

function sorted(entities) {
  return [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
}

function nodes(text, from, to, entities, onLink) {
  const result = [];
  let position = from;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < position) {
      continue;
    }
    const inner = entities.slice(index + 1).filter((other) => other.offset < end);
    result.push(text.slice(position, entity.offset), wrapped(text, entity, end, inner, onLink));
    position = end;
  }
  result.push(text.slice(position, to));
  return result.filter((node) => node !== "");
}

function wrapped(text, entity, end, inner, onLink) {
  const content = nodes(text, entity.offset, end, inner, onLink);
  const words = text.slice(entity.offset, end);
  if (entity.type === "url" || entity.type === "text_link") {
    return link(entity.url ?? words, content, onLink);
  }
  if (entity.type === "bot_command") {
    return element("button", { type: "button", class: "command", onclick: () => onLink({ command: words }) }, ...content);
  }
  const node = element(TAGS[entity.type] ?? "span", {}, ...content);
  if (entity.type === "spoiler") {
    node.className = "spoiler";
    node.tabIndex = 0;
  }
  return node;
}

function link(url, content, onLink) {
  const isStart = /^(https?:\/\/(t|telegram)\.me\/|tg:)/i.test(url);
  const follow = (event) => {
    if (isStart) {
      event.preventDefault();
      onLink({ url });
    }
  };
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick: follow }, ...content);
}
