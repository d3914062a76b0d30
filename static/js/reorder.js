// <ol data-reorder> of <li data-reorder-item> with a form in each: items can be dragged by a handle, and their form is
// sent with the place they were dropped at. The up and down buttons of the form stay, for keyboards and everybody else.

export function reorder(root) {
  for (const list of root.querySelectorAll("[data-reorder]")) {
    const items = [...list.querySelectorAll(":scope > [data-reorder-item]")];
    if (items.length > 1) items.forEach((item) => makeDraggable(item, list));
  }
}

function makeDraggable(item, list) {
  const handle = document.createElement("span");
  handle.className = "app-drag";
  handle.textContent = "⠿";
  handle.title = "Drag to another place";
  handle.setAttribute("aria-hidden", "true");
  item.firstElementChild.append(handle);

  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const start = placeOf(item, list);
    item.classList.add("app-dragged");
    const move = (moved) => follow(item, list, moved.clientY);
    const stop = (reason) => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", stop);
      document.removeEventListener("pointercancel", stop);
      item.classList.remove("app-dragged");
      if (reason.type === "pointerup" && placeOf(item, list) !== start) send(item, placeOf(item, list));
    };
    // On the document: an item that moves in the page lets go of a pointer it holds.
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", stop);
    document.addEventListener("pointercancel", stop);
  });
}

function placeOf(item, list) {
  return [...list.children].indexOf(item);
}

function follow(item, list, y) {
  const others = [...list.children].filter((one) => one !== item);
  const next = others.find((one) => {
    const box = one.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  if (next !== item.nextElementSibling) list.insertBefore(item, next ?? null);
}

function send(item, place) {
  const form = item.querySelector("form");
  const to = document.createElement("input");
  Object.assign(to, { type: "hidden", name: "to", value: place });
  form.append(to);
  form.submit();
}
