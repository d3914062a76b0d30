// The picture of a network map by keyboard and mouse. Without a script its names are links to their pages, where all
// that can be done here can be done, too.

const DRAG_PIXELS = 6; // less than this is a click
const TURN_DEGREES = 10;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function liven(figure) {
  const frame = figure.querySelector(".app-map-frame");
  const says = document.querySelector("[data-map-says]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  let nodes = [];
  let links = new Map();
  let moving = null;

  const say = (words) => {
    says.textContent = words;
  };
  const svg = () => frame.querySelector("svg");
  const number = (element, name) => Number(element.dataset[name]);

  // One name is in the tab order, arrow keys lead to the others.
  function readPicture(focused) {
    nodes = [...frame.querySelectorAll("[data-node]")];
    links = new Map(nodes.map((node) => [node.dataset.node, []]));
    for (const line of frame.querySelectorAll("[data-ends]")) {
      const [one, other] = line.dataset.ends.split(" ");
      links.get(one)?.push(other);
      links.get(other)?.push(one);
    }
    const chosen = nodes.find((node) => node.dataset.node === focused) ?? nodes[0];
    for (const node of nodes) node.setAttribute("tabindex", node === chosen ? "0" : "-1");
    // Without scrolling: a name that was dragged stays under the pointer.
    if (focused) chosen.focus({ preventScroll: true });
  }

  function goTo(node) {
    for (const one of nodes) one.setAttribute("tabindex", one === node ? "0" : "-1");
    node.focus();
  }

  // The nearest name that lies more in this direction than in any other.
  function neighbour(from, [right, down]) {
    let best = null;
    let least = Infinity;
    for (const node of nodes) {
      const x = number(node, "x") - number(from, "x");
      const y = number(node, "y") - number(from, "y");
      const along = x * right + y * down;
      const aside = Math.abs(x * down) + Math.abs(y * right);
      if (node === from || along <= 0 || aside > along * 1.8) continue;
      if (along + 2 * aside < least) [best, least] = [node, along + 2 * aside];
    }
    return best;
  }

  function nextLinked(from) {
    const others = links.get(from.dataset.node).filter((one) => one !== "0");
    if (!others.length) return say("It is linked with nobody.");
    const number = (Number(from.dataset.turn ?? -1) + 1) % others.length;
    from.dataset.turn = number;
    goTo(nodes.find((node) => node.dataset.node === others[number]));
  }

  // --- Moving: on the ring by its angle, to another ring when it is in one layer only -----------------------------

  function pickUp(node) {
    const picture = svg();
    const centre = [number(picture, "x"), number(picture, "y")];
    const stretch = number(picture, "stretch");
    const rings = JSON.parse(picture.dataset.rings);
    const layers = node.dataset.layers.split(" ");
    const start = [number(node, "x"), number(node, "y")];
    const [x, y] = [(start[0] - centre[0]) / stretch, start[1] - centre[1]];
    const angle = (Math.atan2(x, -y) * 180) / Math.PI;
    return { node, centre, stretch, rings, layers, start, angle, radius: Math.hypot(x, y), layer: layers[0] };
  }

  function show(at) {
    const turned = (at.angle * Math.PI) / 180;
    place(at, at.centre[0] + at.radius * at.stretch * Math.sin(turned), at.centre[1] - at.radius * Math.cos(turned));
  }

  function place(at, x, y) {
    at.node.setAttribute("transform", `translate(${x - at.start[0]} ${y - at.start[1]})`);
    for (const line of frame.querySelectorAll("[data-ends]")) {
      const end = line.dataset.ends.split(" ").indexOf(at.node.dataset.node);
      if (end < 0) continue;
      line.setAttribute(`x${end + 1}`, x);
      line.setAttribute(`y${end + 1}`, y);
    }
  }

  function putBack(at) {
    place(at, ...at.start);
    at.node.removeAttribute("transform");
  }

  const hour = (at) => Math.round((((at.angle % 360) + 360) % 360) / 30) || 12;
  const where = (at) => `At ${hour(at)} o'clock, ${at.layers.length > 1 ? at.layers.join(" and ") : at.layer}.`;

  function changeRing(at, further) {
    if (at.layers.length > 1) return say("It is in more than one layer. Press Escape, then Enter to change its layers.");
    const names = Object.keys(at.rings);
    const next = names[names.indexOf(at.layer) + further];
    if (!next) return say(`There is no ring ${further > 0 ? "outside" : "inside"} this one.`);
    at.layer = next;
    at.radius = (at.rings[next][0] + at.rings[next][1]) / 2;
    show(at);
    say(where(at));
  }

  async function putDown(at) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, angle: Math.round(at.angle) });
    if (at.layers.length === 1 && at.layer !== at.layers[0]) body.set("layer", at.layer);
    const pk = at.node.dataset.node;
    try {
      const answer = await fetch(`${figure.dataset.map}nodes/${pk}/move/`, { method: "POST", body });
      const news = await answer.json();
      if (!answer.ok) throw new Error(news.words);
      frame.innerHTML = news.picture;
      readPicture(pk);
      say(`${news.words} It can be taken back.`);
    } catch {
      putBack(at);
      say("Not moved. Try again, or open the page again.");
    }
  }

  function whileMoving(event) {
    const arrow = ARROWS[event.key];
    if (event.key === "Escape") {
      putBack(moving);
      moving = null;
      say("Left where it was.");
    } else if (event.key === "Enter" || event.key === "m" || event.key === "M") {
      const at = moving;
      moving = null;
      putDown(at);
    } else if (arrow && arrow[0]) {
      moving.angle += arrow[0] * TURN_DEGREES;
      show(moving);
      say(where(moving));
    } else if (arrow) {
      changeRing(moving, -arrow[1]);
    } else {
      return event.key !== "Tab";
    }
    return true;
  }

  frame.addEventListener("keydown", (event) => {
    const node = event.target.closest?.("[data-node]");
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    if (moving) {
      if (whileMoving(event)) event.preventDefault();
      return;
    }
    if (ARROWS[event.key]) {
      const next = neighbour(node, ARROWS[event.key]);
      if (next) goTo(next);
      event.preventDefault();
    } else if (event.key === "l" || event.key === "L") {
      nextLinked(node);
    } else if (event.key === "m" || event.key === "M") {
      moving = pickUp(node);
      say("Moving it. Left and right turn it, up and down change its layer, Enter puts it down, Escape leaves it.");
    }
  });

  frame.addEventListener("focusout", () => {
    if (!moving) return;
    putBack(moving);
    moving = null;
  });

  // --- By mouse or pen; a finger scrolls, and moves names by their page --------------------------------------------

  frame.addEventListener("dragstart", (event) => event.preventDefault());

  frame.addEventListener("pointerdown", (event) => {
    const node = event.target.closest?.("[data-node]");
    if (!node || event.button || event.pointerType === "touch" || moving) return;
    const at = pickUp(node);
    const from = [event.clientX, event.clientY];
    let isDragged = false;

    const follow = (moved) => {
      isDragged ||= Math.hypot(moved.clientX - from[0], moved.clientY - from[1]) > DRAG_PIXELS;
      if (!isDragged) return;
      const point = new DOMPoint(moved.clientX, moved.clientY).matrixTransform(svg().getScreenCTM().inverse());
      const [x, y] = [(point.x - at.centre[0]) / at.stretch, point.y - at.centre[1]];
      at.angle = (Math.atan2(x, -y) * 180) / Math.PI;
      const away = Math.hypot(x, y);
      const ring = Object.entries(at.rings).find(([, [inner, outer]]) => away >= inner && away < outer);
      at.layer = at.layers.length > 1 || !ring ? at.layer : ring[0];
      place(at, point.x, point.y);
    };
    const stop = (reason) => {
      for (const [kind, does] of [["pointermove", follow], ["pointerup", stop], ["pointercancel", stop]]) {
        document.removeEventListener(kind, does);
      }
      if (!isDragged) return;
      // The click that follows, if one does, would open the node's page.
      const swallow = (click) => click.preventDefault();
      addEventListener("click", swallow, { capture: true });
      setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
      if (reason.type === "pointerup") putDown(at);
      else putBack(at);
    };
    document.addEventListener("pointermove", follow);
    document.addEventListener("pointerup", stop);
    document.addEventListener("pointercancel", stop);
  });

  readPicture();
  figure.querySelector("[data-map-help]").hidden = false;
}

const figure = document.querySelector("[data-map]");
if (figure) liven(figure);
