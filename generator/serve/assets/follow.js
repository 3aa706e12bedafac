// Follow mode: the tab that was used last goes where the pen is.
const GOING = "marbre-going";
const LAST = "marbre-last";
const tab = Math.random().toString(36).slice(2);
const BLOCKS = "h1,h2,h3,h4,h5,h6,p,li,dt,dd,pre,td,th,figcaption,summary"; // as blocks.py counts them

const used = () => localStorage.setItem(LAST, tab);
addEventListener("focus", used);
addEventListener("pointerdown", used);
addEventListener("pagehide", () => {
  if (localStorage.getItem(LAST) === tab) localStorage.removeItem(LAST);
});
if (document.hasFocus() || !localStorage.getItem(LAST)) used();

export function follow(target, wanted) {
  if (!target || !wanted || location.pathname.startsWith("/_marbre/")) return;
  if ((localStorage.getItem(LAST) ?? tab) !== tab) return;
  if (decodeURI(location.pathname) === decodeURI(target.url)) {
    reveal(target.block);
    return;
  }
  sessionStorage.setItem(GOING, JSON.stringify(target));
  location.assign(target.url);
}

// After a journey: to the paragraph for which it was made.
export function arrive() {
  const going = sessionStorage.getItem(GOING);
  sessionStorage.removeItem(GOING);
  if (!going) return;
  used();
  const target = JSON.parse(going);
  if (decodeURI(location.pathname) === decodeURI(target.url)) reveal(target.block);
}

function reveal(block) {
  if (!block) return;
  const all = [...document.querySelectorAll(BLOCKS.split(",").map((name) => `main ${name}`).join(","))];
  const begins = (element) => element.textContent.replace(/\s+/g, " ").trim().startsWith(block.text);
  const same = all.filter(begins);
  const near = (element) => Math.abs(all.indexOf(element) - block.index);
  const place = same.sort((a, b) => near(a) - near(b))[0] ?? all[block.index];
  if (!place) return;
  const { top, bottom } = place.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) place.scrollIntoView({ block: "center", behavior: "instant" });
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
    place.animate([{ backgroundColor: "rgb(255 196 0 / 45%)" }, { backgroundColor: "transparent" }], 1600);
  }
}
