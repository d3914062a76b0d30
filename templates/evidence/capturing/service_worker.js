// Served from below /evidence/, so it sees nothing else. It keeps no page but the one that says "you are offline".
"use strict";

const SHELL = "listening-1", SHARE = "{{ share|escapejs }}", OFFLINE = "{{ offline|escapejs }}", MOST = {{ most }};
const PARTS = [OFFLINE, "{{ style|escapejs }}", "{{ script|escapejs }}"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(PARTS)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname;
  if (event.request.method === "POST" && path === SHARE && !event.request.headers.get("X-Replayed")) {
    event.respondWith(shared(event.request));
  } else if (event.request.method === "GET" && event.request.mode === "navigate") {
    event.respondWith(fetch(event.request).catch(() => caches.match(OFFLINE)));
  } else if (PARTS.includes(path)) {
    event.respondWith(fetch(event.request).catch(() => caches.match(path)));
  }
});

// Online: straight through. Offline: into a queue on the phone, and the page that says so.
async function shared(request) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    await keep(await copy.formData());
    return Response.redirect(OFFLINE, 303);
  }
}

async function keep(form) {
  const text = Object.fromEntries(["title", "text", "url"].map((name) => [name, String(form.get(name) ?? "")]));
  const pictures = form.getAll("pictures").filter((one) => one instanceof Blob).slice(0, MOST);
  const store = await open();
  await new Promise((done, failed) => {
    const writing = store.transaction("shares", "readwrite");
    writing.objectStore("shares").add({ ...text, pictures, at: Date.now() });
    writing.oncomplete = done;
    writing.onerror = failed;
  });
  store.close();
}

function open() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("listening", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("shares", { keyPath: "id", autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}
