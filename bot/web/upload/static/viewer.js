// The pages of one file as large pictures: arrows walk, Esc closes, the focus goes back to where it was.
import { find } from "./texts.js";

const dialog = find("viewer");
const image = find("viewer-image");
const none = find("viewer-none");
let tiles = [];
let place = 0;

export function wireViewer() {
  find("files").addEventListener("click", (event) => {
    const tile = event.target.closest(".tile");
    if (tile) {
      open(tile);
    }
  });
  find("viewer-close").addEventListener("click", () => dialog.close());
  find("viewer-before").addEventListener("click", () => turn(-1));
  find("viewer-after").addEventListener("click", () => turn(1));
  dialog.addEventListener("keydown", (event) => {
    const shift = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (shift) {
      event.preventDefault();
      turn(shift);
    }
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => current()?.focus());
  image.addEventListener("error", () => showPicture(false));
  image.addEventListener("load", () => showPicture(true));
  document.addEventListener("error", (event) => hideBroken(event.target), true);
}

// A page without a picture keeps its number.
function hideBroken(node) {
  if (node instanceof HTMLImageElement && node.closest(".tile")) {
    node.hidden = true;
  }
}

// The list may have been renewed meanwhile: the tile of the same page is the one to go back to.
function current() {
  const tile = tiles[place];
  return tile?.isConnected ? tile : document.querySelector(`.tile[data-picture="${tile?.dataset.picture}"]`);
}

function open(tile) {
  tiles = [...tile.closest(".tiles").querySelectorAll(".tile")];
  place = tiles.indexOf(tile);
  show();
  dialog.showModal();
}

function turn(shift) {
  const next = place + shift;
  if (next >= 0 && next < tiles.length) {
    place = next;
    show();
  }
}

function show() {
  const tile = tiles[place];
  const words = tile.parentElement.querySelector(".tile-words");
  const label = tile.querySelector(".tile-label").textContent;
  find("viewer-place").textContent = `${place + 1} / ${tiles.length}`;
  find("viewer-words").replaceChildren(...(words ? [...words.cloneNode(true).childNodes] : [label]));
  find("viewer-before").disabled = place === 0;
  find("viewer-after").disabled = place === tiles.length - 1;
  image.alt = words?.innerText || label;
  showPicture(true);
  image.src = tile.dataset.picture;
}

function showPicture(there) {
  image.hidden = !there;
  none.hidden = there;
}
