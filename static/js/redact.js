// Black out names and faces, and crop, before a picture leaves the phone. Without it the page has a plain file input.
// A frame is drawn by dragging, by tapping two corners, or with the arrow keys; buttons then act on the frame.

const MOST_PIXELS = 12_000_000; // larger photographs are made smaller here
const MOST_STEPS = 10; // that can be undone

const place = document.querySelector("[data-redact]");
if (place) start(place, place.closest("form"));

function start(place, form) {
  const input = form.elements[place.dataset.redact];
  const flag = form.elements.was_redacted;
  const tools = build(place);
  const state = { picture: null, steps: [], frame: null, corner: null, type: "image/png", changed: false };

  const source = document.querySelector("[data-redact-source]");
  if (source) open(fetch(source.dataset.redactSource).then((answer) => answer.blob()));
  input.addEventListener("change", () => input.files[0] && open(Promise.resolve(input.files[0])));

  async function open(file) {
    try {
      const blob = await file;
      const bitmap = await createImageBitmap(blob);
      state.type = blob.type === "image/jpeg" ? "image/jpeg" : "image/png";
      state.picture = drawn(bitmap, smaller(bitmap));
      Object.assign(state, { steps: [], corner: null, changed: false, frame: firstFrame(state.picture) });
      flag.value = "";
      place.hidden = false;
      if (source) source.hidden = true; // the canvas shows it
      show();
      say("Draw a frame around a name or a face, then black it out.");
    } catch {
      place.hidden = true; // not a picture: the server says so in words
    }
  }

  function show() {
    const { picture, frame } = state;
    tools.canvas.width = picture.width;
    tools.canvas.height = picture.height;
    const pen = tools.canvas.getContext("2d");
    pen.drawImage(picture, 0, 0);
    const line = Math.max(2, picture.width / 200);
    pen.lineWidth = line;
    for (const [color, dash, shift] of [["#fff", [], 0], ["#0b0c0c", [line * 3, line * 3], 0]]) {
      pen.strokeStyle = color;
      pen.setLineDash(dash);
      pen.lineDashOffset = shift;
      pen.strokeRect(frame.x, frame.y, frame.w, frame.h);
    }
    tools.undo.disabled = !state.steps.length;
  }

  function say(words) {
    tools.status.textContent = words;
  }

  function change(make, words) {
    state.steps.push(state.picture);
    if (state.steps.length > MOST_STEPS) state.steps.shift();
    state.picture = make(state.picture);
    state.changed = true;
    flag.value = "1";
    show();
    say(words);
  }

  tools.black.addEventListener("click", blackOut);
  function blackOut() {
    const { x, y, w, h } = state.frame;
    change((before) => {
      const after = drawn(before, before);
      const pen = after.getContext("2d");
      pen.fillStyle = "#000";
      pen.fillRect(x, y, w, h);
      return after;
    }, "Blacked out. Go on with the next one, or save.");
  }

  tools.crop.addEventListener("click", () => {
    const { x, y, w, h } = state.frame;
    change((before) => cut(before, x, y, Math.max(1, w), Math.max(1, h)), "Cropped to the frame.");
    state.frame = firstFrame(state.picture);
    show();
  });

  tools.undo.addEventListener("click", () => {
    if (!state.steps.length) return;
    state.picture = state.steps.pop();
    state.frame = inside(state.frame, state.picture);
    if (!state.steps.length) flag.value = "";
    show();
    say("Taken back.");
  });

  tools.move.addEventListener("change", () => tools.canvas.classList.toggle("app-redact__canvas--moves", tools.move.checked));

  // --- the frame, by pointer: dragging, or one tap for each of two corners
  let from = null;
  tools.canvas.addEventListener("pointerdown", (event) => {
    if (tools.move.checked || !event.isPrimary) return;
    from = pointOf(event);
    tools.canvas.setPointerCapture(event.pointerId);
  });
  tools.canvas.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = pointOf(event);
    if (far(from, to)) {
      state.frame = between(from, to);
      state.corner = null;
      show();
    }
  });
  tools.canvas.addEventListener("pointerup", (event) => {
    if (!from) return;
    const to = pointOf(event);
    if (far(from, to)) say("Frame drawn. Black it out, or crop to it.");
    else if (state.corner) {
      state.frame = between(state.corner, to);
      state.corner = null;
      say("Frame drawn. Black it out, or crop to it.");
    } else {
      state.corner = to;
      say("One corner. Tap the opposite corner.");
    }
    from = null;
    show();
  });
  tools.canvas.addEventListener("pointercancel", () => (from = null));

  function pointOf(event) {
    const seen = tools.canvas.getBoundingClientRect();
    const x = ((event.clientX - seen.left) * state.picture.width) / seen.width;
    const y = ((event.clientY - seen.top) * state.picture.height) / seen.height;
    return { x: limited(x, state.picture.width), y: limited(y, state.picture.height) };
  }

  function far(one, other) {
    const least = state.picture.width / 50;
    return Math.abs(one.x - other.x) > least || Math.abs(one.y - other.y) > least;
  }

  // --- the frame, by keyboard: arrows move it, with Shift they change its size, Enter blacks out
  tools.canvas.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      blackOut();
      return;
    }
    const step = Math.max(1, Math.round(state.picture.width / 50));
    const way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (!way) return;
    event.preventDefault();
    const { x, y, w, h } = state.frame;
    const [right, down] = way;
    const wanted = event.shiftKey ? { x, y, w: Math.max(step, w + right), h: Math.max(step, h + down) } : { x: x + right, y: y + down, w, h };
    state.frame = inside(wanted, state.picture);
    show();
    say(spoken(state.frame, state.picture));
  });

  // --- what is uploaded is what the canvas shows
  form.addEventListener("submit", (event) => {
    if (!state.changed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    state.picture.toBlob(
      (blob) => {
        const files = new DataTransfer();
        files.items.add(new File([blob], state.type === "image/jpeg" ? "picture.jpg" : "picture.png", { type: state.type }));
        input.files = files.files;
        state.changed = false;
        form.requestSubmit(button);
      },
      state.type,
      0.9,
    );
  });
}

