// The words of this page's language, and small ways to put them on the page.
const words = JSON.parse(document.getElementById("texts").textContent);

export const limits = JSON.parse(document.getElementById("limits").textContent);

export function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function find(id) {
  return document.getElementById(id);
}

// Said once, for those who listen: starts, ends and failures, never each step.
export function announce(text) {
  const line = find("announcer");
  line.textContent = "";
  setTimeout(() => {
    line.textContent = text;
  }, 50);
}

const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
const UNITS = { ru: ["КБ", "МБ"], en: ["KB", "MB"] }[document.documentElement.lang];

export function size(bytes) {
  const [kilo, mega] = UNITS;
  if (bytes < 1_000_000) {
    return `${Math.ceil(bytes / 1000)}\u00a0${kilo}`;
  }
  const megabytes = bytes / 1_000_000;
  return `${number.format(megabytes < 10 ? megabytes : Math.round(megabytes))}\u00a0${mega}`;
}
