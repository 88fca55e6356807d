// Signing in with a passkey: the one thing on this page that needs a script. Without it, or without passkeys in the
// browser, the button is never shown.
const form = document.getElementById("passkey");
const complaint = form.querySelector("[role=alert]");

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function ask(path, body) {
  const response = await fetch(`/desk/api/passkeys/sign-in${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-masthead": "desk" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

async function signIn() {
  const { ceremony, options } = await ask("/begin", {});
  const publicKey = { ...options.publicKey, challenge: bytes(options.publicKey.challenge), allowCredentials: [] };
  const credential = await navigator.credentials.get({ publicKey });
  const { response } = credential;
  await ask("", {
    ceremony,
    credential: {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      extensions: {},
      response: {
        authenticatorData: text(response.authenticatorData),
        clientDataJSON: text(response.clientDataJSON),
        signature: text(response.signature),
        userHandle: response.userHandle ? text(response.userHandle) : null,
      },
    },
  });
  location.assign(form.dataset.to);
}

if (window.PublicKeyCredential) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    complaint.hidden = true;
    signIn().catch((error) => {
      // Whoever closes the browser's own window needs no words about it.
      if (error.name === "NotAllowedError") return;
      complaint.textContent = error.message;
      complaint.hidden = false;
    });
  });
}
