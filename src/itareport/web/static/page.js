"use strict";
// What HTML alone cannot do: rows by arrow keys, pasting a table, and pages that change in place.
const find = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const typed = (element) => element?.matches?.("input:not([type=checkbox]):not([type=radio]), textarea");
const same = (said) => all("#form button").filter((button) => button.textContent === said);
const go = (link) => link && link.click();

// ---- saving ----------------------------------------------------------------------------------
document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail, field = document.activeElement, body = ctx.request.body;
  if (ctx.sourceEvent?.type === "input" && ctx.sourceElement !== field && typed(ctx.sourceElement)) event.preventDefault();  // was sent when it was left
  if (!body || !field?.name?.startsWith("v:") || field.getAttribute("aria-invalid")) return;
  body.set("typing", field.name.slice(2));
});
document.addEventListener("input", ({ target }) => target.toggleAttribute("data-typed", target.matches("select") || typed(target)));  // answers leave it alone
document.addEventListener("focusout", ({ target }) => target.removeAttribute?.("data-typed"));
let held = null;  // what has the focus; of a button, its place among those of the same words
document.addEventListener("htmx:before:swap", (event) => {
  const has = document.activeElement?.closest?.("#form :is(button, input, select, textarea)");
  held = has && { id: has.id, said: has.textContent, at: same(has.textContent).indexOf(has) };
  const waiting = find("#state")?._htmx_state?.rq?.more();
  if (waiting && event.detail.ctx.target?.id === "form") event.preventDefault();  // a newer answer follows
});
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.target?.id === "form") all("#form [name^='v:']:not([data-typed], select)").forEach((one) => { if (one.value !== one.defaultValue) one.value = one.defaultValue; });
  all("#form input[type=checkbox], #form input[type=radio]").forEach((box) => { box.checked = box.defaultChecked; });
  all("#form option").forEach((option) => { if (!option.closest("[data-typed]") && option.selected !== option.defaultSelected) option.selected = option.defaultSelected; });
  const field = document.activeElement;
  if (field?.name?.startsWith("v:")) field.toggleAttribute("aria-invalid", !!document.getElementById(`p-${field.name.slice(2)}`)?.querySelector(".bad"));
  if (held && document.activeElement === document.body) {
    const like = same(held.said);
    (document.getElementById(held.id) ?? like[Math.min(held.at, like.length - 1)] ?? find("#scroll")).focus();
  }
  const dialog = find("#dialog dialog:not([open])");
  if (dialog) { dialog.showModal(); find("[autofocus]", dialog)?.focus(); }
  if (!find("#dialog dialog")) all("#form dialog[open]").forEach((open) => open.close());
  go(find("#form [data-now]"));
  reveal();
});
const lost = () => {
  const saved = find("#saved"), again = document.createElement("button");
  if (!saved) return;
  Object.assign(again, { className: "btn plain tool", type: "button", textContent: "ลองอีกครั้ง" });
  again.onclick = () => htmx.trigger(last ?? document.activeElement, "change");
  saved.className = "saved push bad"; saved.replaceChildren("บันทึกไม่ได้ ", again);
};
let last = null;
document.addEventListener("htmx:error", ({ detail: { ctx } }) => { last = ctx?.sourceElement; if (ctx?.request?.method === "POST") lost(); });
document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => { last = ctx?.sourceElement; lost(); });
const was = (field) => field.matches("select") ? (find("[selected]", field)?.value ?? "") : field.defaultValue;
addEventListener("pagehide", () => {  // what is typed and not known to be saved: in hand, waiting, or on its way
  const left = all("#form :is(input, select, textarea)[name^='v:']").filter((field) => (typed(field) || field.matches("select")) && field.value !== was(field));
  for (const address of new Set(left.map((field) => field.getAttribute("hx-post")))) {
    const body = new URLSearchParams(all("#state input").map((one) => [one.name, one.value]));
    left.filter((field) => field.getAttribute("hx-post") === address).forEach((field) => body.set(field.name, field.value));
    fetch(address, { method: "POST", body, keepalive: true, headers: { "X-Token": find("meta[name=token]").content } });
  }
});

