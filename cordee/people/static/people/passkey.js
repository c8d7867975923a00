// A passkey: the form carries what the server asks, the browser answers, the answer leaves in the hidden field.
// `data-passkey` says whether a key is made or shown; `data-ask` is where the question is, when the page has none.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function decoded(options) {
  const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (options.user) asked.user = { ...options.user, id: bytes(options.user.id) };
  if (options.allowCredentials) asked.allowCredentials = known(options.allowCredentials);
  if (options.excludeCredentials) asked.excludeCredentials = known(options.excludeCredentials);
  return asked;
}

function encoded(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function question(form) {
  if (form.dataset.question) return JSON.parse(form.dataset.question);
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).request_options;
}

const ways = {
  get: (publicKey) => navigator.credentials.get({ publicKey }),
  create: (publicKey) => {
    const authenticatorSelection = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
    return navigator.credentials.create({ publicKey: { ...publicKey, authenticatorSelection } });
  },
};

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const asks = form.dataset.ask || JSON.parse(form.dataset.question).publicKey;
  form.hidden = form.dataset.passkey === "get" && !form.dataset.ask && asks.allowCredentials?.length === 0;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      const { publicKey } = await question(form);
      const credential = await ways[form.dataset.passkey](decoded(publicKey));
      form.elements.credential.value = JSON.stringify(encoded(credential));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
