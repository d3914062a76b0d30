// A section of a planning sheet saves itself. What has not reached the server is kept in this browser, is tried again,
// and comes back when the page is opened again. Without a script the form has a button.

const WAIT_MS = 1200; // after the last key
const AGAIN_MS = 5000; // after a failure
const LEFT_BEHIND_MS = 90000; // a window that has not stirred for so long is gone

const form = document.querySelector("[data-sheet]");
if (form) keepSaving(form);

function keepSaving(form) {
  const said = form.querySelector("[data-sheet-state]");
  const clash = form.querySelector("[data-sheet-clash]");
  const own = form.elements.namedItem("window").value;
  const prefix = `sheet/${form.dataset.sheetKey}/`;
  let timer = 0;
  let isSending = false;
  let sent = typed();

  function typed() {
    const answers = new FormData(form);
    answers.delete("csrfmiddlewaretoken");
    return new URLSearchParams(answers).toString();
  }

  const say = (words) => {
    if (said.textContent !== words) said.textContent = words;
  };
  const isBehind = () => typed() !== sent;

  const keep = () => {
    try {
      if (isBehind()) localStorage.setItem(prefix + own, JSON.stringify({ text: typed(), at: Date.now() }));
      else localStorage.removeItem(prefix + own);
    } catch {
      // Private windows may refuse; then there is only the server.
    }
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  };

  async function send() {
    if (isSending || !isBehind()) return;
    isSending = true;
    say("Saving …");
    const now = typed();
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.getAttribute("action") ?? location.href, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
      });
      if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) throw new Error("not us");
      take(await answer.json(), now);
    } catch {
      say("Not saved, will try again. What you typed is kept in this browser.");
      later(AGAIN_MS);
    }
    isSending = false;
    keep();
    if (isBehind() && said.dataset.refused === undefined) later(said.textContent.startsWith("Not") ? AGAIN_MS : WAIT_MS);
  }

  function take(news, now) {
    delete said.dataset.refused;
    if (news.state === "saved") {
      const changed = typed() !== now;
      form.elements.namedItem("version").value = news.version;
      if (!changed) sent = typed();
      clash.hidden = true;
      say(news.words);
    } else if (news.state === "clash") {
      sent = now;
      clash.hidden = false;
      clash.querySelector("a").href = news.url;
      say("Both texts are kept. Two windows changed the same answer.");
    } else {
      said.dataset.refused = "";
      say(`Not saved: ${news.words}.`);
    }
  }

  // What another window of this section could not send before it was closed.
  function takeUp() {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(prefix))) {
      const left = JSON.parse(localStorage.getItem(key));
      if (Date.now() - left.at < LEFT_BEHIND_MS && key !== prefix + own) continue;
      for (const [name, value] of new URLSearchParams(left.text)) {
        const field = form.elements.namedItem(name) ?? addTo(form, name);
        if (name === "window") continue;
        if (field.type === "checkbox") field.checked = true;
        else field.value = value;
      }
      localStorage.removeItem(key);
      say("Text that had not been saved is back.");
      keep();
      later(0);
      return;
    }
  }

  form.addEventListener("input", () => {
    delete said.dataset.refused;
    keep();
    later(WAIT_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    sent = typed();
    // Until the answer is there the text stays here: the next page of this section sends it if it was lost.
  });
  addEventListener("online", () => later(0));
  setInterval(() => isBehind() && keep(), LEFT_BEHIND_MS / 9);
  try {
    takeUp();
  } catch {
    // Nothing was kept.
  }
}

// A row that was typed in a page that showed more rows than this one.
function addTo(form, name) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name });
  form.append(field);
  return field;
}
