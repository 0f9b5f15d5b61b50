// Requests to the person's side and the one live stream.
export class Refused extends Error {}

async function decoded(response) {
  const body = await response.json();
  if (!response.ok) {
    throw new Refused(body.message ?? response.statusText);
  }
  return body;
}

const language = document.documentElement.lang;

function address(path) {
  return `${path}${path.includes("?") ? "&" : "?"}lang=${language}`;
}

export async function get(path) {
  return decoded(await fetch(address(path)));
}

export async function post(path, body) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  return decoded(await fetch(address(path), options));
}

export async function remove(path) {
  return decoded(await fetch(address(path), { method: "DELETE" }));
}

export async function sendFiles(person, files, as, album, caption) {
  const form = new FormData();
  form.append("as", as);
  form.append("album", album ? "1" : "0");
  form.append("caption", caption);
  for (const file of files) {
    form.append("file", file, file.name);
  }
  return decoded(await fetch(address(`/people/${person}/files`), { method: "POST", body: form }));
}

export function listen(onEvent, onState) {
  const stream = new EventSource("/events");
  stream.addEventListener("open", () => onState(true));
  stream.addEventListener("error", () => onState(false));
  stream.addEventListener("message", (message) => onEvent(JSON.parse(message.data)));
  return stream;
}
