// One bubble on a phone's screen.

import { clock, make, toast } from "./dom.js";
import { rich } from "./richtext.js";

const NAMED = { video: "视频", music: "音乐", voice: "语音", mpnews: "图文", wxcard: "卡券", miniprogrampage: "小程序" };

export function bubble(data, account, onTap) {
  if (data.side === "notice") return make("li", { class: "bubble notice" }, data.text);
  const mine = data.side === "me";
  const row = make("li", { class: `bubble ${mine ? "from-me" : "from-bot"} kind-${kindClass(data.kind)}`, "data-via": data.via });
  const face = make("span", { class: "face", "aria-hidden": "true" }, mine ? "我" : [...account.name][0]);
  const body = make("div", { class: "words" }, ...content(data, onTap));
  row.append(face, body);
  return row;
}

export function timeLine(seconds) {
  return make("li", { class: "time" }, clock(seconds));
}

function kindClass(kind) {
  return /^[a-z]+$/.test(kind) ? kind : "other";
}

function content(data, onTap) {
  if (data.kind === "image") return [picture(data.media_id)];
  if (data.kind === "location") return [make("strong", {}, "位置"), make("span", { class: "place" }, data.text)];
  if (data.kind === "voice" && data.side === "me") return spoken(data.text);
  if (data.kind === "news") return data.articles.map(card);
  if (data.kind === "text" && data.side === "me") return [data.text];
  if (data.kind === "text" || data.kind === "msgmenu") return [rich(data.text, onTap)];
  if (data.kind === "sticker") return [data.text];
  return [`[${NAMED[data.kind] ?? data.kind}] ${data.text}`];
}

function picture(mediaId) {
  const image = make("img", { alt: "图片", src: `/sim/media/${encodeURIComponent(mediaId)}` });
  image.addEventListener("error", () => image.replaceWith("[图片]"), { once: true });
  return image;
}

function spoken(text) {
  const heard = text ? `识别为：${text}` : "没有识别结果";
  return [make("strong", {}, "语音 3″"), make("small", { class: "heard" }, heard)];
}

function card(article) {
  const node = make("button", { type: "button", class: "card" });
  node.append(make("strong", {}, article.title), make("small", {}, article.description));
  node.addEventListener("click", () => toast(`模拟器不打开链接：${article.url}`));
  return node;
}
