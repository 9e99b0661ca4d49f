// The sheet behind the "+": pictures, voice, place, sticker, QR code, oddities, unfollow.

import { button, make, toast } from "./dom.js";

const LARGEST = 8 * 1024 * 1024;

export function attachSheet(act, kinds) {
  const sheet = make("div", { class: "sheet", "data-testid": "sheet", hidden: true });
  const done = (action, values) => {
    sheet.hidden = true;
    act(action, values);
  };
  sheet.append(pictures(done), voice(done), place(done), scene(done), oddities(done, kinds), leave(done));
  return sheet;
}

function row(title, ...parts) {
  return make("div", { class: "sheet-row" }, make("span", { class: "sheet-title" }, title), ...parts);
}

function field(label, value, testid) {
  return make("input", { class: "sheet-input", "aria-label": label, placeholder: label, value, "data-testid": testid });
}

function pictures(done) {
  const file = make("input", { type: "file", accept: "image/*", class: "file", "data-testid": "image-file", "aria-label": "选择图片" });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    if (chosen.size > LARGEST) toast("图片太大，最多 8 MB");
    else done("image", { data: base64(new Uint8Array(await chosen.arrayBuffer())) });
  });
  const choose = button("选图片", "chip", () => file.click(), "choose-image");
  return row("图片", choose, button("示例图片", "chip", () => done("image", {}), "sample-image"), file);
}

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

function voice(done) {
  const heard = field("语音识别出的文字", "社保卡掉了怎么补", "voice-text");
  return row("语音", heard,
    button("有识别", "chip", () => done("voice", { recognition: heard.value }), "send-voice"),
    button("无识别", "chip", () => done("voice", { recognition: null }), "send-voice-unheard"));
}

function place(done) {
  const label = field("地点名称", "测试路 1 号", "place-label");
  return row("位置", label,
    button("发送", "chip", () => done("location", { lat: 28.42, lng: 115.37, label: label.value }), "send-location"));
}

function scene(done) {
  const value = field("二维码场景值", "village-1", "scene");
  return row("扫码", value, button("扫描", "chip", () => done("scan", { scene: value.value }), "scan"));
}

function oddities(done, kinds) {
  const choice = make("select", { class: "sheet-input", "aria-label": "其他消息", "data-testid": "kind" });
  choice.append(...kinds.map(([kind, label]) => make("option", { value: kind }, label)));
  return row("其他", choice, button("发送", "chip", () => done("kind", { kind: choice.value }), "send-kind"));
}

function leave(done) {
  return row("更多", button("发表情", "chip", () => done("sticker", {}), "sticker"),
    button("订阅一条通知", "chip", () => done("agree", {}), "agree"),
    button("关掉订阅通知", "chip", () => done("take_back", {}), "take-back"),
    button("取消关注", "chip warn", () => done("unfollow", {}), "unfollow"));
}
