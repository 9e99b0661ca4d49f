// The developer's drawer: every try of every exchange, decrypted and as it went over the wire.

import { read } from "./api.js";
import { clock, make } from "./dom.js";

export class Drawer {
  constructor(node) {
    this.node = node;
    this.number = 0;
    this.shown = "";
  }

  async update(phones) {
    if (this.node.hidden) return;
    if (!phones.some((phone) => phone.number === this.number)) this.number = phones[0]?.number ?? 0;
    const exchanges = this.number ? await read(`/sim/exchanges/${this.number}`) : [];
    const key = JSON.stringify([this.number, phones.map((phone) => phone.number), exchanges.map((one) => one.number)]);
    if (key === this.shown) return;
    this.shown = key;
    this.node.replaceChildren(this.head(phones), ...exchanges.map(exchangeNode));
    if (!exchanges.length) this.node.append(make("p", { class: "drawer-empty" }, "还没有往来。"));
  }

  head(phones) {
    const choice = make("select", { class: "sheet-input", "aria-label": "看谁的报文", "data-testid": "raw-phone" });
    for (const phone of phones) {
      choice.append(make("option", { value: phone.number, selected: phone.number === this.number }, phone.name));
    }
    choice.addEventListener("change", () => {
      this.number = Number(choice.value);
      document.dispatchEvent(new CustomEvent("desk-changed"));
    });
    return make("div", { class: "drawer-head" }, make("h2", { class: "panel-title" }, "原始报文"), choice);
  }
}

function exchangeNode(exchange) {
  const title = `#${exchange.number} ${exchange.kind} · ${clock(exchange.at)} · 送了 ${exchange.tries.length} 次 · ${exchange.outcome}`;
  const node = make("details", { class: "exchange" }, make("summary", {}, title));
  exchange.tries.forEach((one, index) => node.append(tryNode(one, index)));
  return node;
}

function tryNode(one, index) {
  const status = one.status === null ? "没有回答" : `HTTP ${one.status}`;
  const title = `第 ${index + 1} 次：${status}，${one.seconds.toFixed(2)} 秒，${one.verdict}`;
  const query = one.query.map(([name, value]) => `${name}=${value}`).join("\n");
  return make("div", { class: "try" }, make("h3", {}, title),
    block("推送（解密后）", one.request_plain), block("回答（解密后）", one.answer_plain || one.answer_raw),
    block("查询参数", query), block("推送（线上原文）", one.request_raw), block("回答（线上原文）", one.answer_raw));
}

function block(title, text) {
  return make("div", { class: "raw-block" }, make("h4", {}, title), make("pre", {}, text || "（空）"));
}