// ---- keys ------------------------------------------------------------------------------------
const below = (field, step) => {
  const fields = all("[data-grid] td.v input:first-child"), at = fields.indexOf(field);
  const next = at < 0 ? null : fields[at + step];
  if (next) { next.focus(); next.select(); }
};
document.addEventListener("keydown", (event) => {
  const field = event.target, key = event.key, ctrl = event.ctrlKey || event.metaKey;
  if (field.closest("[data-grid] td.v") && ["Enter", "ArrowDown", "ArrowUp"].includes(key)) {
    event.preventDefault();
    below(field, key === "ArrowUp" || event.shiftKey ? -1 : 1);
  } else if (event.altKey && ["PageDown", "PageUp"].includes(key)) {
    const links = all("#steps a"), at = links.findIndex((link) => link.hasAttribute("aria-current"));
    event.preventDefault();
    go(links[at + (key === "PageDown" ? 1 : -1)]);
  } else if (ctrl && ["z", "y"].includes(key.toLowerCase()) && !(typed(field) && field.value !== field.defaultValue)) {
    event.preventDefault();
    field.blur();
    go(find(key.toLowerCase() === "z" && !event.shiftKey ? "#undo:enabled" : "#redo:enabled"));
  } else if (key === "F8") {
    const wrong = all("#form [aria-invalid=true], #form .warned"), at = wrong.indexOf(field);
    event.preventDefault();
    wrong.length ? wrong[(at + 1) % wrong.length].focus() : go(find(".foot .count"));
  } else if (key === "F2") {
    go(find("[data-edit]", field.closest("article") ?? document));
  } else if (key === "Escape" && field.closest("article, .plan li")) {
    field.blur();
  } else if (field.id === "pages" && ["+", "-"].includes(key)) {
    zoom(key === "+" ? 1 : -1);
  }
});
document.addEventListener("focusin", ({ target }) => {
  if (target.closest?.("[data-grid] td.v")) target.select();
  reveal();
});

// ---- pasting ---------------------------------------------------------------------------------
document.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain"), box = find("#copied");
  if (!event.target.closest?.("[data-paste]") || !/[\t\n]/.test(text.trim()) || !box) return;
  event.preventDefault();
  box.value = text;
  go(find("#paste-box .main"));
});
document.addEventListener("click", ({ target }) => {
  const opener = target.closest("[data-open]"), closer = target.closest("[data-close]");
  if (opener) { const box = document.getElementById(opener.dataset.open); box.showModal(); find("textarea", box)?.focus(); }
  if (closer) { closer.closest("dialog").close(); if (closer.closest("#dialog")) find("#dialog").replaceChildren(); }
  const copy = document.getElementById(target.closest("[data-copy]")?.dataset.copy);
  if (copy) copy.select ? copy.select() : getSelection().selectAllChildren(copy);  // a page of another machine has no newer way
  if (copy && document.execCommand("copy")) find(".toast").textContent = "คัดลอกแล้ว";
  const pane = target.closest(".panes button");
  if (pane) {
    document.body.classList.toggle("show-preview", pane === all(".panes button")[1]);
    all(".panes button").forEach((one) => one.setAttribute("aria-pressed", one === pane));
  }
  if (target.closest("#print")) printed();
  const step = target.closest("[data-zoom]");
  if (step) zoom(Number(step.dataset.zoom));
  const page = target.closest(".thumbs figure");
  if (target.closest("#thumbs") || page) { thumbs(!page && !find("#pages").classList.contains("thumbs")); page?.scrollIntoView(); }
});

