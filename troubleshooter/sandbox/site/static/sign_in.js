// Draws the sign-in document and switches its views, without a change of address. Hidden views stay in the document.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const form = document.forms.f1;
  const submit = byId("idSIButton9");
  document.body.style.display = "";

  const fail = (id, text) => {
    byId(id).textContent = text;
    byId(id).hidden = !text;
  };
  const offScreen = (field, away) => {
    field.classList.toggle("moveOffScreen", away);
    if (away) field.setAttribute("aria-hidden", "true"); else field.removeAttribute("aria-hidden");
    if (away) field.setAttribute("tabindex", "-1"); else field.removeAttribute("tabindex");
  };
  const busy = (on) => {
    document.querySelector(".lightbox-cover").classList.toggle("disable-lightbox", on);
    submit.disabled = on;
  };

  if ($Config.pgid === "KmsiInterrupt") {
    form.addEventListener("submit", () => { form.elements.LoginOptions.value = "1"; });
    byId("idBtn_Back").addEventListener("click", () => form.submit());
    return;
  }

  const texts = JSON.parse(byId("texts").textContent);
  const email = byId("i0116");
  const password = byId("i0118");
  let view = byId("emailView").hidden ? "password" : "email";

  const show = (next) => {
    view = next;
    const late = next === "email";
    byId("emailView").hidden = !late;
    offScreen(email, !late);
    offScreen(password, late);
    for (const part of [byId("idBtn_Back"), document.querySelector(".password-title"), document.querySelector(".forgot")]) {
      part.hidden = late;
    }
    byId("displayName").textContent = late ? "" : email.value;
    byId("displayName").title = late ? "" : email.value;
    fail("usernameError", "");
    fail("passwordError", "");
    password.classList.remove("has-error");
    submit.value = late ? texts.next : texts.signIn;
    (late ? email : password).focus();
  };

  const askWho = async () => {
    if (!email.value.includes("@")) return fail("usernameError", texts.noName);
    busy(true);
    try {
      const answer = await fetch($Config.urlGetCredentialType, {
        method: "POST",
        headers: { "Content-Type": "application/json; charset=UTF-8" },
        body: JSON.stringify({ username: email.value, isOtherIdpSupported: true, flowToken: $Config.sFT }),
      });
      const found = await answer.json();
      if (found.IfExistsResult === 1) {
        email.classList.add("has-error");
        return fail("usernameError", texts.noUser);
      }
      email.classList.remove("has-error");
      form.elements.login.value = email.value;
      show("password");
    } finally {
      busy(false);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (view === "email") { askWho(); return; }
    if (!password.value) { fail("passwordError", texts.noPassword); return; }
    busy(true);
    form.submit();
  });
  byId("idBtn_Back").addEventListener("click", () => show("email"));
  (view === "email" ? email : password).focus();
})();
