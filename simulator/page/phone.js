// One phone: its own conversation with the account.

import { send } from "./api.js";
import { attachSheet } from "./attach.js";
import { bubble, timeLine } from "./bubble.js";
import { button, make, toast } from "./dom.js";
import { menuBar } from "./menubar.js";

const PAUSE = 300;

export class Phone {
  constructor(data, account, kinds) {
    this.number = data.number;
    this.account = account;
    this.atBottom = true;
    this.lastBubble = 0;
    this.lastAt = -Infinity;
    this.menuText = "";
    this.tap = (content, id) => this.act("tap", { content, id });
    this.list = make("ol", { class: "talk", "aria-live": "polite" });
    this.title = make("h2", { class: "bar-title" }, account.name);
    this.typing = make("p", { class: "typing", hidden: true }, "对方正在输入…");
    this.sheet = attachSheet((action, values) => this.act(action, values), kinds);
    this.menu = make("div", { class: "menu-slot" });
    this.welcome = this.makeWelcome(account.name);
    this.foot = make("footer", { class: "foot" }, this.makeComposer(), this.sheet, this.menu);
    this.node = make("article", { class: "phone", "data-testid": `phone-${data.number}`, "aria-label": data.name });
    this.node.append(this.makeBar(data.name), this.list, this.typing, this.welcome, this.foot);
    this.keepAtBottom();
  }

  // Who was reading the end stays there when the sheet opens, a picture loads or the phone comes into view.
  keepAtBottom() {
    this.list.addEventListener("scroll", () => {
      this.atBottom = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 40;
    });
    this.list.addEventListener("click", () => this.closeMenus());
    this.say.addEventListener("focus", () => this.closeMenus());
    const follow = () => this.atBottom && this.scrollDown();
    new ResizeObserver(follow).observe(this.list);
    this.list.addEventListener("load", follow, true);
  }

  scrollDown() {
    this.atBottom = true;
    this.list.scrollTop = this.list.scrollHeight;
  }

  closeMenus() {
    this.menu.querySelectorAll(".menu-list").forEach((list) => (list.hidden = true));
  }

  makeBar(name) {
    const close = button("移除", "bar-close", () => this.remove(), "remove");
    return make("header", { class: "bar" }, make("span", { class: "bar-who" }, name), this.title, close);
  }

  makeWelcome(name) {
    const follow = button("关注", "weui-btn weui-btn_primary follow", () => this.act("follow", {}), "follow");
    const text = make("p", { class: "welcome-text" }, `“${name}”还没有关注。点“关注”，像新用户一样看到欢迎消息。`);
    return make("div", { class: "welcome" }, text, follow);
  }

  makeComposer() {
    this.say = make("input", { "data-testid": "say", class: "say", "aria-label": "输入消息", autocomplete: "off", enterkeyhint: "send" });
    const plus = button("＋", "plus", () => (this.sheet.hidden = !this.sheet.hidden), "plus");
    plus.setAttribute("aria-label", "更多");
    const go = make("button", { type: "submit", class: "go", "data-testid": "send" }, "发送");
    return make("form", { class: "composer", onsubmit: (event) => this.submit(event) }, plus, this.say, go);
  }

  submit(event) {
    event.preventDefault();
    const text = this.say.value;
    if (!text.trim()) return;
    this.say.value = "";
    this.act("say", { text });
  }

  async act(action, values) {
    try {
      await send(`/sim/phones/${this.number}/${action}`, values);
      document.dispatchEvent(new CustomEvent("desk-changed"));
    } catch (error) {
      toast(error.message);
    }
  }

  async remove() {
    await send(`/sim/phones/${this.number}/remove`).catch((error) => toast(error.message));
    document.dispatchEvent(new CustomEvent("desk-changed"));
  }

  update(data, menu) {
    const fresh = data.bubbles.filter((one) => one.number > this.lastBubble);
    for (const one of fresh) this.append(one);
    this.typing.hidden = !data.typing;
    this.welcome.hidden = data.following;
    this.foot.hidden = !data.following;
    this.updateMenu(menu);
    if (fresh.length) this.scrollDown();
  }

  append(one) {
    if (one.at - this.lastAt > PAUSE) this.list.append(timeLine(one.at));
    this.list.append(bubble(one, this.account, this.tap));
    this.lastBubble = one.number;
    this.lastAt = one.at;
  }

  updateMenu(menu) {
    const text = JSON.stringify(menu);
    if (text === this.menuText) return;
    this.menuText = text;
    this.menu.replaceChildren(...(menu.length ? [menuBar(menu, (action, values) => this.act(action, values))] : []));
  }
}
