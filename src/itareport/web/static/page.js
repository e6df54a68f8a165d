// What HTML alone cannot do: rows by arrow keys, pasting a table, and pages that change in place.
"use strict";
const typed = (element) => element?.matches?.("input:not([type=checkbox]):not([type=radio]), textarea");
const same = (said) => all("#form button").filter((button) => button.textContent === said);
const unsent = new Map(), sent = new Map();  // fields by name: what could not be saved, what was saved last
const holds = (field) => field.matches("[data-typed]") || unsent.has(field.name);

// ---- saving ----------------------------------------------------------------------------------
on("htmx:config:request", (event) => {
  const { ctx } = event.detail, field = document.activeElement, { body, action } = ctx.request;
  if (ctx.sourceEvent?.type === "input" && ctx.sourceElement !== field && typed(ctx.sourceElement)) event.preventDefault();  // was sent when it was left
  if (action.endsWith("/save")) unsent.forEach((text, name) => { if (!body.has(name)) body.set(name, text); });
  const { name, value, defaultValue: old, was = old } = ctx.sourceElement ?? {};  // a point of a list has no key but what it said
  if (body && /^v:.*\.\d+$/.test(name)) { body.set(`was:${name}`, JSON.stringify([was, old])); ctx.sourceElement.was = value; }
  if (!body || !field?.name?.startsWith("v:") || field.getAttribute("aria-invalid")) return;
  body.set("typing", field.name.slice(2));
});
on("input", ({ target }) => target.toggleAttribute("data-typed", target.matches("select") || typed(target)));  // answers leave it alone
on("focusout", ({ target }) => target.removeAttribute?.("data-typed"));
let held = null;  // what has the focus; of a button, its place among those of the same words
on("htmx:before:swap", (event) => {
  const has = document.activeElement?.closest?.("#form :is(button, input, select, textarea)"), { ctx } = event.detail;
  ctx.request?.body?.forEach?.((text, name) => { if (ctx.response?.status < 400) { unsent.delete(name); if (ctx.target?.id === "form") sent.set(name, text); } });
  held = has && { id: has.id, said: has.textContent, at: same(has.textContent).indexOf(has) };
  const waiting = find("#state")?._htmx_state?.rq?.more();  // a newer answer follows
  if (waiting && ctx.target?.id === "form" && !ctx.text?.includes(" data-now")) event.preventDefault();
});
on("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.target?.id === "form") all("#form [name^='v:']:not(select)").forEach((f) => { if (holds(f)) return; delete f.was; if (f.value !== f.defaultValue) f.value = f.defaultValue; });
  all("#form input[type=checkbox], #form input[type=radio]").forEach((box) => { box.checked = box.defaultChecked; });
  all("#form option").forEach((option) => { if (!holds(option.closest("select, datalist")) && option.selected !== option.defaultSelected) option.selected = option.defaultSelected; });
  const field = document.activeElement, dialog = find("#dialog dialog:not([open])"), begins = find("#form [data-now]");
  if (field?.name?.startsWith("v:")) field.toggleAttribute("aria-invalid", !!document.getElementById(`p-${field.name.slice(2)}`)?.querySelector(".bad"));
  const like = held && field === document.body && same(held.said);
  if (like) (document.getElementById(held.id) ?? like[Math.min(held.at, like.length - 1)] ?? find("#scroll")).focus();
  if (dialog) { dialog.showModal(); find("[autofocus]", dialog)?.focus(); } else if (!find("#dialog dialog")) all("#form dialog[open]").forEach((open) => open.close());
  if (begins) { begins.click(); begins.remove(); }  // once, whatever answers follow
  reveal();
});
for (const error of ["htmx:error", "htmx:response:error"]) on(error, ({ detail: { ctx } }) => {
  const saved = find("#saved"), source = ctx?.sourceElement ?? document.activeElement;
  if (!saved || ctx?.request?.method !== "POST") return;
  ctx.request.body?.forEach?.((text, name) => { if (name.startsWith("v:")) unsent.set(name, text); });
  Object.assign(saved, { className: "saved push bad", innerHTML: 'บันทึกไม่ได้ <button class="btn plain tool" type="button">ลองอีกครั้ง</button>' });
  find("button", saved).onclick = () => (source.matches("button") ? source.click() : send(source));
});
const send = (field) => { if (field) htmx.trigger(field, "change"); }, waiting = () => all("#form [name^='v:']").find(({ name }) => unsent.has(name));
setInterval(() => send(waiting()), 5000);  // until it is saved
const was = (field) => (field.matches("select") ? find("[selected]", field)?.value ?? "" : field.defaultValue);
addEventListener("pagehide", () => {  // what is typed and not known to be saved: in hand, waiting, or on its way
  const left = all("#form [name^='v:']").filter((field) => field.value !== was(field));
  const body = new URLSearchParams([...all("#state input"), ...left].map((one) => [one.name, one.value]));
  if (left.length) fetch(left[0].getAttribute("hx-post"), { method: "POST", body, keepalive: true, headers: { "X-Token": token } });
});

