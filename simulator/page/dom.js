// Building elements: text always goes in as a text node.

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

export function button(label, className, onclick, testid) {
  return make("button", { type: "button", class: className, onclick, "data-testid": testid }, label);
}

let toastTimer = 0;

export function toast(text) {
  document.querySelector(".toast")?.remove();
  clearTimeout(toastTimer);
  const node = make("p", { class: "toast", role: "status" }, text);
  document.body.append(node);
  toastTimer = setTimeout(() => node.remove(), 3500);
}

export function clock(seconds) {
  return new Intl.DateTimeFormat("zh-CN", {
    timeZone: "Asia/Shanghai", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false,
  }).format(new Date(seconds * 1000));
}
