"use strict";
/* The matrix with a keyboard: one mark is reached with Tab, the others from there with the arrows. */
(() => {
  const table = document.querySelector(".matrix table");
  if (!table) return;
  const columns = table.querySelectorAll("col");
  const lines = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1));
  const marks = table.querySelectorAll("td a[href]");
  marks.forEach((mark, n) => { mark.tabIndex = n ? -1 : 0; });
  let here = null;

  const first = (cell) => cell.querySelector("a[href]");

  function place(mark) {
    const y = lines.findIndex((cells) => cells.includes(mark.closest("td")));
    return [y, lines[y].indexOf(mark.closest("td"))];
  }

  /* The next mark that way: within the cell, then the nearest cell of the row or column that has one. */
  function next(mark, right, down) {
    const beside = down > 0 ? mark.nextElementSibling : down < 0 ? mark.previousElementSibling : null;
    if (beside?.matches("a[href]")) return beside;
    let [y, x] = place(mark);
    for (y += down, x += right; lines[y]?.[x]; y += down, x += right) {
      if (first(lines[y][x])) return first(lines[y][x]);
    }
    return null;
  }

  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  table.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    const mark = event.target.closest("td a[href]");
    if (!way || !mark || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const other = next(mark, ...way);
    if (!other) return;
    mark.tabIndex = -1;
    other.tabIndex = 0;
    other.focus();
  });

  function light(cell) {
    here?.classList.remove("here");
    here = cell && cell.cellIndex > 0 && cell.closest("tbody, .heads") ? columns[cell.cellIndex] : null;
    here?.classList.add("here");
  }
  table.addEventListener("pointerover", (event) => light(event.target.closest("td, th")));
  table.addEventListener("pointerleave", () => light(null));
  table.addEventListener("focusin", (event) => light(event.target.closest("td, th")));
})();
