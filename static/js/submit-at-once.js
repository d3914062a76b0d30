// <form method="post" data-submit-at-once>: sends itself when somebody comes to the page by a link, as the one
// button on it would. Not after going back or loading again: nobody could leave the page otherwise.

export function submitAtOnce(root) {
  const [arrival] = performance.getEntriesByType("navigation");
  if (arrival?.type !== "navigate") return;
  for (const form of root.querySelectorAll("form[data-submit-at-once]")) form.requestSubmit();
}
