// The live view of a meet-up. Asks the server every few seconds where the meet-up is, counts by itself in between, and
// goes on counting when the connection is lost. Buttons are sent without leaving the page.

const EVERY_MS = 3000;

export function runView(root) {
  for (const place of root.querySelectorAll("[data-run]")) watch(place);
}

function watch(place) {
  const shown = place.querySelector("[data-run-now]");
  const said = place.querySelector("[data-run-said]");
  const lost = place.querySelector("[data-run-lost]");
  const quiet = place.querySelector("[data-run-quiet]");
  let isQuiet = false;
  let busy = false;
  let clock = clockOf(shown);

  const say = (words) => {
    if (!isQuiet) said.textContent = words;
  };

  const take = (news) => {
    if (news.html !== null) {
      const focused = document.activeElement?.closest("[data-run-form]") ? document.activeElement.value : null;
      shown.innerHTML = news.html;
      if (focused) (shown.querySelector(`button[value="${focused}"]`) ?? shown.querySelector("button"))?.focus();
      const before = clock.announce;
      clock = clockOf(shown);
      say([news.said, clock.announce === before ? "The rooms have changed." : clock.announce].filter(Boolean).join(" "));
    } else if (news.left !== null) {
      clock = { ...clock, left: news.left, late: news.late, at: performance.now() };
    }
  };

  const ask = async (url, options = {}) => {
    busy = true;
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" }, cache: "no-store", ...options });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      take(await answer.json());
      lost.hidden = true;
      return true;
    } catch {
      return false;
    } finally {
      busy = false;
    }
  };

  const isLost = (words) => {
    if (lost.hidden || lost.textContent !== words) say(words);
    lost.textContent = words;
    lost.hidden = false;
  };

  const poll = async () => {
    if (!busy && !(await ask(`${place.dataset.run}?version=${clock.version}`))) {
      isLost("No connection. The clock keeps counting; what other hosts press is not seen here until it is back.");
    }
    setTimeout(poll, EVERY_MS);
  };

  place.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-run-form]")) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(event.target, event.submitter));
    // Not .action: the buttons have that name.
    if (!(await ask(event.target.getAttribute("action"), { method: "POST", body }))) {
      isLost("That did not reach the server: no connection. Press the button again when it is back.");
    }
  });

  quiet.hidden = false;
  quiet.addEventListener("click", () => {
    isQuiet = !isQuiet;
    quiet.setAttribute("aria-pressed", String(isQuiet));
    said.textContent = "";
  });

  setInterval(() => tick(shown, clock, say), 1000);
  setTimeout(poll, EVERY_MS);
}

function clockOf(shown) {
  const { version = "", left, late, paused, announce } = shown.querySelector("[data-run-clock]")?.dataset ?? {};
  const runs = left !== undefined;
  return { version, announce, runs, paused: paused !== undefined, left: +left, late: +late, at: performance.now() };
}

function tick(shown, clock, say) {
  if (!clock.runs) return;
  const since = (performance.now() - clock.at) / 1000;
  const left = Math.round(clock.paused ? clock.left : clock.left - since);
  const late = clock.late + (clock.paused ? since : Math.max(0, since - Math.max(0, clock.left)));
  shown.querySelector("[data-run-left]").textContent = leftWords(left);
  shown.querySelector("[data-run-late]").textContent = lateWords(late);
  if (!clock.paused && left === 60) say("One minute left");
  if (!clock.paused && left === 0) say("Time is up");
}

// The same words as meetups/running.py.
function leftWords(seconds) {
  const size = Math.abs(seconds);
  return `${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}${seconds < 0 ? " over" : ""}`;
}

function lateWords(seconds) {
  const minutes = Math.floor((Math.abs(Math.round(seconds)) + 30) / 60);
  if (!minutes) return "On time";
  return `${amount(minutes)} ${seconds > 0 ? "behind" : "ahead"}`;
}

// 9 minutes, 3 hours, 19 days: as in meetups/running.py.
function amount(minutes) {
  for (const [unit, length] of [["days", 24 * 60], ["hours", 60]]) {
    if (minutes >= 2 * length) return `${Math.floor(minutes / length)} ${unit}`;
  }
  return `${minutes} minute${minutes === 1 ? "" : "s"}`;
}
