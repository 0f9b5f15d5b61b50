// The door inside Telegram: shows Telegram's word, which stands in the address, and goes on to the page.
// The messenger's own script is not needed for that, so nothing of another host is loaded.
const find = (id) => document.getElementById(id);

function word() {
  const given = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData");
  if (given) {
    sessionStorage.setItem("word", given);
  }
  return given ?? sessionStorage.getItem("word");
}

// Each of Telegram's clients listens in its own way.
function tellTelegram(name) {
  if (window.TelegramWebviewProxy) {
    window.TelegramWebviewProxy.postEvent(name, "{}");
  } else if (window.external && "notify" in window.external) {
    window.external.notify(JSON.stringify({ eventType: name, eventData: {} }));
  } else if (window.parent !== window) {
    window.parent.postMessage(JSON.stringify({ eventType: name, eventData: {} }), "https://web.telegram.org");
  }
}

function only(id, text) {
  for (const part of ["words", "outside", "trouble", "which"]) {
    find(part).hidden = part !== id;
  }
  if (text) {
    find(id).textContent = text;
  }
}

async function enter(said) {
  const college = new URLSearchParams(location.search).get("college") ?? "";
  const answer = await fetch(`/app/enter?college=${encodeURIComponent(college)}`, { method: "POST", body: said });
  const body = await answer.json();
  if (!answer.ok) {
    only("words", body.message);
  } else if (body.length === 1) {
    location.replace(body[0].address);
  } else {
    only("which");
    find("doors").append(...body.map(door));
  }
}

function door({ college, address }) {
  const link = document.createElement("a");
  link.href = address;
  link.className = "button";
  link.textContent = college;
  const item = document.createElement("li");
  item.append(link);
  return item;
}

async function begin() {
  tellTelegram("web_app_ready");
  tellTelegram("web_app_expand");
  const said = word();
  if (!said) {
    only("outside");
    return;
  }
  try {
    await enter(said);
  } catch {
    only("trouble");
    setTimeout(begin, 5000);
  }
}

begin();
