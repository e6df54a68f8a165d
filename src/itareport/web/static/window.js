// What every window does: it shows the token with each change, tells when the program is gone, and
// takes files that are dropped anywhere to the button that chooses files.
"use strict";
{
  const token = document.querySelector("meta[name=token]").content, gone = document.getElementById("gone");
  document.addEventListener("htmx:config:request", (event) => { event.detail.ctx.request.headers["X-Token"] = token; });

  const ask = () => fetch("/alive").then((answer) => { gone.hidden = answer.status === 204; }, () => { gone.hidden = false; });
  document.addEventListener("htmx:error", ask);
  setInterval(ask, 20000);
  // A browser lets a window that holds a lock go on asking while it is in the background.
  navigator.locks?.request("itareport", { mode: "shared" }, () => new Promise(() => {}));
  ask();

  const chooser = () => document.querySelector("[data-drop]");
  document.addEventListener("dragover", (event) => { if (chooser()) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!chooser() || !event.dataTransfer.files.length) return;
    event.preventDefault();
    chooser().files = event.dataTransfer.files;
    chooser().dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("change", (event) => {
    if ([...(event.target.files ?? [])].reduce((sum, file) => sum + file.size, 0) <= 20_000_000) return;
    event.stopImmediatePropagation();
    document.getElementById("taken").textContent = "รับไฟล์ได้ไม่เกิน 20 MB ต่อครั้ง โปรดเลือกไฟล์ที่เล็กกว่านี้";
  }, true);
}
