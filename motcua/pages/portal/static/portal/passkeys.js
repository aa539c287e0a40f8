// Passkeys: the page asks the house for a question, the device answers it, the form sends the answer. A browser or an
// address without passkeys (a bare IP) never sees the buttons.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  if (options.user) publicKey.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) publicKey[list] = options[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return { publicKey };
}

function told(key) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[name]) response[name] = text(key.response[name]);
  }
  return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {} });
}

async function answer(form) {
  const question = await fetch(form.dataset.start, { method: "POST", body: new FormData(form), redirect: "error" });
  if (!question.ok) throw new Error(question.statusText);
  const options = asked(await question.json());
  form.elements.answer.value = told(await navigator.credentials[form.dataset.passkey](options));
}

const works = window.PublicKeyCredential && window.isSecureContext && !/^[\d.]+$|:/.test(location.hostname);
document.querySelectorAll("[data-no-passkeys]").forEach((one) => { one.hidden = Boolean(works); });
document.querySelectorAll("form[data-passkey]").forEach((form) => {
  form.hidden = !works;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const line = form.querySelector("[data-told]");
    const button = form.querySelector("button");
    line.hidden = true;
    button.disabled = true;
    try {
      await answer(form);
      form.submit();
    } catch {
      line.hidden = false;
      line.focus();
    } finally {
      button.disabled = false;
    }
  });
});