// ---- keys ------------------------------------------------------------------------------------
const reach = (field) => { for (let fold = field; (fold = fold.parentElement.closest("details"));) fold.open = true; field.focus(); };
on("keydown", (event) => {
  const field = event.target, key = event.key, ctrl = event.ctrlKey || event.metaKey;
  const column = all("[data-grid] td.v input:first-child"), at = column.indexOf(field);
  if (at >= 0 && ["Enter", "ArrowDown", "ArrowUp"].includes(key)) {
    column[at + (key === "ArrowUp" || event.shiftKey ? -1 : 1)]?.focus();
  } else if (event.altKey && ["PageDown", "PageUp"].includes(key)) {
    const links = all("#steps a");
    links[links.indexOf(find("#steps [aria-current]")) + (key === "PageDown" ? 1 : -1)]?.click();
  } else if (ctrl && ["z", "y"].includes(key.toLowerCase()) && !(typed(field) && field.value !== field.defaultValue)) {
    field.blur(); find(key.toLowerCase() === "z" && !event.shiftKey ? "#undo:enabled" : "#redo:enabled")?.click();
  } else if (key === "F8") {
    const wrong = all("#form [aria-invalid=true], #form .warned");
    wrong.length ? reach(wrong[(wrong.indexOf(field) + 1) % wrong.length]) : find(".foot .count")?.click();
  } else if (key === "F2") {
    find("[data-edit]", field.closest("article") ?? document)?.click();
  } else if (key === "Escape" && field.closest("article, .plan li")) {
    field.blur();
  } else if (field.id === "pages" && ["+", "-"].includes(key)) {
    zoom(key === "+" ? 1 : -1);
  } else return;
  event.preventDefault();
});
on("focusin", ({ target }) => { if (target.closest?.("[data-grid] td.v")) target.select(); reveal(); });

// ---- pasting, and what a click does ------------------------------------------------------------
on("paste", (event) => {
  const text = event.clipboardData.getData("text/plain"), box = find("#copied");
  if (!event.target.closest?.("[data-paste]") || !/[\t\n]/.test(text.trim()) || !box) return;
  event.preventDefault(); box.value = text; find("#paste-box .main").click();
});
const clicked = {
  "[data-open]": ({ dataset }) => { const box = document.getElementById(dataset.open); box.showModal(); find("textarea", box)?.focus(); },
  "[data-close]": (closer) => { closer.closest("dialog").close(); if (closer.closest("#dialog")) find("#dialog").replaceChildren(); },
  "[data-copy]": ({ dataset }) => {  // a page of another machine has no newer way
    const text = document.getElementById(dataset.copy);
    text.select ? text.select() : getSelection().selectAllChildren(text);
    if (document.execCommand("copy")) find(".toast").textContent = "คัดลอกแล้ว";
  },
  ".panes button": (pane) => all(".panes button").forEach((one, preview) => {
    one.setAttribute("aria-pressed", one === pane); if (one === pane) document.body.classList.toggle("show-preview", !!preview); }),
  "#print": () => { thumbs(false); Promise.all(all("#pages img").map((img) => sharp(img, 2))).then(() => print()); },  // as sharp as paper
  "[data-zoom]": ({ dataset }) => zoom(Number(dataset.zoom)),
  "[aria-disabled=true]": (button) => { find("#taken").textContent = document.getElementById(button.getAttribute("aria-describedby")).textContent; },
  "#thumbs": () => thumbs(!find("#pages").classList.contains("thumbs")),
  ".thumbs figure": (page) => { thumbs(false); page.scrollIntoView(); },
};
on("close", ({ target }) => find("[data-close]:not([hx-post])", target)?.click(), true);  // Escape leaves things as they are
on("click", ({ target }) => Object.entries(clicked).forEach(([where, act]) => { const at = target.closest(where); if (at) act(at); }));
for (const when of ["click", "keydown"]) on(when, ({ target, key }) => all(".menu[open]").forEach((menu) => {
  if (key === "Escape" || !menu.contains(target) || (!key && target.closest("a"))) menu.open = false; }));

// ---- pages -----------------------------------------------------------------------------------
let scale = 1, shownFor = null;
const zoom = (step) => {
  scale = step ? Math.min(3, Math.max(0.5, scale * (step > 0 ? 1.25 : 0.8))) : 1;
  find("#pages").style.setProperty("--zoom", scale); sharpen(); };
