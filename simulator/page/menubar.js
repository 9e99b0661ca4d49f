// The account's custom menu at the foot of a phone, as the bot pushed it.

import { button, make } from "./dom.js";

export function menuBar(entries, act) {
  const bar = make("div", { class: "menu", "data-testid": "menu" });
  bar.append(...entries.map((entry) => top(entry, act)));
  return bar;
}

function top(entry, act) {
  const holder = make("div", { class: "menu-item" });
  if (!entry.children.length) {
    holder.append(button(entry.name, "menu-button", () => press(entry, act)));
    return holder;
  }
  const list = make("div", { class: "menu-list", hidden: true });
  list.append(...entry.children.map((child) => button(child.name, "menu-child", () => {
    list.hidden = true;
    press(child, act);
  })));
  holder.append(list, button(`≡ ${entry.name}`, "menu-button", () => {
    const show = list.hidden;
    holder.parentElement.querySelectorAll(".menu-list").forEach((other) => (other.hidden = true));
    list.hidden = !show;
  }));
  return holder;
}

function press(entry, act) {
  act("menu", { type: entry.type, value: entry.value });
}
