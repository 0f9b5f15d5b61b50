// A picture at full size; the arrows walk through the pictures of its album.
import { element, say } from "./texts.js";

const box = document.getElementById("lightbox");
const image = document.getElementById("lightbox-image");
const view = document.getElementById("lightbox-view");
const parts = Object.fromEntries(
  ["name", "download", "caption", "previous", "next", "close"].map((part) => [
    part,
    document.getElementById(`lightbox-${part}`),
  ]),
);
let pictures = [];
let current = 0;

export function openLightbox(shown, index) {
  pictures = shown;
  show(index);
  box.showModal();
  view.focus();
}

function show(index) {
  current = (index + pictures.length) % pictures.length;
  const { file, caption } = pictures[current];
  image.src = file.url;
  image.alt = caption || say("photo");
  view.classList.remove("full");
  parts.name.textContent = pictures.length > 1 ? `${current + 1} / ${pictures.length}` : "";
  parts.caption.textContent = caption;
  parts.download.href = `${file.url}?download`;
  parts.previous.hidden = parts.next.hidden = pictures.length < 2;
}

parts.previous.addEventListener("click", () => show(current - 1));
parts.next.addEventListener("click", () => show(current + 1));
parts.close.addEventListener("click", () => box.close());
image.addEventListener("click", () => view.classList.toggle("full"));
view.addEventListener("click", (event) => event.target === view && box.close());
box.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step && !view.classList.contains("full")) {
    show(current + step);
  } else if (event.key === "Enter" && event.target === view) {
    view.classList.toggle("full");
  }
});

export function thumbnail(pictures_, index, label) {
  const { file } = pictures_[index];
  const picture = element("img", { src: file.url, alt: "", width: file.width, height: file.height, loading: "lazy" });
  const open = () => openLightbox(pictures_, index);
  return element("button", { type: "button", class: "picture", "aria-label": label, onclick: open }, picture);
}
