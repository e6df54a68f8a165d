// What every window does: it shows the token with each change, and tells when the program is gone.
"use strict";
(() => {
  const token = document.querySelector("meta[name=token]").content;
  document.addEventListener("htmx:config:request", (event) => {
    event.detail.ctx.request.headers["X-Token"] = token;
  });

  const gone = () => {
    if (document.getElementById("gone")) return;
    const said = document.createElement("div");
    said.id = "gone";
    said.className = "msg bad gone";
    said.setAttribute("role", "alert");
    said.textContent = "โปรแกรมปิดไปแล้ว สิ่งที่บันทึกแล้วไม่หาย โปรดเปิด “เปิดโปรแกรม” อีกครั้ง";
    document.body.prepend(said);
  };
  const ask = () => fetch("/alive").then(
    (answer) => (answer.status === 204 ? document.getElementById("gone")?.remove() : gone()), gone);
  document.addEventListener("htmx:error", ask);
  setInterval(ask, 20000);
  // A browser lets a window that holds a lock go on asking while it is in the background.
  navigator.locks?.request("itareport", { mode: "shared" }, () => new Promise(() => {}));
  ask();
})();
