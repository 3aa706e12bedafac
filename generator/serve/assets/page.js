// The page on screen, kept as its server has it, while what the reader did to it stays.
import { Idiomorph } from "./idiomorph.js";

const SHEETS = 3000; // milliseconds after which a style sheet is no longer waited for
const OURS = "script[data-marbre]";
const STATEFUL = "details, video, audio, iframe, object, input, textarea, select";
const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, pre, figure, img, table, blockquote, section, article";

export class Page {
  constructor(digest) {
    this.digest = digest;
    // What the server sent, before scripts of the page touch it: all else belongs to them or to
    // the reader, and stays.
    this.served = new WeakMap();
    this.remember(document.documentElement);
    this.scripts = scriptsOf(document);
  }

  // Fetches the page again; when it is another one, morphs this one into it.
  async refresh() {
    const answer = await fetch(location.href.split("#")[0], {
      headers: { "If-None-Match": `"${this.digest}"` },
      cache: "no-store",
    });
    const digest = (answer.headers.get("etag") || "").replace(/^W\/|"/g, "");
    if (answer.status === 304 || !digest || digest === this.digest) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (scriptsOf(next) !== this.scripts) {
      location.reload(); // a script cannot be taken back
      return;
    }
    await this.become(next);
    this.digest = digest;
  }

  async become(next) {
    await this.morphHead(next.head);
    document.title = next.title;
    for (const name of ["lang", "dir", "class"]) {
      copyAttribute(next.documentElement, document.documentElement, name);
    }
    const strangers = this.setAside(document.body);
    const names = pair(document.body, next.body);
    const news = new Map();
    Idiomorph.morph(document.body, next.body, {
      callbacks: {
        beforeNodeMorphed: (old, fresh) => void news.set(old, fresh),
        beforeAttributeUpdated: (name, element) =>
          !this.isTheirs(name, element, news.get(element)),
        afterNodeMorphed: (old, fresh) => this.note(old, fresh),
        afterNodeAdded: (node) => this.remember(node),
      },
    });
    unname(names);
    putBack(strangers);
    document.dispatchEvent(new Event("marbre:changed")); // for scripts of the page: there may be more
  }

  // Whether the server did not change an attribute: then the page's script or its reader did.
  isTheirs(name, element, fresh) {
    if (name === "id" && element.id.startsWith("marbre-")) return false;
    const known = this.served.get(element);
    return Boolean(known && fresh && (known[name] ?? null) === fresh.getAttribute(name));
  }

  remember(root) {
    this.note(root, root);
    for (const element of root.querySelectorAll?.("*") ?? []) this.note(element, element);
  }

  note(element, fresh) {
    if (element.nodeType !== Node.ELEMENT_NODE || fresh.nodeType !== Node.ELEMENT_NODE) return;
    const known = {};
    for (const { name, value } of fresh.attributes) {
      if (name !== "id" || !value.startsWith("marbre-")) known[name] = value;
    }
    this.served.set(element, known);
  }

  // Takes out what scripts of the page have put in (copy buttons), to put it back afterwards.
  setAside(body) {
    const strangers = [...body.querySelectorAll("*")].filter(
      (element) => !this.served.has(element) && this.served.has(element.parentElement),
    );
    return strangers.map((element) => {
      const place = { element, parent: element.parentElement, after: element.previousSibling };
      element.remove();
      return place;
    });
  }

  // New style sheets are loaded before old ones go, so that the page is never bare.
  async morphHead(head) {
    const old = new Map();
    for (const element of [...document.head.children]) {
      if (this.served.has(element)) old.set(element.outerHTML, element);
    }
    const loading = [];
    let last = null;
    for (const fresh of head.children) {
      if (fresh.matches(OURS)) continue;
      const kept = old.get(fresh.outerHTML);
      old.delete(fresh.outerHTML);
      const element = kept ?? document.importNode(fresh, true);
      if (!kept) {
        if (last) last.after(element);
        else document.head.append(element);
        this.note(element, element);
        if (element.matches("link[rel~=stylesheet]")) loading.push(loaded(element));
      }
      last = element;
    }
    await Promise.all(loading);
    for (const element of old.values()) if (!element.matches(OURS)) element.remove();
  }

  // Files keep their addresses when they change: images, films and loose style sheets are asked for
  // again.
  refreshFiles({ files, number }, since) {
    const changed = (url) => {
      const { origin, pathname } = new URL(url, location.href);
      if (origin !== location.origin || pathname.includes("/assets/")) return false;
      return since < 0 || (files[decodeURI(pathname)] ?? -1) > since;
    };
    const anew = (url) => {
      const address = new URL(url, location.href);
      address.searchParams.set("marbre", number);
      return address.href;
    };
    const images = document.querySelectorAll("img, source, video, audio, link[rel~=stylesheet], link[rel~=icon]");
    for (const element of images) {
      for (const name of ["src", "poster", "href"]) {
        const url = element.getAttribute(name);
        if (url && changed(url)) element.setAttribute(name, anew(url));
      }
      const set = element.getAttribute("srcset");
      if (set) element.setAttribute("srcset", set.replace(/[^\s,]+(?=\s|,|$)/g, (part) =>
        /^[\d.]+[wx]$/.test(part) || !changed(part) ? part : anew(part)));
    }
  }
}

// Gives the same temporary id to what is the same in both: the morph then moves it instead of making
// it anew, so that films play on and opened details stay open when something is inserted above.
function pair(before, after) {
  const named = [];
  const keys = new Map();
  const visit = (root, found) => {
    const counts = new Map();
    for (const element of root.querySelectorAll(`${STATEFUL}, ${BLOCKS}`)) {
      if (element.id) continue;
      const name = keyOf(element);
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      found(`${name}|${count}`, element);
    }
  };
  visit(before, (key, element) => keys.set(key, element));
  let number = 0;
  visit(after, (key, element) => {
    const old = keys.get(key);
    if (!old) return;
    number += 1;
    old.id = element.id = `marbre-${number}`;
    named.push(old, element);
  });
  return named;
}

function keyOf(element) {
  const tag = element.localName;
  if (tag === "details") return `${tag}|${element.querySelector("summary")?.textContent ?? ""}`;
  if (element.matches(STATEFUL)) {
    const source = element.querySelector("source");
    const url = element.getAttribute("src") ?? source?.getAttribute("src") ?? "";
    return `${tag}|${element.getAttribute("name") ?? ""}|${url.split("?")[0]}`;
  }
  if (tag === "img") return `${tag}|${(element.getAttribute("src") ?? "").split("?")[0]}`;
  return `${tag}|${element.textContent}`;
}

function unname(elements) {
  for (const element of elements) if (element.id.startsWith("marbre-")) element.removeAttribute("id");
}

function putBack(strangers) {
  for (const { element, parent, after } of strangers) {
    if (!parent.isConnected) continue;
    if (after && after.parentNode === parent) after.after(element);
    else if (after) parent.append(element);
    else parent.prepend(element);
  }
}

function scriptsOf(root) {
  const scripts = [...root.querySelectorAll("script:not([data-marbre])")];
  return scripts.map((script) => script.getAttribute("src") ?? script.textContent).join("\n");
}

function copyAttribute(from, to, name) {
  if (from.hasAttribute(name)) to.setAttribute(name, from.getAttribute(name));
  else to.removeAttribute(name);
}

function loaded(link) {
  return new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
    setTimeout(done, SHEETS);
  });
}
