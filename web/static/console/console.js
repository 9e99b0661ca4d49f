"use strict";
// Works without it; with it: j/k move through a list, one click inserts a text, and a half-written answer survives a reload.

const editable = (node) => node.closest("input, textarea, select, [contenteditable]");

const move = (step) => {
  const rows = [...document.querySelectorAll("a.row")];
  if (!rows.length) return;
  const here = rows.indexOf(document.activeElement);
  const next = rows[Math.min(rows.length - 1, Math.max(0, here + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || editable(event.target)) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "/") {
    const search = document.querySelector("#search");
    if (search) { event.preventDefault(); search.focus(); }
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  event.preventDefault();
  const field = document.querySelector(button.dataset.insert);
  const before = field.value.slice(0, field.selectionStart);
  const gap = before && !before.endsWith("\n") ? "\n" : "";
  field.setRangeText(gap + button.dataset.text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// A draft stays in this tab only (sessionStorage), for this account, until the answer was taken or somebody logs out.
const finished = document.querySelector("[data-drop-draft]");
if (finished) sessionStorage.removeItem("draft:" + finished.dataset.dropDraft);
const draft = document.querySelector("textarea[data-draft]");
if (draft) {
  const key = "draft:" + draft.dataset.draft;
  if (!draft.value) draft.value = sessionStorage.getItem(key) || "";
  draft.addEventListener("input", () => sessionStorage.setItem(key, draft.value));
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.getAttribute("action") === "/logout") sessionStorage.clear();
  // A download leaves the page as it is.
  if (event.submitter && event.submitter.hasAttribute("data-stays")) return;
  // One click is one action; the page that comes back has fresh buttons.
  setTimeout(() => event.target.querySelectorAll("button").forEach((button) => { button.disabled = true; }), 0);
});
