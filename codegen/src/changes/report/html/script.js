
"use strict";
// Filters the table. The address holds the filters, as in #direction=response&wire=breaking, so that a view can be linked.
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const count = document.getElementById("count");
  const all = count.textContent;
  const groups = [...document.querySelectorAll("#differences tbody")].map((body) => {
    const [head, ...rows] = body.rows;
    return { body, head: head.textContent, rows };
  });
  const fields = ["direction", "wire", "crate", "words"].map((name) => form.elements[name]);
  const texts = new Map();
  const text = (row, head) => {
    if (!texts.has(row)) texts.set(row, `${head} ${row.textContent}`.toLowerCase());
    return texts.get(row);
  };

  const show = () => {
    const [direction, wire, level, search] = fields.map((field) => field.value);
    const classes = [direction, wire, level].filter(Boolean);
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { body, head, rows } of groups) {
      let here = 0;
      for (const row of rows) {
        const fits = classes.every((name) => row.classList.contains(name)) && words.every((word) => text(row, head).includes(word));
        row.hidden = !fits;
        here += fits;
      }
      body.hidden = here === 0;
      shown += here;
    }
    count.textContent = classes.length + words.length ? `${shown} of ${all}` : all;
  };

  const remember = () => {
    const chosen = new URLSearchParams(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
    history.replaceState(null, "", chosen.size ? `#${chosen}` : location.pathname + location.search);
  };

  const recall = () => {
    if (!location.hash.includes("=")) return;
    const chosen = new URLSearchParams(location.hash.slice(1));
    for (const field of fields) field.value = chosen.get(field.name) ?? "";
    for (const field of fields) if (field.selectedIndex === -1) field.value = "";
    show();
    form.parentElement.scrollIntoView();
  };

  form.hidden = false;
  form.addEventListener("input", () => { show(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { show(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", recall);
  recall();
})();
