// The pages between the password and the end: the primary button says yes, the back button does not.
SignIn.ready(() => {
  "use strict";
  const form = document.forms.f1;
  if (!form) return;
  const choice = form.querySelector("[data-yes]");
  form.addEventListener("submit", () => {
    if (choice) choice.value = choice.dataset.yes;
    SignIn.busy(true);
  });
  const later = form.querySelector("[data-later]");
  if (later) later.addEventListener("click", () => { form.elements.later.value = "yes"; });
  const back = SignIn.byId("idBtn_Back");
  if (back) back.addEventListener("click", () => form.submit());
});
