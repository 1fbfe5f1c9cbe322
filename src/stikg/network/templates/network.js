
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const el = id => document.getElementById(id);
const root = document.documentElement, panel = el("panel");
const nodes = [...document.querySelectorAll(".n")], lines = [...document.querySelectorAll(".e")];
const filters = ["mode", "year", "status", "kind"];
const WORDS = {
  all: ["すべて", "all"], hint: ["点か線を選ぶと、つながりと根拠を表示します。Tabで移動、Enterで固定、Escで解除。", "Choose a dot or a line to read its links and passages. Tab moves, Enter pins, Esc releases."],
  shown: ["本のつながりを表示", "links shown"], none: ["条件に合うつながりはありません。", "No link fits the filters."],
  through: ["経由: ", "through "], line: ["行", "line "],
};
let pinned = null, shown = [];
const L = () => root.lang === "ja" ? 0 : 1;
const word = name => WORDS[name][L()];
function make(tag, text, cls) { const e = document.createElement(tag); if (text) e.textContent = text; if (cls) e.className = cls; return e; }
function value(p, f) { return f === "mode" ? p.mode : f === "year" ? String(p.year ?? "") : f === "status" ? p.statusKey : p.link; }
function said(p, f) { return f === "mode" ? (data.modes[p.mode] || [p.mode, p.mode])[L()] : f === "year" ? String(p.year) : f === "status" ? p.status[L()] : (data.links[p.link] || [p.link, p.link])[L()]; }
function fill() {
  for (const f of filters) {
    const was = el(f).value, seen = new Map();
    for (const e of data.edges) for (const p of e.p) if (value(p, f)) seen.set(value(p, f), said(p, f));
    const options = [...seen].sort((a, b) => a[0] < b[0] ? -1 : 1).map(([v, t]) => new Option(t, v));
    el(f).replaceChildren(new Option(word("all"), ""), ...options);
    el(f).value = was;
    el(f).disabled = seen.size < 2;
  }
}
function weigh(ps) {
  const of = data.weight === "evidence" ? p => p.id : data.weight === "projects" ? p => p.project : p => p.programme && p.programme[2];
  return new Set(ps.map(of).filter(Boolean)).size;
}
function names(e) { return [...e.s.slice(1), ...e.t.slice(1)].join(" ").toLowerCase(); }
function apply() {
  const want = filters.map(f => el(f).value), text = el("search").value.trim().toLowerCase();
  el("least-is").textContent = el("least").value;
  shown = data.edges.map(e => {
    const ps = e.p.filter(p => filters.every((f, i) => !want[i] || value(p, f) === want[i]));
    return weigh(ps) >= Number(el("least").value) ? ps : [];
  });
  const on = new Set(), found = new Set();
  data.edges.forEach((e, i) => {
    lines[i].classList.toggle("off", !shown[i].length);
    if (shown[i].length) { on.add(e.s[0]); on.add(e.t[0]); }
  });
  for (const n of nodes) {
    n.classList.toggle("off", !on.has(n.dataset.i));
    if (text && n.getAttribute("aria-label").toLowerCase().includes(text)) found.add(n.dataset.i);
  }
  mark(text ? i => found.has(i) : null);
  show(pinned);
}
// `pick` says which things are looked at; all else is dimmed.
function mark(pick) {
  const near = new Set();
  data.edges.forEach((e, i) => {
    const hit = !pick || pick(e.s[0], i) || pick(e.t[0], i);
    lines[i].classList.toggle("dim", !hit);
    if (hit && shown[i].length) { near.add(e.s[0]); near.add(e.t[0]); }
  });
  for (const n of nodes) n.classList.toggle("dim", Boolean(pick) && !near.has(n.dataset.i) && !pick(n.dataset.i, -1));
}
function focus(what) {
  if (!what) { const text = el("search").value.trim(); if (text) { apply(); } else mark(null); return; }
  mark(what.edge === undefined ? i => i === what.node : (_, i) => i === what.edge);
}
function place(at) {
  const m = /^L(\d+)(?:-(\d+))?$/.exec(at);
  if (!m) return at;
  const n = m[2] ? m[1] + "–" + m[2] : m[1];
  return L() ? (m[2] ? "lines " : "line ") + n : n + "行";
}
function sentence(p) {
  const parts = [said(p, "kind")];
  if (p.via) parts.push(word("through") + p.via[L()]);
  if (p.programme && !(p.via && p.via[2] === p.programme[2])) parts.push(p.programme[L()]);
  if (p.status) parts.push(p.status[L()]);
  if (p.year) parts.push(String(p.year));
  return parts.join(L() ? ", " : "、");
}
function passages(ps) {
  const list = make("ul"), items = new Map();
  for (const p of ps) {
    const text = sentence(p);
    if (!items.has(text)) { const li = make("li", text); items.set(text, li); list.append(li); }
    items.get(text).append(make("span", (L() ? "" : "「") + p.document[L()] + (L() ? ", " : "」") + place(p.at) + " [" + said(p, "mode") + "]", "where"));
  }
  return list;
}
function show(what) {
  panel.replaceChildren();
  for (const x of document.querySelectorAll(".pinned")) x.classList.remove("pinned");
  const count = shown.filter(ps => ps.length).length;
  if (!what) { panel.append(make("p", word("hint")), make("p", count ? (L() ? count + " " + word("shown") : count + word("shown")) : word("none"))); return; }
  const chosen = data.edges.map((e, i) => i).filter(i => shown[i].length && (what.edge === i || data.edges[i].s[0] === what.node || data.edges[i].t[0] === what.node));
  if (what.node) { const n = nodes.find(n => n.dataset.i === what.node); n.classList.toggle("pinned", what === pinned); panel.append(make("h2", n.getAttribute("aria-label"))); }
  else lines[what.edge].classList.toggle("pinned", what === pinned);
  if (!chosen.length) panel.append(make("p", word("none")));
  for (const i of chosen) {
    const e = data.edges[i], k = L() + 1;
    panel.append(make("h3", e.s[k] + " — " + e.t[k]), passages(shown[i]));
  }
}
function pin(what) {
  const same = pinned && pinned.node === what.node && pinned.edge === what.edge;
  pinned = same ? null : what; focus(pinned); show(pinned);
}
function listen(x, what) {
  x.addEventListener("mouseenter", () => { if (!pinned) { focus(what); show(what); } });
  x.addEventListener("mouseleave", () => { if (!pinned) { focus(null); show(null); } });
  x.addEventListener("click", () => pin(what));
  x.addEventListener("keydown", k => { if (k.key === "Enter" || k.key === " ") { k.preventDefault(); pin(what); } });
}
nodes.forEach(n => listen(n, { node: n.dataset.i }));
lines.forEach((l, i) => listen(l, { edge: i }));
document.addEventListener("keydown", k => { if (k.key === "Escape") { pinned = null; focus(null); show(null); } });
function speak(lang) {
  root.lang = lang;
  for (const l of ["ja", "en"]) el("to-" + l).setAttribute("aria-pressed", String(l === lang));
  fill(); apply(); focus(pinned);
}
el("to-ja").addEventListener("click", () => speak("ja"));
el("to-en").addEventListener("click", () => speak("en"));
el("filters").addEventListener("input", apply);
el("filters").addEventListener("submit", e => e.preventDefault());
el("filters").addEventListener("reset", () => { pinned = null; setTimeout(apply); });
speak(root.lang);
