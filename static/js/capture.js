// For the form, the inbox and the page of what waits on this phone: paste, the offline queue. All work without it.

pasteButton(document.querySelector("[data-paste-button]"));
shareButtonsOff();
const waiting = document.querySelector("[data-waiting]");
if (waiting) queue(waiting);
if ("serviceWorker" in navigator && window.isSecureContext && !document.querySelector("[data-offline-page]")) {
  navigator.serviceWorker.register("/evidence/service-worker.js").catch(() => {});
}

// --- paste: the address into "Link", the rest into "Exact words"

function pasteButton(place) {
  if (!place || !navigator.clipboard?.readText) return;
  place.hidden = false;
  const status = place.querySelector("[role=status]");
  place.querySelector("button").addEventListener("click", async () => {
    try {
      status.textContent = put(await navigator.clipboard.readText());
    } catch {
      status.textContent = "Not pasted: hold the field and paste there.";
    }
  });
}

function put(text) {
  const link = document.querySelector("[name=link]");
  const words = document.querySelector("[name=exact_words]");
  const address = text.match(/https?:\/\/\S+/)?.[0] ?? "";
  const rest = text.replace(address, "").trim();
  if (address && !link.value) link.value = address;
  if (rest && !words.value.includes(rest)) words.value = [words.value, rest].filter(Boolean).join("\n");
  return text.trim() ? "Pasted." : "Nothing was copied.";
}

// --- what waits on this phone because it was offline when it was shared

async function queue(place) {
  const list = await stored();
  show(place, list);
  if (list.length && navigator.onLine) await send(place);
  window.addEventListener("online", () => send(place));
  place.querySelector("[data-send]").addEventListener("click", () => send(place));
  place.querySelector("[data-forget]").addEventListener("click", async () => {
    for (const one of await stored()) await remove(one.id);
    show(place, []);
    say(place, "Removed from this phone.");
  });
}

function show(place, list) {
  place.hidden = !list.length && !place.dataset.always;
  place.querySelector("[data-count]").textContent = list.length === 1 ? "1 thing waits" : `${list.length} things wait`;
  for (const button of place.querySelectorAll("button")) button.disabled = !list.length;
}

function say(place, words) {
  place.querySelector("[role=status]").textContent = words;
}

let sending = false;
async function send(place) {
  if (sending) return;
  sending = true;
  try {
    for (const one of await stored()) if (!(await sent(place, one))) break;
  } finally {
    sending = false;
    show(place, await stored());
  }
}

// A thing leaves the phone only when the site says that it has it, or that it can never take it.
async function sent(place, one) {
  const form = new FormData();
  for (const name of ["title", "text", "url"]) form.append(name, one[name]);
  for (const picture of one.pictures) form.append("pictures", picture, picture.name || "picture.png");
  let answer;
  try {
    answer = await fetch(place.dataset.waiting, { method: "POST", body: form, headers: { "X-Replayed": "1" } });
  } catch {
    say(place, "Still offline. It waits on this phone.");
    return false;
  }
  if (answer.status === 401) say(place, "Sign in, then it is sent.");
  else if (answer.status === 201) {
    await remove(one.id);
    say(place, "Sent to your inbox. Reload to see it.");
    return true;
  } else if (answer.status === 422) {
    const said = (await answer.json()).refused.join(" ");
    say(place, `Not taken: ${said} It stays on this phone until you remove it.`);
  } else say(place, "Not sent. It waits on this phone; try again later.");
  return false;
}

function open() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("listening", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("shares", { keyPath: "id", autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function inStore(mode, make) {
  const store = await open();
  try {
    return await new Promise((done, failed) => {
      const asked = make(store.transaction("shares", mode).objectStore("shares"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  } finally {
    store.close();
  }
}

async function stored() {
  try {
    return await inStore("readonly", (shares) => shares.getAll());
  } catch {
    return []; // private windows have no store
  }
}

function remove(id) {
  return inStore("readwrite", (shares) => shares.delete(id));
}

// The bookmarklet does its work on other pages; a click on it here explains that.
function shareButtonsOff() {
  const link = document.querySelector("[data-bookmarklet]");
  link?.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector("[data-bookmarklet-said]").textContent = "Drag it to the bar of bookmarks, or copy it. It works on the page you want to log.";
  });
}
