"use strict";
/* A page that follows the case: it asks whether the state changed while somebody looks at it, and shows itself anew at
   the same place. What was being typed, and which row stood at the top, are kept over that in this window alone. */
(() => {
  const state = document.querySelector("[data-state]").dataset.state;
  const line = document.querySelector("[data-following]");
  const said = line.textContent;
  const kept = `kept:${location.pathname}`;
  const pause = (time) => new Promise((done) => { setTimeout(done, time); });
  const places = () => [...document.querySelectorAll("main [id], main [data-id]")];
  const name = (element) => element.id || element.dataset.id;

  /* What is seen and has a name, the nearest to the upper part of the window first, and how far from its top: what is
     added above it must not move it, and where one is gone the next will do. */
  function seenPlaces() {
    if (scrollY === 0) return [];
    const found = [];
    for (const element of places()) {
      if (!element.getClientRects().length) continue;
      const { top, bottom } = element.getBoundingClientRect();
      if (bottom > 0 && top < innerHeight) found.push({ name: name(element), top });
    }
    const far = ({ top }) => Math.abs(top - innerHeight / 4);
    return found.sort((a, b) => far(a) - far(b)).slice(0, 20);
  }

  function typing() {
    const field = document.activeElement;
    if (!field || !field.name) return null;
    return { name: field.name, value: field.value, from: field.selectionStart ?? null, to: field.selectionEnd ?? null };
  }

  function keep() {
    history.scrollRestoration = "manual";
    const open = [...document.querySelectorAll("main details")].map((one) => one.open);
    const table = document.querySelector("table[data-noun]");
    const rows = table ? table.tBodies[0].rows.length : 0;
    const told = { y: scrollY, seen: seenPlaces(), typing: typing(), open, rows };
    try { sessionStorage.setItem(kept, JSON.stringify(told)); } catch { /* kept nowhere: the top is shown */ }
  }

  function taken() {
    try {
      const told = JSON.parse(sessionStorage.getItem(kept));
      sessionStorage.removeItem(kept);
      return told;
    } catch { return null; }
  }

  function typeOn({ name, value, from, to }) {
    const field = [...document.querySelectorAll("form [name]")].find((one) => one.name === name);
    if (!field) return;
    if (field.value !== value) {
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.focus({ preventScroll: true });
    if (from !== null && field.setSelectionRange) field.setSelectionRange(from, to);
  }

  function drawRows(number) {
    const table = document.querySelector("table[data-noun]");
    const more = document.querySelector("button[data-more]");
    while (table && more && !more.hidden && table.tBodies[0].rows.length < number) more.click();
  }

  function putBack() {
    const told = taken();
    if (!told) return;
    const details = document.querySelectorAll("main details");
    if (details.length === told.open.length) told.open.forEach((open, n) => { details[n].open = open; });
    if (told.typing) typeOn(told.typing);
    drawRows(told.rows);
    const named = new Map(places().map((element) => [name(element), element]));
    const place = told.seen.find((one) => named.has(one.name));
    const off = () => (place ? named.get(place.name).getBoundingClientRect().top - place.top : told.y - scrollY);
    /* What was not drawn before has its true height only then: until it stays, and no longer than that takes. */
    const settle = (turns) => {
      scrollBy({ top: off(), behavior: "instant" });
      if (turns) requestAnimationFrame(() => settle(Math.abs(off()) < 1 ? Math.min(turns - 1, 2) : turns - 1));
      else history.scrollRestoration = "auto";
    };
    if (document.readyState === "complete") settle(20);
    else addEventListener("load", () => settle(20), { once: true });
  }

  function seen() {
    if (!document.hidden) return Promise.resolve();
    return new Promise((done) => { document.addEventListener("visibilitychange", done, { once: true }); }).then(seen);
  }

  /* A window that nobody sees asks nothing: a browser has few connections to one server. */
  async function ask() {
    const gone = new AbortController();
    const leave = () => { if (document.hidden) gone.abort(); };
    document.addEventListener("visibilitychange", leave);
    try {
      const answer = await fetch(`/changes?since=${state}`, { cache: "no-store", signal: gone.signal });
      return answer.ok ? (await answer.text()).trim() : "";
    } catch {
      return "";
    } finally {
      document.removeEventListener("visibilitychange", leave);
    }
  }

  async function follow() {
    for (;;) {
      await seen();
      const asked = performance.now();
      const now = await ask();
      if (now && now !== state) {
        keep();
        location.reload();
        return;
      }
      if (!document.hidden) line.textContent = now ? said : "No longer live: nobody answers. This is what was there last.";
      if (performance.now() - asked < 1000) await pause(1000);
    }
  }

  putBack();
  follow();
})();
