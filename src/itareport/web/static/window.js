// What every window does: it shows the token with each change, tells when the program is gone, takes
// one click for one, and takes files that are dropped anywhere to the button that chooses files.
"use strict";
const find = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const on = (event, act, first = false) => document.addEventListener(event, act, first);
const token = find("meta[name=token]").content;
on("htmx:config:request", (event) => { event.detail.ctx.request.headers["X-Token"] = token; });

const ask = () => fetch("/alive").then(({ status }) => status !== 204, () => true).then((gone) => { find("#gone").hidden = !gone; });
on("htmx:error", ask);
setInterval(ask, 20000);
// A browser lets a window that holds a lock go on asking while it is in the background.
navigator.locks?.request("itareport", { mode: "shared" }, () => new Promise(() => {}));
ask();

on("click", (event) => {
  const button = event.target.closest("button:not(#undo, #redo)");
  if (event.detail > 1 && button?.closest("[hx-post]")) { event.preventDefault(); event.stopPropagation(); }  // of a double click
  if (event.target.type === "file") event.target.value = "";  // the same file may be chosen again
}, true);
on("dragover", (event) => { if (find("[data-drop]")) event.preventDefault(); });
on("drop", (event) => {
  const chooser = find("[data-drop]"), { files } = event.dataTransfer;
  if (!chooser || !files.length) return;
  event.preventDefault();
  chooser.files = files;
  chooser.dispatchEvent(new Event("change", { bubbles: true }));
});
on("change", (event) => {
  if ([...(event.target.files ?? [])].reduce((sum, file) => sum + file.size, 0) <= 20_000_000) return;
  event.stopImmediatePropagation();
  find("#taken").textContent = "รับไฟล์ได้ไม่เกิน 20 MB ต่อครั้ง โปรดเลือกไฟล์ที่เล็กกว่านี้";
}, true);