function build(place) {
  const made = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const button = (label, kind) => made("button", { type: "button", class: `govuk-button ${kind}` }, label);
  const hint = made("p", { class: "govuk-hint", id: "redact-hint" }, "Drag over a name or a face, or tap two corners. With a keyboard: arrow keys move the frame, Shift and arrow keys change its size, Enter blacks out.");
  const canvas = made("canvas", { class: "app-redact__canvas", tabindex: "0", role: "application", "aria-label": "The picture, with a frame", "aria-describedby": "redact-hint" });
  const status = made("p", { class: "govuk-body", role: "status" });
  const black = button("Black out the frame", "");
  const crop = button("Crop to the frame", "govuk-button--secondary");
  const undo = button("Undo", "govuk-button--secondary");
  const move = made("input", { type: "checkbox", class: "govuk-checkboxes__input", id: "redact-move" });
  const label = made("label", { class: "govuk-label govuk-checkboxes__label", for: "redact-move" }, "Move the picture instead of drawing");
  const box = made("div", { class: "govuk-checkboxes govuk-checkboxes--small" }, made("div", { class: "govuk-checkboxes__item" }, move, label));
  place.classList.add("app-redact");
  place.append(hint, made("div", { class: "app-redact__window" }, canvas), box, status, made("div", { class: "govuk-button-group" }, black, crop, undo));
  return { canvas, status, black, crop, undo, move };
}

function smaller({ width, height }) {
  const factor = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

function drawn(source, { width, height }) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d").drawImage(source, 0, 0, width, height);
  return canvas;
}

function cut(source, x, y, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  canvas.getContext("2d").drawImage(source, -Math.round(x), -Math.round(y));
  return canvas;
}

function firstFrame({ width, height }) {
  return { x: width * 0.1, y: height * 0.05, w: width * 0.4, h: Math.min(height * 0.1, width * 0.12) };
}

function between(one, other) {
  return { x: Math.min(one.x, other.x), y: Math.min(one.y, other.y), w: Math.abs(one.x - other.x), h: Math.abs(one.y - other.y) };
}

function inside(frame, { width, height }) {
  const w = Math.min(frame.w, width);
  const h = Math.min(frame.h, height);
  return { x: limited(frame.x, width - w), y: limited(frame.y, height - h), w, h };
}

function limited(value, most) {
  return Math.min(Math.max(0, value), most);
}

function spoken({ x, y, w, h }, { width, height }) {
  const part = (value, whole) => `${Math.round((100 * value) / whole)} %`;
  return `Frame ${part(x, width)} from the left, ${part(y, height)} from the top, ${part(w, width)} wide, ${part(h, height)} high.`;
}