const address = (img) => img.getAttribute("src").split("?")[0];
const sharp = (img, times) => new Promise((done) => {
  const wanted = `${address(img)}?zoom=${times}`;
  if (img.getAttribute("src") === wanted) done(); else { img.onload = img.onerror = done; img.src = wanted; } });
const sharpen = () => {  // the pages in sight, where they are larger than their pictures are made for
  const pane = find("#pages"), seen = pane.getBoundingClientRect();
  if (scale > 1 && !pane.classList.contains("thumbs")) all("img", pane).forEach((img) => {
    const at = img.getBoundingClientRect();
    if (at.bottom > seen.top && at.top < seen.bottom) sharp(img, Math.min(4, Math.max(2, Math.ceil(at.width * devicePixelRatio * 1.25 / img.getAttribute("width")))));
  });
};
const thumbs = (shown) => {
  find("#pages").classList.toggle("thumbs", shown); find("#thumbs")?.setAttribute("aria-pressed", shown); };
const reveal = () => {  // the page of the field in hand, and beside it a bar at its row
  const at = document.activeElement, { section } = (at?.closest?.("[data-section]") ?? find("#form [data-section]"))?.dataset ?? {};
  const name = /code=(\w+)/.exec(at?.name)?.[1] ?? at?.closest?.(".plan > li")?.querySelector("b")?.textContent;
  const pane = find("#pages"), mark = name && find(`.marks [data-mark="${name}"]`, pane);
  if (mark || at !== document.body) all(".marks rect").forEach((one) => one.classList.toggle("on", one === mark));
  const place = mark ?? all("#pages figure").find((one) => one.dataset.sections.split(" ").includes(section));
  if (!place || place === shownFor || pane.classList.contains("thumbs")) return;
  const top = (shownFor = place).getBoundingClientRect().top - pane.getBoundingClientRect().top;
  if (!mark || top < 0 || top > pane.clientHeight - 120) pane.scrollTop += top - (mark ? 120 : 18);
};
const count = () => {
  sharpen(); const pane = find("#pages"), pages = all("figure:not(.strip)", pane), at = find("#lane [data-at]"); if (!at || !pages.length) return;
  const middle = pane.getBoundingClientRect().top + pane.clientHeight / 2;
  const now = pages.findIndex((page) => page.getBoundingClientRect().bottom > middle);
  at.textContent = `หน้า ${(now < 0 ? pages.length - 1 : now) + 1} จาก ${pages.length}`;
};
on("pages", async ({ detail: { data } }) => {  // the old pages stay until the new are decoded
  const pane = find("#pages"), fresh = document.createElement("template"), top = pane.scrollTop; fresh.innerHTML = data;
  const [lanes, said, figures] = ["[data-lane]", ".msg", "figure"].map((one) => all(one, fresh.content)), lane = lanes.at(-1);
  await Promise.allSettled(figures.map((figure) => find("img", figure).decode()));
  const old = new Map(all("img", pane).map((img) => [address(img), img]));
  all("img", fresh.content).forEach((img) => {  // the same picture stays, however sharp it is by now
    const same = old.get(address(img)); if (same) { same.alt = img.alt; img.replaceWith(same); } });
  pane.replaceChildren(...said, ...(figures.length ? figures : all("figure", pane)));
  if (lane) find("#lane").replaceChildren(...lane.childNodes);
  pane.scrollTop = top; shownFor = null; reveal(); count();
});
on("changed", () => {  // by another window, or another program; what is typed and not yet saved is compared with it
  const field = document.activeElement, isField = field.name?.startsWith("v:") && typed(field), { value: text, selectionStart: at } = field;
  const own = waiting() ?? (isField && text !== field.defaultValue && text !== sent.get(field.name) ? field : null); if (own) return send(own);
  if (isField) field.removeAttribute("data-typed");
  const values = Object.fromEntries(all("#state input").map((one) => [one.name, one.value]));
  htmx.ajax("GET", location.pathname, { source: "#form", target: "#form", swap: "innerMorph", values }).then(() => {  // a point that has another place by now
    const list = (one) => one.name.replace(/\.\d+$/, ""), now = isField && field.value !== text && all("#form [name^='v:']").find((one) => one.value === text && list(one) === list(field));
    if (now) { now.focus(); now.setSelectionRange(at, at); } });
});
find("#pages")?.addEventListener("scroll", count, { passive: true });
find("[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" }); if (find("#step-check")) thumbs(true);
all("#form [autofocus]").slice(0, 1).forEach((asked) => { reach(asked); asked.scrollIntoView({ block: "center" }); });
