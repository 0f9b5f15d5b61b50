// Dropping files onto a pane: from the desktop or from the shelf, as a file or as a photo.
import { element, say } from "./texts.js";

export const SHELF_TYPE = "application/x-aprobot-shelf";

export function dropZones(pane, onDrop) {
  const zone = (as, title, hint) => {
    const node = element("div", { class: "zone", "data-as": as }, element("strong", {}, say(title)), element("span", {}, say(hint)));
    node.addEventListener("dragover", () => node.classList.add("over"));
    node.addEventListener("dragleave", () => node.classList.remove("over"));
    node.addEventListener("drop", (event) => onDrop(event.dataTransfer, as));
    return node;
  };
  const zones = element(
    "div",
    { class: "zones", "aria-hidden": "true", hidden: true },
    zone("document", "drop_file", "drop_file_hint"),
    zone("photo", "drop_photo", "drop_photo_hint"),
  );
  let depth = 0;
  const leave = () => {
    depth = 0;
    zones.hidden = true;
    zones.querySelectorAll(".over").forEach((node) => node.classList.remove("over"));
  };
  pane.addEventListener("dragenter", (event) => {
    if (carriesFiles(event)) {
      depth += 1;
      zones.hidden = false;
    }
  });
  pane.addEventListener("dragleave", () => {
    depth -= 1;
    if (depth <= 0) {
      leave();
    }
  });
  pane.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  pane.addEventListener("drop", (event) => {
    event.preventDefault();
    leave();
  });
  return zones;
}

function carriesFiles(event) {
  const types = event.dataTransfer?.types ?? [];
  return types.includes("Files") || types.includes(SHELF_TYPE);
}
