// <input data-councils-url="/councils/">: suggests councils while one types.
//
// Follows the "combobox with list autocomplete" pattern of the ARIA Authoring Practices: focus stays in
// the field, arrows move through the list, Enter takes one, Escape closes. Whatever was typed is kept:
// a council that we do not know is an answer too. Without this script it is a plain text field.

const WAIT_MS = 200;
const SHORTEST = 2;

export function suggestCouncils(root) {
  for (const input of root.querySelectorAll("input[data-councils-url]")) new Combobox(input);
}

class Combobox {
  constructor(input) {
    this.input = input;
    this.active = -1;
    this.names = [];
    this.build();
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
  }

  build() {
    const id = `${this.input.id}-list`;
    const box = element("div", "app-combobox");
    this.input.before(box);
    this.list = element("ul", "app-combobox__list", { id, role: "listbox", "aria-label": "Councils" });
    this.list.hidden = true;
    this.said = element("div", "govuk-visually-hidden", { role: "status" });
    box.append(this.input, this.list, this.said);
    setAttributes(this.input, {
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-controls": id,
      "aria-expanded": "false",
    });
    // Not click: the field would lose its focus first.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take([...this.list.children].indexOf(option));
    });
  }

  typed() {
    clearTimeout(this.timer);
    if (this.input.value.trim().length < SHORTEST) this.close();
    else this.timer = setTimeout(() => this.ask(this.input.value.trim()), WAIT_MS);
  }

  async ask(words) {
    this.request?.abort();
    this.request = new AbortController();
    try {
      const address = new URL(this.input.dataset.councilsUrl, document.baseURI);
      address.searchParams.set("q", words);
      const answer = await fetch(address, {
        headers: { Accept: "application/json" },
        signal: this.request.signal,
      });
      if (answer.ok) this.show(await answer.json());
    } catch {
      // Offline, or a newer question was asked: the field still takes any text.
      this.close();
    }
  }

  show(councils) {
    if (document.activeElement !== this.input) return;
    this.names = councils.map((council) => council.name);
    this.active = -1;
    this.list.replaceChildren(...this.names.map((name, place) => this.option(name, place)));
    this.open(this.names.length > 0);
    this.said.textContent = this.names.length
      ? `${this.names.length} ${this.names.length === 1 ? "council" : "councils"} found, use the up and down arrows`
      : "No council found, you can type any name";
  }

  option(name, place) {
    const option = element("li", "app-combobox__option", {
      id: `${this.list.id}-${place}`,
      role: "option",
      "aria-selected": "false",
    });
    option.textContent = name;
    return option;
  }

  key(event) {
    if (this.list.hidden) return;
    const last = this.names.length - 1;
    const moves = {
      ArrowDown: () => this.move(this.active < last ? this.active + 1 : 0),
      ArrowUp: () => this.move(this.active > 0 ? this.active - 1 : last),
      Escape: () => this.close(),
      Enter: this.active < 0 ? null : () => this.take(this.active),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  move(place) {
    this.active = place;
    [...this.list.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === place));
    });
    this.list.children[place].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", this.list.children[place].id);
  }

  take(place) {
    this.input.value = this.names[place];
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.said.textContent = `${this.names[place]} chosen`;
    this.close();
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.open(false);
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    this.input.removeAttribute("aria-activedescendant");
  }
}

function element(name, className, attributes = {}) {
  const made = document.createElement(name);
  made.className = className;
  setAttributes(made, attributes);
  return made;
}

function setAttributes(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
}
