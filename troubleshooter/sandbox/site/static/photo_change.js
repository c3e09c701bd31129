// Changing the photo: choose a file, see its square middle, confirm (this sends the photo), close.
(() => {
  "use strict";
  const words = document.currentScript ? document.currentScript.dataset : {};
  const veil = document.querySelector("[data-photo-window]");
  const part = (name) => veil.querySelector(`[data-does=${name}]`);
  const canvas = veil.querySelector("canvas");
  const zoom = veil.querySelector("input[type=range]");
  const field = veil.querySelector("input[type=file]");
  const alert = veil.querySelector("[role=alert]");
  const account = veil.dataset.photoWindow === "account";
  const plain = "plain" in veil.dataset;
  let picture = null;

  const draw = (side, target) => {
    const size = Math.min(picture.width, picture.height) * 100 / Number(zoom.value);
    target.getContext("2d").drawImage(
      picture, (picture.width - size) / 2, (picture.height - size) / 2, size, size, 0, 0, side, side);
  };
  const send = async () => {
    const whole = document.createElement("canvas");
    whole.width = whole.height = Math.min(648, picture.width, picture.height);
    draw(whole.width, whole);
    const body = await new Promise((done) => whole.toBlob(done, "image/jpeg", 0.95));
    const answer = await fetch("/sandbox-photo", { method: "POST", body, headers: { "Content-Type": "image/jpeg" } });
    if (!answer.ok) alert.textContent = words.refused;
    return answer.ok;
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens=photo-dialog]");
    const revealer = event.target.closest("[data-shows]");
    if (opener) { event.preventDefault(); veil.hidden = false; }
    if (revealer) { document.getElementById(revealer.dataset.shows).hidden = false; revealer.hidden = true; }
  });
  const tip = document.querySelector("[data-photo-tip]");
  if (tip) {
    new MutationObserver(() => { if (!veil.hidden && !tip.dataset.seen) tip.hidden = !(tip.dataset.seen = "yes"); })
      .observe(veil, { attributes: true });
    tip.addEventListener("click", (event) => { if (event.target.closest("[data-tip-does=done]")) tip.hidden = true; });
  }
  part("leave").addEventListener("click", () => { veil.hidden = true; });
  part("choose").addEventListener("click", () => field.click());
  field.addEventListener("change", async () => {
    picture = await createImageBitmap(field.files[0]);
    draw(canvas.width, canvas);
    veil.querySelector(".sandbox-zoom").hidden = false;
    part("choose").hidden = !plain;
    part("first").hidden = false;
  });
  zoom.addEventListener("input", () => draw(canvas.width, canvas));
  // My Account shows the cropped photo before it saves it; the other two windows send it with the first button.
  part("first").addEventListener("click", async () => {
    if (!picture || !account && !await send()) return;
    part("first").hidden = true;
    part("last").hidden = false;
  });
  part("last").addEventListener("click", async () => {
    part("last").disabled = plain;
    if (account && !await send()) return;
    veil.hidden = true;
    if (plain) location.reload();
  });
})();
