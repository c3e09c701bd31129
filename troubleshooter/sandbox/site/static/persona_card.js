// The profile card that opens over a person. The facts describe none of its markup: everything inside is the sandbox's own.
(() => {
  "use strict";
  const { make } = window.sandboxLooks;
  const HOVER = 250; // ms before the card opens
  const ADDRESS = 1200; // ms until a card of 2026 shows the address
  let card = null;
  let timer = 0;

  const close = () => {
    clearTimeout(timer);
    if (card) card.remove();
    card = null;
  };

  // As seen in 2026 (real pages 4.3 to 4.7): no link, the address in a title, late; the picture fetched by a script.
  const openLive = (target, person) => {
    card = make("lpc-card", "");
    card.style.cssText = "position: fixed; width: 0; height: 0; overflow: visible";
    const dialog = make("div", "sandbox-profile-card");
    dialog.setAttribute("role", "dialog");
    dialog.dataset.logRegion = "LivePersonaCard";
    const face = make("div", "sandbox-profile-card-face");
    face.append(make("div", "initials", person.initials));
    const name = make("div", "sandbox-profile-card-name", person.name);
    name.dataset.logName = "PersonName";
    dialog.append(face, name, make("div", "", person.role));
    const shown = card;
    fetch(person.photo, { credentials: "omit" }).then((answer) => (answer.ok ? answer.blob() : null)).then((blob) => {
      if (!blob || !shown.isConnected) return;
      const photo = make("img");
      photo.alt = "";
      photo.src = URL.createObjectURL(blob);
      face.replaceChildren(photo);
    });
    setTimeout(() => {
      const mail = make("button", "", "\u2709");
      mail.title = `Email: ${person.mail}`;
      dialog.append(mail);
    }, ADDRESS);
    card.append(dialog);
    place(dialog, target);
    document.body.append(card);
  };

  const place = (panel, target) => {
    const box = target.getBoundingClientRect();
    panel.style.left = `${Math.min(box.left, window.innerWidth - 300)}px`;
    panel.style.top = `${Math.min(box.bottom + 4, window.innerHeight - 190)}px`;
  };

  const open = (target) => {
    close();
    const person = JSON.parse(target.dataset.persona);
    if (person.card === "none") return;
    if (person.card === "live") {
      openLive(target, person);
      return;
    }
    card = make("div", "sandbox-profile-card");
    card.id = "sandboxProfileCard";
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", person.name);
    card.dataset.lpcCardFor = target.dataset.lpcHoverTargetId;
    const face = make("div", "sandbox-profile-card-face");
    const initials = make("div", "initials", person.initials);
    initials.style.backgroundColor = person.colour;
    face.append(initials);
    const photo = make("img");
    photo.alt = "";
    photo.addEventListener("load", () => initials.remove());
    photo.addEventListener("error", () => photo.remove());
    photo.src = person.photo;
    face.append(photo);
    const mail = make("a", "", person.mail);
    mail.href = `mailto:${person.mail}`;
    card.append(face, make("div", "sandbox-profile-card-name", person.name), make("div", "", person.role), mail);
    place(card, target);
    document.body.append(card);
  };

  const targetOf = (event) => event.composedPath().find((node) => node.dataset && node.dataset.lpcHoverTargetId);
  document.addEventListener("mouseover", (event) => {
    const target = targetOf(event);
    if (target) {
      clearTimeout(timer);
      timer = setTimeout(() => open(target), HOVER);
    } else if (!card || !card.contains(event.target)) {
      close();
    }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
})();
