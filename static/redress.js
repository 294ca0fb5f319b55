// Comfort only: every page works without this file.
"use strict";

for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;

document.addEventListener("click", async (event) => {
  const exit = event.target.closest("a[data-exit]");
  if (exit) {
    // Replacing keeps this page out of the browser's Back button.
    event.preventDefault();
    location.replace(exit.href);
    return;
  }
  if (event.target.closest("[data-print]")) {
    print();
    return;
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const text = document.getElementById(copy.dataset.copy).textContent.trim().replace(/\s+/g, " ");
    const status = document.getElementById("copied");
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = copy.dataset.done;
    } catch {
      status.textContent = copy.dataset.failed;
    }
  }
});
