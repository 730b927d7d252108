"use strict";
/* Filtering and sorting of a table that is whole without them. Nothing is asked for, and no text becomes markup. */
(() => {
  const table = document.querySelector("table[data-noun]");
  const form = document.querySelector("form.filter");
  if (!table || !form) return;
  const body = table.tBodies[0];
  const status = form.querySelector("output");
  const none = document.querySelector("p.none");
  const fields = [...form.elements].filter((field) => field.name);
  const collator = new Intl.Collator(undefined, { numeric: true });
  const more = document.querySelector("button[data-more]");
  const STEP = 300; /* rows that are drawn at once: thousands would make each keystroke wait for their layout */
  const rows = [...body.rows].map((row, n) => ({ row, n, id: row.dataset.id }));
  let sorted = { column: "", down: false };
  let ordered = rows;
  let fitting = rows;
  let drawn = rows.length;
  let isRead = false;

  /* Folded as a person types: without case, without marks over letters. */
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function read() {
    if (isRead) return;
    isRead = true;
    for (const one of rows) {
      one.text = folded(one.row.textContent);
      one.kinds = Object.fromEntries(fields.filter(({ name }) => name !== "q").map(({ name }) => {
        const value = one.row.dataset[name] ?? "";
        return [name, isNumbered(name) ? value.split(" ") : [value]];
      }));
    }
  }

  function draw(number) {
    drawn = Math.min(number, fitting.length);
    body.replaceChildren(...fitting.slice(0, drawn).map(({ row }) => row));
    tell();
  }

  function tell() {
    const left = fitting.length - drawn;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, STEP)} more of ${left}`;
    none.hidden = fitting.length > 0;
    status.textContent = fitting.length === rows.length ? "" : `${fitting.length} of ${rows.length} ${table.dataset.noun}`;
    table.setAttribute("aria-rowcount", String(fitting.length + 1));
  }

  /* What a row says of each kind: its words, or for speakers and sources the numbers of their choices. */
  function isNumbered(name) { return name === "speaker" || name === "source"; }

  function asked() {
    return fields.filter((field) => field.value && field.name !== "q").map(({ name, value, selectedIndex }) =>
      [name, isNumbered(name) ? String(selectedIndex) : value]);
  }

  function wanted() {
    return Object.fromEntries(fields.map((field) => [field.name, field.value]).filter(([, value]) => value));
  }

  function filter() {
    read();
    const kinds = asked();
    const words = folded(fields[0].value).split(/\s+/).filter(Boolean);
    fitting = ordered.filter((one) =>
      kinds.every(([kind, value]) => one.kinds[kind].includes(value)) && words.every((word) => one.text.includes(word)));
    draw(STEP);
  }

  const heads = [...table.tHead.rows[0].cells];
  const names = heads.map((head) => head.textContent.trim().toLowerCase());
  const order = fields.find((field) => field.name === "verdict")?.options;
  const verdicts = order ? [...order].map((option) => option.value) : [];

  function key(one, column) {
    const kind = heads[column].dataset.sort;
    const text = one.row.cells[column].textContent.trim();
    if (kind === "verdict") return verdicts.indexOf(one.row.dataset.verdict);
    if (kind === "probability") return text ? Number(one.row.dataset.p) : null;
    if (kind === "number") return /^\d/.test(text) ? Number.parseInt(text, 10) + (Number.parseInt(text.split("–")[1] ?? "0", 10) || 0) / 1e4 : null;
    return text === "–" ? null : text || null;
  }

  /* Rows that have nothing in a column come last, whichever way it is sorted. */
  function compare(a, b) {
    if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.one.n - b.one.n;
    const by = typeof a.key === "number" ? a.key - b.key : collator.compare(a.key, b.key);
    return (sorted.down ? -by : by) || a.one.n - b.one.n;
  }

  function sort() {
    const column = names.indexOf(sorted.column);
    heads.forEach((head, n) => {
      if (n === column) head.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    if (column < 0) ordered = rows;
    else ordered = rows.map((one) => ({ one, key: key(one, column) })).sort(compare).map(({ one }) => one);
    filter();
  }

  /* The state stands in the address, so that it can be kept, sent and gone back to. */
  function write() {
    const state = new URLSearchParams(wanted());
    if (sorted.column) state.set("sort", (sorted.down ? "-" : "") + sorted.column);
    const query = state.size ? `?${state}` : location.pathname;
    try { history.replaceState(null, "", query + location.hash); } catch { /* an address that cannot be changed stays */ }
  }

  function restore() {
    const state = new URLSearchParams(location.search);
    for (const field of fields) {
      field.value = state.get(field.name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    }
    const by = state.get("sort") ?? "";
    const column = by.replace(/^-/, "");
    if (names.includes(column)) sorted = { column, down: by.startsWith("-") };
    if (sorted.column) sort();
    else if (state.size || fitting !== rows) filter();
    else draw(STEP);
    seek();
  }

  /* A row that an address leads to is drawn, with those before it. */
  function seek() {
    const at = fitting.findIndex(({ row }) => row.id && `#${row.id}` === location.hash);
    if (at < drawn) return;
    draw(at + 1);
    fitting[at].row.scrollIntoView();
  }

  heads.forEach((head, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const first = heads[n].dataset.sort === "number" || heads[n].dataset.sort === "probability";
      if (sorted.column !== names[n]) sorted = { column: names[n], down: first };
      else if (sorted.down === first) sorted.down = !first;
      else sorted = { column: "", down: false };
      sort();
      write();
    });
  });

  let soon = 0;
  form.addEventListener("input", () => {
    filter();
    clearTimeout(soon);
    soon = setTimeout(write, 200);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { filter(); write(); }));
  document.querySelector("[data-clear]").addEventListener("click", () => { form.reset(); fields[0].focus(); });
  addEventListener("popstate", restore);
  addEventListener("beforeprint", () => draw(fitting.length));
  addEventListener("afterprint", () => draw(STEP));
  more.addEventListener("click", () => {
    const next = fitting[drawn].row;
    body.append(...fitting.slice(drawn, drawn + STEP).map(({ row }) => row));
    drawn = Math.min(drawn + STEP, fitting.length);
    tell();
    (next.querySelector("a") ?? more).focus();
  });

  /* Records of a CSV file, each with its line break; a break within quotation marks does not end one. */
  function records(text) {
    return text.match(/(?:"(?:[^"]|"")*"|[^"\r\n])*\r\n/g) ?? [];
  }

  function taken(link, ids) {
    const address = link.getAttribute("href");
    const text = decodeURIComponent(address.slice(address.indexOf(",") + 1));
    const at = new Map(rows.map(({ id, n }) => [id, n]));
    if (link.dataset.take === "csv") {
      const [head, ...lines] = records(text);
      return head + ids.map((id) => lines[at.get(id)]).join("");
    }
    const data = JSON.parse(text);
    data.rows = ids.map((id) => data.rows[at.get(id)]);
    return JSON.stringify(data);
  }

  /* What is taken away is what the table shows: the rows that fit, in their order. */
  for (const link of document.querySelectorAll("a[data-take]")) {
    link.addEventListener("click", (event) => {
      if (fitting.length === rows.length && !sorted.column) return;
      event.preventDefault();
      const ids = fitting.map(({ id }) => id);
      const kind = link.dataset.take === "csv" ? "text/csv" : "application/json";
      const saved = document.createElement("a");
      saved.download = link.download;
      saved.href = URL.createObjectURL(new Blob([taken(link, ids)], { type: kind }));
      saved.click();
      setTimeout(() => URL.revokeObjectURL(saved.href), 1000);
    });
  }

  form.hidden = false;
  restore();
  (window.requestIdleCallback ?? setTimeout)(read);
})();
