// <span data-countdown-to="2027-02-24T10:00:00Z">…</span>: counts down by itself, without asking the server.
// data-countdown-before="in " stands before the time that is left; data-countdown-reload loads the page again at the end.
// What the page said stays for people without a script. Not a live region: a clock that speaks every
// second stops anybody from reading; the last minute's start and the end are announced once.

const SECOND = 1000;

export function countdowns(root) {
  for (const place of root.querySelectorAll("[data-countdown-to]")) {
    const end = Date.parse(place.dataset.countdownTo);
    if (!Number.isNaN(end)) start(place, end);
  }
}

function start(place, end) {
  const said = document.createElement("span");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  place.after(said);
  place.setAttribute("role", "timer");
  place.setAttribute("aria-live", "off");

  const before = place.dataset.countdownBefore ?? "";
  // Only when we saw it end: with a clock that runs ahead of the server's the page would load again for ever.
  const reloads = "countdownReload" in place.dataset && end > Date.now();

  const tick = () => {
    const seconds = Math.max(0, Math.ceil((end - Date.now()) / SECOND));
    place.textContent = seconds ? before + inWords(seconds) : place.dataset.countdownDone || "now";
    if (seconds === 60) said.textContent = "One minute left";
    if (seconds === 0) {
      said.textContent = place.textContent;
      clearInterval(timer);
      if (reloads) location.reload();
    }
  };
  const timer = setInterval(tick, SECOND);
  tick();
}

export function inWords(seconds) {
  const parts = [
    [Math.floor(seconds / 86400), "day"],
    [Math.floor(seconds / 3600) % 24, "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ];
  const first = parts.findIndex(([count]) => count);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`)
    .join(" ");
}
