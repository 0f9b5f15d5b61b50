// The page's words, sizes and times, in the language that the server chose.
const words = JSON.parse(document.getElementById("texts").textContent);
const language = document.documentElement.lang;

export function say(key, values = {}) {
  const text = words[`page.${key}`] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

export function role(code) {
  return words[`role.${code}`] ?? code;
}

export function size(bytes) {
  const steps = ["bytes", "kilobytes", "megabytes", "gigabytes"];
  let step = 0;
  let value = bytes;
  while (value >= 1024 && step < steps.length - 1) {
    value /= 1024;
    step += 1;
  }
  const digits = value < 10 && step > 0 ? 1 : 0;
  const number = value.toLocaleString(language, { maximumFractionDigits: digits });
  return say(steps[step], { number });
}

export function clockTime(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
}

export function exactTime(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(language);
}

export function day(seconds) {
  const date = new Date(seconds * 1000);
  if (date.toDateString() === new Date().toDateString()) {
    return say("today");
  }
  return date.toLocaleDateString(language, { day: "numeric", month: "long" });
}

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (typeof value === "boolean") {
      node.toggleAttribute(name, value);
    } else if (value !== null && value !== undefined) {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}
