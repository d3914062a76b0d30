// Says in the page when a passkey or security key did not work; allauth's script only writes to the console.

export function passkeys(root) {
  root.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const main = root.getElementById("main-content");
    let said = root.getElementById("passkey-error");
    if (!said) {
      said = root.createElement("p");
      said.id = "passkey-error";
      said.className = "govuk-error-message";
      said.setAttribute("role", "alert");
      main.prepend(said);
    }
    said.textContent = "The key was not read. Try again, or use another way to sign in.";
  });
}
