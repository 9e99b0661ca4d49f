// The page: asks for the state, keeps the phones in step with it.

import { read, send } from "./api.js";
import { make, button, toast } from "./dom.js";
import { Drawer } from "./drawer.js";
import { FaultPanel } from "./faults.js";
import { Phone } from "./phone.js";

const INTERVAL = 600;
const $ = (testid) => document.querySelector(`[data-testid="${testid}"]`);
const MODES = { safe: "安全模式", plain: "明文模式", compat: "兼容模式" };
const phones = new Map();
const faults = new FaultPanel($("faults"));
const drawer = new Drawer($("raw"));
let version = "";
let current = 0;
let asking = false;
let again = false;
let last = null;

async function refresh() {
  try {
    const state = await read(`/sim/state?since=${encodeURIComponent(version)}`);
    $("banner").hidden = true;
    if (!state) return;
    version = state.version;
    last = state;
    show(state);
    await drawer.update(state.phones);
  } catch (error) {
    $("banner").textContent = `模拟器没有回答，可能已经停止（${error.message}）`;
    $("banner").hidden = false;
    version = "";
  }
}

// One request at a time; a wish that comes meanwhile is served right after.
async function ask() {
  again = true;
  if (asking) return;
  asking = true;
  while (again) {
    again = false;
    await refresh();
  }
  asking = false;
}

function show(state) {
  $("account").textContent = `${state.account.name} · ${MODES[state.account.mode]} · 机器人 ${state.account.callback}`;
  const on = faults.update(state.faults);
  $("toggle-faults").textContent = on ? `故障开关（${on}）` : "故障开关";
  $("toggle-faults").classList.toggle("active", on > 0);
  for (const data of state.phones) {
    if (!phones.has(data.number)) place(data, state);
    phones.get(data.number).update(data, state.menu);
  }
  for (const number of [...phones.keys()]) {
    if (!state.phones.some((data) => data.number === number)) drop(number);
  }
  showTabs(state);
}

function place(data, state) {
  const phone = new Phone(data, state.account, state.kinds);
  phones.set(data.number, phone);
  $("phones").append(phone.node);
  current = data.number;
}

function drop(number) {
  phones.get(number).node.remove();
  phones.delete(number);
}

function showTabs(state) {
  if (!phones.has(current)) current = state.phones.at(-1)?.number ?? 0;
  const tabs = state.phones.map((data) => {
    const tab = button(data.name, "tab", () => {
      current = data.number;
      showTabs(last);
    }, `tab-${data.number}`);
    tab.setAttribute("aria-pressed", String(data.number === current));
    return tab;
  });
  $("tabs").replaceChildren(...tabs);
  for (const [number, phone] of phones) phone.node.classList.toggle("current", number === current);
  const empty = document.querySelector(".empty");
  if (!phones.size && !empty) $("phones").append(make("p", { class: "empty" }, "还没有手机，点右上角“添加居民”。"));
  if (phones.size) empty?.remove();
}

function toggle(control, node) {
  control.addEventListener("click", () => {
    node.hidden = !node.hidden;
    control.setAttribute("aria-expanded", String(!node.hidden));
    if (last) drawer.update(last.phones).catch((error) => toast(error.message));
  });
}

toggle($("toggle-faults"), $("faults"));
toggle($("toggle-raw"), $("raw"));
$("add-phone").addEventListener("click", () => send("/sim/phones").then(ask, (error) => toast(error.message)));
document.addEventListener("desk-changed", () => {
  ask();
  if (last) drawer.update(last.phones).catch((error) => toast(error.message));
});
setInterval(ask, INTERVAL);
ask();
