import { initAll } from "govuk.js";
import { initAll as initMoj } from "moj.js";

initAll();
initMoj();

// Passkeys: where the browser can, what is for them is shown, and a form that asks for one is sent with
// what the browser answers.  Without this nothing of it is shown.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const ways = [-7, -8, -257]; // ES256, EdDSA, RS256

const use = async ({ challenge, rp }) => {
  const { rawId, response } = await navigator.credentials.get({
    publicKey: { challenge: new TextEncoder().encode(challenge), rpId: rp, userVerification: "required" },
  });
  return {
    id: words(rawId),
    client: words(response.clientDataJSON),
    data: words(response.authenticatorData),
    proof: words(response.signature),
  };
};

const make = async ({ challenge, rp, handle, account, others }) => {
  const { response } = await navigator.credentials.create({
    publicKey: {
      challenge: new TextEncoder().encode(challenge),
      rp: { id: rp, name: "Upkeep" },
      user: { id: bytes(handle), name: account, displayName: account },
      pubKeyCredParams: ways.map((alg) => ({ type: "public-key", alg })),
      excludeCredentials: others.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) })),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    },
  });
  return {
    way: response.getPublicKeyAlgorithm(),
    client: words(response.clientDataJSON),
    data: words(response.getAuthenticatorData()),
  };
};

const asks = (place, question) => {
  const form = place?.closest("form");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      for (const [name, value] of Object.entries(await question(place.dataset))) form.elements[name].value = value;
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
};

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-passkey-none]")) part.hidden = true;
  asks(document.querySelector("[data-passkey-use]"), use);
  asks(document.querySelector("[data-passkey-make]"), make);
}
