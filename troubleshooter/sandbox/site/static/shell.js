// The Copilot app around the home page: photo or initials, the launcher, the account panel, and what covers them.
(() => {
  "use strict";
  const shell = document.querySelector(".shell");
  const one = (selector) => shell.querySelector(selector);
  const LATE = 350; // ms; the real panel's text is late, too

  // Without a photo the initials stay.
  const whenPhoto = (address, use) => {
    const picture = new Image();
    picture.addEventListener("load", () => { if (picture.naturalWidth > 1) use(picture); });
    if (document.querySelector("[data-fetched]")) {
      fetch(address).then((answer) => (answer.ok ? answer.blob() : null)).then((blob) => {
        if (blob) picture.src = URL.createObjectURL(blob);
      }).catch(() => null);
    } else {
      picture.src = address;
    }
  };
  const draw = (coin) => whenPhoto(coin.dataset.photo, (picture) => {
    picture.className = "fui-Avatar__image";
    picture.alt = "";
    coin.replaceChildren(picture);
  });
  draw(one("[data-account] .fui-Avatar"));

  const panel = one("[data-panel]"), account = one("[data-account]"), launcher = one("[data-launcher]");
  const opener = one("[data-waffle], [data-apps]");
  const show = (what, button, open) => {
    what.hidden = !open;
    if (what.dataset.openClass) what.classList.toggle(what.dataset.openClass, open);
    if (button) button.setAttribute("aria-expanded", String(open));
  };
  const fill = () => {
    const late = panel.querySelector("[data-late]");
    if (!late || !late.hidden) return;
    late.hidden = false;
    panel.querySelectorAll("[data-late] .fui-Avatar").forEach(draw);
    const back = panel.querySelector("[data-background]");
    if (back) whenPhoto(back.dataset.background, () => {
      back.className = "mectrl_profilepic";
      back.textContent = "";
      back.setAttribute("style", `background-image: url("${back.dataset.background}")`);
    });
  };
  show(panel, account, false);
  account.addEventListener("click", () => {
    const open = panel.hidden;
    show(panel, account, open);
    if (open) setTimeout(fill, LATE);
  });
  if (opener) opener.addEventListener("click", () => show(launcher, opener, launcher.hidden));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    show(panel, account, false);
    show(launcher, opener, false);
    const cover = one("[data-cover]");
    if (cover && cover.matches("[role=dialog]")) cover.remove();
  });
  shell.addEventListener("click", (event) => {
    const app = event.target.closest("[data-app]");
    const closes = event.target.closest("[data-closes]");
    const next = event.target.closest("[data-next]");
    if (closes) closes.closest("[data-cover]").remove();
    if (next) {
      const cover = next.closest("[data-cover]");
      const steps = cover.dataset.steps.split("|");
      if (steps.indexOf(next.textContent) === steps.length - 1) cover.remove();
      else next.textContent = steps[steps.indexOf(next.textContent) + 1];
    }
    if (!app) return;
    if (shell.dataset.sameTab === "true" || app.dataset.app.startsWith("/")) location.href = app.dataset.app;
    else window.open(app.dataset.app);
  });
})();
