// What the preview shows of itself: mistakes over the page, a lost connection, and a small bar.
// It stands outside <body>, in a shadow of its own, so that page and panel leave each other alone.
const FOLLOW = "marbre-follow";

export class Panel {
  constructor() {
    this.words = null;
    this.state = null;
    this.follows = localStorage.getItem(FOLLOW) === "yes";
    this.host = document.createElement("marbre-preview");
    this.root = this.host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/_marbre/panel.css";
    this.lostNote = make("p", { class: "lost", role: "status", hidden: "" });
    this.errors = make("section", { class: "errors", hidden: "" });
    this.bar = make("nav", { class: "bar", hidden: "" });
    this.root.append(style, this.errors, this.lostNote, this.bar);
    document.documentElement.append(this.host);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.errors.hidden = true;
    });
    addEventListener("storage", ({ key, newValue }) => {
      if (key === FOLLOW) this.setFollow(newValue === "yes");
    });
  }

  show(state) {
    const isSame = this.state && this.state.session === state.session && this.state.number === state.number;
    this.state = state;
    this.words = state.words;
    this.lostNote.hidden = true;
    this.drawBar();
    if (!isSame) this.drawErrors();
  }

  lost() {
    if (!this.words) return;
    this.lostNote.textContent = this.words.lost;
    this.lostNote.hidden = false;
  }

  drawErrors() {
    const { ok, problems } = this.state;
    this.errors.hidden = ok;
    this.errors.replaceChildren();
    if (ok) return;
    const count = this.mistakes();
    const title = count === 1 ? this.words["title-one"] : this.words["title-many"];
    const close = make("button", { type: "button", class: "close", title: "Esc" }, this.words.dismiss);
    close.addEventListener("click", () => (this.errors.hidden = true));
    const head = make("div", { class: "head" }, make("h2", { id: "title" }, fill(title, count)), close);
    const list = make("ol", {}, ...problems.map((problem) => this.problem(problem)));
    this.errors.setAttribute("role", "alert");
    this.errors.setAttribute("aria-labelledby", "title");
    this.errors.append(make("div", { class: "sheet" }, head, make("p", { class: "kept" }, this.words.kept), list));
  }

  problem({ severity, label, code, place, message, hint, text, caret, link }) {
    const where = link
      ? make("a", { href: link, class: "place", title: this.words.open }, place)
      : make("span", { class: "place" }, place);
    const parts = [
      make("p", { class: "what" }, make("b", { class: severity }, label), " ", ...phrase(message), " ", make("small", {}, code)),
    ];
    if (place) parts.unshift(make("p", {}, where));
    if (text) parts.push(make("pre", { dir: "auto", tabindex: "0" }, caret ? `${text}\n${caret}` : text));
    if (hint) parts.push(make("p", { class: "hint" }, make("b", {}, this.words.hint), " ", ...phrase(hint)));
    return make("li", {}, ...parts);
  }

  mistakes() {
    return this.state.problems.filter(({ severity }) => severity === "error").length;
  }

  drawBar() {
    const { warnings, ok } = this.state;
    const words = this.words;
    const mistakes = make("button", { type: "button", class: "mistakes" }, `${this.mistakes()}`);
    mistakes.hidden = ok;
    mistakes.addEventListener("click", () => (this.errors.hidden = !this.errors.hidden));
    mistakes.setAttribute("aria-label", fill(words["title-many"], this.mistakes()));
    const desk = make("a", { href: "/_marbre/" }, words.desk);
    const count = fill(warnings === 1 ? words["warnings-one"] : words["warnings-many"], warnings);
    const health = make("a", { href: "/_marbre/#health", class: "warnings" }, count);
    health.hidden = !ok || warnings === 0;
    const box = make("input", { type: "checkbox", id: "follow" });
    box.checked = this.follows;
    box.addEventListener("change", () => {
      this.setFollow(box.checked);
      localStorage.setItem(FOLLOW, box.checked ? "yes" : "no");
    });
    this.box = box;
    const label = make("label", { title: words["follow-hint"] }, box, ` ${words.follow}`);
    this.bar.replaceChildren(mistakes, desk, health, label);
    this.bar.setAttribute("aria-label", "Marbre");
    this.bar.hidden = false;
  }

  setFollow(wanted) {
    this.follows = wanted;
    if (this.box) this.box.checked = wanted;
  }
}

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// What stands between `backquotes` in a message is something that was typed.
function phrase(text) {
  return text.split("`").map((part, n) => (n % 2 ? make("code", {}, part) : part));
}

function fill(text, n) {
  return text.replace("{n}", n);
}
