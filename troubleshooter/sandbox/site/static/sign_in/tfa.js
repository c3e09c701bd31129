// The second factor: the list of methods, the code, the request on the phone. Finished views stay hidden in the document.
SignIn.ready(() => {
  "use strict";
  const { byId, own, busy, offScreen, ask } = SignIn;
  const t = own.words;
  const form = document.forms.f1;
  const field = byId("idTxtBx_SAOTCC_OTC");
  const sign = byId("idRichContext_DisplaySign");
  let method = "";
  let round = 0;

  const show = (view) => {
    for (const part of document.querySelectorAll("[data-view]")) part.hidden = part.dataset.view !== view;
    offScreen(field, view !== "code");
    byId("signInAnotherWay").hidden = view === "methods" || $Config.arrUserProofs.length < 2;
    if (view === "code") field.focus();
  };
  const draw = (number) => {
    sign.textContent = number;
    sign.hidden = !number;
    byId("idDiv_SAOTCAS_Description").textContent = number ? t.approve_number : t.approve_why;
  };
  const call = (how, code) => ask(own.url, { AuthMethodId: method, Method: how, ...(code ? { AdditionalAuthData: code } : {}) });

  const onPhone = async () => {
    const mine = ++round;
    let said = await call("BeginAuth");
    draw(said.Number);
    show("phone");
    do {
      await new Promise((go) => { setTimeout(go, 300); });
      if (mine !== round) return; // another method was chosen: a poll now would be for that method, without its code
      said = await call("EndAuth");
      if (mine !== round) return;
      if (said.ResultValue === "AuthenticationPending") draw(said.Number);
    } while (said.ResultValue === "AuthenticationPending");
    if (said.Success) { busy(true); form.submit(); return; }
    show(said.ResultValue === "PhoneAppDenied" ? "denied" : "timeout");
  };

  const code = async () => {
    round += 1;
    byId("idDiv_SAOTCC_Description").textContent = method === "OneWaySMS" ? t.code_from_text : t.code_from_app;
    if (method === "OneWaySMS") await call("BeginAuth");
    show("code");
  };

  const choose = (proof) => {
    method = proof;
    if (proof === "PhoneAppOTP") code();
    else if (proof === "OneWaySMS" && own.lists) show("confirm");
    else if (proof === "OneWaySMS") code();
    else onPhone();
  };

  for (const option of document.querySelectorAll("[data-value]")) {
    option.addEventListener("click", () => choose(option.dataset.value));
  }
  byId("idSubmit_SAOTCS_SendCode").addEventListener("click", () => {
    if (byId("idTxtBx_SAOTCS_ProofConfirmation").value === own.phoneEnds) code();
  });
  for (const id of ["idA_SAASDS_Resend", "idA_SAASTO_Resend"]) {
    byId(id).addEventListener("click", (event) => { event.preventDefault(); onPhone(); });
  }
  byId("signInAnotherWay").addEventListener("click", (event) => { event.preventDefault(); round += 1; show("methods"); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!field.value) return;
    busy(true);
    const said = await call("EndAuth", field.value);
    // The code has arrived; the next form must not send it a second time.
    field.value = "";
    if (said.Success) { form.submit(); return; }
    busy(false);
    const error = byId("idSpan_SAOTCC_Error_OTC");
    error.textContent = said.ResultValue === "PhoneAppOtpAuthFailedDuplicateCodeEntered" ? t.duplicate_code : t.wrong_code;
    error.hidden = false;
  });
  if (own.lists) show("methods"); else choose($Config.arrUserProofs.find((proof) => proof.isDefault).authMethodId);
});
