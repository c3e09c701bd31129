// Asks the browser for a passkey. Once that has failed, and three seconds later, the other ways can be chosen.
SignIn.ready(async () => {
  "use strict";
  const { byId, own } = SignIn;
  for (const tile of document.querySelectorAll("[data-test-cred-id]")) {
    tile.addEventListener("click", () => {
      if (tile.dataset.testCredId === "1") location.assign(own.aside);
    });
  }
  const link = byId("idA_PWD_SwitchToCredPicker");
  try {
    await navigator.credentials.get({ publicKey: { challenge: new TextEncoder().encode($Config.sFidoChallenge), timeout: 600000 } });
  } catch {
    if (link) setTimeout(() => { link.hidden = false; }, 3000);
  }
  if (link) link.addEventListener("click", (event) => {
    event.preventDefault();
    byId("passkeyView").hidden = true;
    byId("pickerView").hidden = false;
  });
});
