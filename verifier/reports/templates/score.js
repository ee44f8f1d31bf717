"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const list = document.getElementById("errors");
  const shown = document.getElementById("shown");
  const errors = [...list.querySelectorAll("article")];
  const { gold, predicted, slice, text } = form.elements;

  const apply = () => {
    const words = text.value.toLowerCase();
    for (const error of errors) {
      error.hidden =
        (gold.value && error.dataset.gold !== gold.value) ||
        (predicted.value && error.dataset.predicted !== predicted.value) ||
        (slice.value && !error.dataset.slices.split(" ").includes(slice.value)) ||
        !error.textContent.toLowerCase().includes(words);
    }
    const count = errors.filter((error) => !error.hidden).length;
    shown.textContent = `${count} of ${errors.length} shown`;
  };

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));

  // A cell of the confusion matrix leads to its errors.
  for (const cell of document.querySelectorAll("button.cell")) {
    cell.addEventListener("click", () => {
      form.reset();
      gold.value = cell.dataset.gold;
      predicted.value = cell.dataset.predicted;
      apply();
      document.getElementById("worst").scrollIntoView();
      gold.focus({ preventScroll: true });
    });
  }

  // Within the list, j and k (or the arrows) go from error to error.
  list.addEventListener("keydown", (event) => {
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    const here = event.target.closest("article");
    if (!step || !here || event.ctrlKey || event.metaKey || event.altKey) return;
    const visible = errors.filter((error) => !error.hidden);
    const next = visible[visible.indexOf(here) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  apply();
})();
