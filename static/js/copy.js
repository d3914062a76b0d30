// <button data-copy="text"> or <button data-copy-from="id of an element">: copies, and says so.
// The button is hidden in the page (attribute hidden) and shown only when the browser can copy.

const SHOWN_FOR_MS = 4000;

export function copyButtons(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy], [data-copy-from]")) {
    const label = button.textContent;
    const said = document.createElement("span");
    said.className = "govuk-visually-hidden";
    said.setAttribute("role", "status");
    button.after(said);
    button.hidden = false;
    button.addEventListener("click", async () => {
      const answer = await copied(textOf(button));
      button.textContent = said.textContent = answer;
      setTimeout(() => {
        button.textContent = label;
        said.textContent = "";
      }, SHOWN_FOR_MS);
    });
  }
}

function textOf(button) {
  const source = document.getElementById(button.dataset.copyFrom);
  return source ? (source.value ?? source.textContent).trim() : button.dataset.copy;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied";
  } catch {
    return "Not copied: select the text and copy it yourself";
  }
}
