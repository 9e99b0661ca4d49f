// What the client makes of a text: line breaks, <a href> links, and tappable weixin://bizmsgmenu links.
// Everything else, other tags included, stays visible as it was sent.

import { button, toast } from "./dom.js";

const LINK = /<a\s+([^<>]*)>([\s\S]*?)<\/a>/gi;
const HREF = /href\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
const BARE = /https?:\/\/[\w\-./?%&=#:~+]+/g;

export function rich(text, onTap) {
  const out = document.createDocumentFragment();
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    out.append(...bare(text.slice(from, found.index)), link(found, onTap));
    from = found.index + found[0].length;
  }
  out.append(...bare(text.slice(from)));
  return out;
}

function link([whole, attributes, label], onTap) {
  const href = HREF.exec(attributes);
  const address = href ? (href[1] ?? href[2]) : "";
  if (address.startsWith("weixin://bizmsgmenu")) return menuLink(address, label, onTap) ?? whole;
  if (!address && !/data-miniprogram/.test(attributes)) return whole;
  return shown(label, address || "小程序");
}

function menuLink(address, label, onTap) {
  const given = new Map();
  for (const pair of address.slice(address.indexOf("?") + 1).split("&")) {
    const cut = pair.indexOf("=");
    given.set(pair.slice(0, cut), pair.slice(cut + 1));
  }
  // Without an id the real client shows a dead link.
  if (!given.get("msgmenuid") || !given.get("msgmenucontent")) return null;
  const content = decoded(given.get("msgmenucontent"));
  return button(label, "link tap", () => onTap(content, given.get("msgmenuid")));
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function shown(label, address) {
  return button(label, "link", () => toast(`模拟器不打开链接：${address}`));
}

function bare(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(BARE)) {
    parts.push(text.slice(from, found.index), shown(found[0], found[0]));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts.map((part) => (typeof part === "string" ? document.createTextNode(part) : part));
}
