// <form data-auto-submit>: sends itself when a choice in it changes, for filters above a list.
// Its button stays for everybody else; text fields wait for Enter.

export function autoSubmit(root) {
  for (const form of root.querySelectorAll("form[data-auto-submit]")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
    });
  }
}
