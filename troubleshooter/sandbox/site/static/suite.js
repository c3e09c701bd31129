// The suite header: photo or initials, the launcher, the account panel.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const PANEL_LATE = 350; // ms; the real panel's text is late, too

  // Without a photo the initials stay: no answer, an error, or the 1x1 picture that means "none".
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

  const header = byId("O365_NavHeader") || byId("mectrl_main_trigger");
  const trigger = byId("O365_MainLink_Me") || byId("mectrl_main_trigger");
  const panel = byId("mectrl_main_body");

  whenPhoto(header.dataset.photo, (picture) => {
    picture.id = trigger.id === "O365_MainLink_Me" ? "O365_MainLink_MePhoto" : "mectrl_headerPicture";
    picture.alt = "";
    const old = byId(picture.id);
    if (old) old.remove();
    const initials = byId("meInitialsButton");
    if (initials) initials.remove();
    trigger.append(picture);
  });

  const fillPanel = () => {
    const { name, mail, initials, colour } = panel.dataset;
    byId("mectrl_currentAccount_primary").textContent = name;
    byId("mectrl_currentAccount_secondary").textContent = mail;
    const circle = document.createElement("div");
    circle.id = "mectrl_currentAccount_picture_profile_picture";
    circle.className = "mectrl_profilepic mectrl_profilepic_initials";
    circle.style.backgroundColor = colour;
    circle.textContent = initials;
    byId("mectrl_currentAccount_picture").replaceChildren(circle);
    whenPhoto(header.dataset.panelPhoto, () => {
      circle.className = "mectrl_profilepic";
      circle.textContent = "";
      circle.style.backgroundColor = "";
      circle.style.backgroundImage = `url("${header.dataset.panelPhoto}")`;
      circle.setAttribute("role", "img");
    });
  };

  trigger.addEventListener("click", () => {
    const open = panel.classList.toggle("expanded");
    trigger.setAttribute("aria-expanded", String(open));
    if (open && !byId("mectrl_currentAccount_picture_profile_picture")) setTimeout(fillPanel, PANEL_LATE);
  });

  const launcher = byId("appLauncherMainView");
  if (!launcher) return;
  const waffle = byId("O365_MainLink_NavMenu");
  const toggle = (open) => {
    launcher.hidden = !open;
    waffle.setAttribute("aria-expanded", String(open));
  };
  waffle.addEventListener("click", () => toggle(launcher.hidden));
  document.querySelector("#appLauncherTop > button").addEventListener("click", () => toggle(false));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    toggle(false);
    panel.classList.remove("expanded");
  });
})();