// ---- pages -----------------------------------------------------------------------------------
let scale = 1;
const zoom = (step) => {
  scale = step ? Math.min(3, Math.max(0.5, scale * (step > 0 ? 1.25 : 0.8))) : 1;
  find("#pages").style.setProperty("--zoom", scale);
  sharpen();
};
const address = (img) => img.getAttribute("src").split("?")[0];
const sharp = (img, times) => new Promise((done) => {
  const wanted = `${address(img)}?zoom=${times}`;
  if (img.getAttribute("src") === wanted) done();
  else { img.onload = img.onerror = done; img.src = wanted; }
});
const sharpen = () => {  // the pages in sight, where they are larger than their pictures are made for
  const pane = find("#pages"), seen = pane.getBoundingClientRect();
  if (scale > 1 && !pane.classList.contains("thumbs")) all("img", pane).forEach((img) => {
    const at = img.getBoundingClientRect();
    if (at.bottom > seen.top && at.top < seen.bottom) sharp(img, Math.min(4, Math.max(2, Math.ceil(at.width * devicePixelRatio * 1.25 / img.getAttribute("width")))));
  });
};
const printed = async () => {  // as sharp as paper is
  thumbs(false);
  await Promise.all(all("#pages img").map((img) => sharp(img, 2)));
  print();
};
const thumbs = (on) => {
  find("#pages").classList.toggle("thumbs", on);
  find("#thumbs")?.setAttribute("aria-pressed", on);
};
const pageInHand = () => {
  const section = document.activeElement?.closest?.("[data-section]")?.dataset.section ?? find("#form [data-section]")?.dataset.section;
  return section && all("#pages figure").find((page) => page.dataset.sections.split(" ").includes(section));
};
let shownFor = null;
const reveal = () => {  // the page of the field in hand
  const page = pageInHand(), pane = find("#pages");
  if (!page || page === shownFor || pane.classList.contains("thumbs")) return;
  shownFor = page;
  pane.scrollTop += page.getBoundingClientRect().top - pane.getBoundingClientRect().top - 18;
};
const count = () => {
  sharpen();
  const pane = find("#pages"), pages = all("figure:not(.strip)", pane), at = find("#lane [data-at]");
  if (!at || !pages.length) return;
  const middle = pane.getBoundingClientRect().top + pane.clientHeight / 2;
  const now = pages.findIndex((page) => page.getBoundingClientRect().bottom > middle);
  at.textContent = `หน้า ${(now < 0 ? pages.length - 1 : now) + 1} จาก ${pages.length}`;
};
const pages = async ({ detail: { data } }) => {  // the old pages stay until the new are decoded
  const pane = find("#pages"), fresh = document.createElement("template"), top = pane.scrollTop;
  fresh.innerHTML = data;
  const [lanes, said, figures] = ["[data-lane]", ".msg", "figure"].map((one) => all(one, fresh.content)), lane = lanes.at(-1);
  await Promise.allSettled(figures.map((figure) => find("img", figure).decode()));
  const old = new Map(all("img", pane).map((img) => [address(img), img]));
  all("img", fresh.content).forEach((img) => {  // the same picture stays, however sharp it is by now
    const same = old.get(address(img)); if (same) { same.alt = img.alt; img.replaceWith(same); } });
  pane.replaceChildren(...said, ...(figures.length ? figures : all("figure", pane)));
  if (lane) find("#lane").replaceChildren(...lane.childNodes);
  pane.scrollTop = top; shownFor = null;
  reveal(); count();
};
document.addEventListener("pages", pages);
document.addEventListener("changed", () => {  // by another window, or another program
  const values = Object.fromEntries(all("#state input").map((one) => [one.name, one.value]));
  htmx.ajax("GET", location.pathname, { source: "#form", target: "#form", swap: "innerMorph", values });
});
document.addEventListener("DOMContentLoaded", () => {
  find("#pages")?.addEventListener("scroll", count, { passive: true });
  find("[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  if (find("#step-check")) thumbs(true);
  const asked = find("#form [autofocus]");
  if (asked) { asked.focus(); asked.scrollIntoView({ block: "center" }); }
});
