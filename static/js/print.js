// <button type="button" hidden data-print>: prints the page. Without a script the browser's own menu does.

export function printButtons(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
