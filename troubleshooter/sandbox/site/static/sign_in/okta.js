// Okta's classic widget: a script draws it, and a script sends the password.
(() => {
  "use strict";
  const own = JSON.parse(document.getElementById("sandbox").textContent);
  const make = (parent, tag, values) => parent.appendChild(Object.assign(document.createElement(tag), values));
  const form = make(document.getElementById("okta-sign-in"), "form", { method: "post", action: own.reply, autocomplete: "off" });
  const title = make(form, "div", { textContent: own.words.title, role: "heading" });
  title.setAttribute("aria-level", "1");
  const error = make(form, "div", { className: "okta-form-infobox-error alert-error", role: "alert", hidden: true });
  const field = (id, type, name) => make(form, "input", { id, type, className: "form-control", ariaLabel: name });
  const user = field("okta-signin-username", "text", own.words.name);
  const password = field("okta-signin-password", "password", own.words.password);
  user.value = own.user;
  make(form, "input", { id: "okta-signin-submit", type: "submit", className: "primary", value: own.words.go });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch("/api/v1/authn", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ username: user.value, password: password.value, ctx: own.ctx }),
    });
    const said = await answer.json();
    if (!said.ticket) {
      error.textContent = own.words.wrong;
      error.hidden = false;
      return;
    }
    make(form, "input", { type: "hidden", name: "SAMLResponse", value: said.ticket });
    form.submit();
  });
})();
