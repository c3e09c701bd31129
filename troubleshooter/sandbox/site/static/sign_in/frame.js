// What all pages of the sign-in service share: shown late, busy, or deaf to clicks for a moment after typing, where a fault says so.
window.SignIn = (() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const own = JSON.parse(byId("sandbox").textContent);

  // $Config may arrive after the document, and the body may stay hidden for a while after that.
  const ready = (draw) => {
    const open = () => { document.body.style.display = ""; draw(); };
    const wait = () => {
      if (!window.$Config) setTimeout(wait, 20);
      else if (own.drawnLate) setTimeout(open, own.drawnLate);
      else open();
    };
    wait();
  };

  if (own.swallows) {
    let typed = -Infinity;
    document.addEventListener("input", () => { typed = performance.now(); }, true);
    document.addEventListener("click", (event) => {
      if (performance.now() - typed > own.swallows) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }, true);
  }

  const busy = (on) => {
    document.querySelector(".lightbox-cover").classList.toggle("disable-lightbox", on);
    const submit = byId("idSIButton9");
    if (submit) submit.disabled = on;
  };
  const offScreen = (field, away) => {
    field.classList.toggle("moveOffScreen", away);
    for (const [name, value] of [["aria-hidden", "true"], ["tabindex", "-1"]]) {
      if (away) field.setAttribute(name, value); else field.removeAttribute(name);
    }
  };
  const ask = async (url, body) => {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json; charset=UTF-8" },
      body: JSON.stringify({ ctx: $Config.sCtx, flowToken: $Config.sFT, ...body }),
    });
    return answer.json();
  };
  return { byId, own, ready, busy, offScreen, ask };
})();
