// <div id="board" data-live="5">: what changes while people look. Asks for the same page every so many seconds and
// takes over this part of it, until the server sends it without data-live. Without a script there is a link.
//
// data-live-version="3.listening": only a change of this counts (for parts that differ each time, as forms do).
// data-live-on-change="reload": the whole page is loaded anew. ="tell": [data-live-moved] is shown, what was typed stays.
// Around it, found by data-live-for="board": [data-live-said] (status), [data-live-lost] and the button [data-live-pause].

import { countdowns } from "./countdown.js";

const LONGEST_MS = 30000;

for (const part of document.querySelectorAll("[data-live]")) watch(part.id);

function watch(id) {
  const part = () => document.getElementById(id);
  const beside = (name) => document.querySelector(`[data-live-for="${id}"] [data-live-${name}]`);
  const [said, lost, pause] = ["said", "lost", "pause"].map(beside);
  const everyMs = Number(part().dataset.live) * 1000;
  let waitMs = everyMs;
  let timer = 0;
  let isPaused = false;
  let isAsking = false;

  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(ask, ms);
  };

  async function ask() {
    if (isPaused || isAsking || document.hidden || !("live" in part().dataset)) return;
    isAsking = true;
    try {
      const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(LONGEST_MS) });
      if (answer.redirected) return stop();
      const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
      const news = page && page.getElementById(id);
      if (!news) throw new Error(String(answer.status));
      waitMs = everyMs;
      lost.hidden = true;
      if (!isPaused) take(news);
    } catch {
      waitMs = Math.min(waitMs * 2, LONGEST_MS);
      tell("No connection. What you see is from before. It goes on by itself when the connection is back.");
    } finally {
      isAsking = false;
    }
    if ("live" in part().dataset) later(waitMs);
    else pause.hidden = true;
  }

  function take(news) {
    const old = part();
    const { liveVersion: before, liveOnChange: onChange } = old.dataset;
    const isSame = before === undefined ? old.innerHTML === news.innerHTML : before === news.dataset.liveVersion;
    if (isSame && "live" in news.dataset) return;
    if (onChange === "reload") return location.reload();
    if (onChange === "tell") {
      delete old.dataset.live;
      beside("moved").hidden = false;
      said.textContent = beside("moved").textContent;
      return;
    }
    const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
    old.replaceWith(document.adoptNode(news));
    countdowns(part());
    if (focused) document.getElementById(focused)?.focus();
    said.textContent = news.dataset.liveSaid ?? "";
  }

  // Another page came: somebody signed out, in this window or in another.
  function stop() {
    delete part().dataset.live;
    tell("You are signed out. Load the page again to go on.");
  }

  function tell(words) {
    const isNew = lost.hidden || lost.textContent !== words;
    lost.hidden = false;
    lost.textContent = words;
    if (isNew) said.textContent = words;
  }

  pause.hidden = false;
  pause.addEventListener("click", () => {
    isPaused = !isPaused;
    pause.setAttribute("aria-pressed", String(isPaused));
    if (!isPaused) later(0);
  });
  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => later(document.hidden ? everyMs : 0));
  later(everyMs);
}
