// The preview's part in every page: hears of changes, fetches the page anew, and morphs what is on
// screen into it. Nothing of this is ever written into the site.
import { Page } from "./page.js";
import { Panel } from "./panel.js";
import { connect } from "./line.js";
import { arrive, follow } from "./follow.js";

const page = new Page(document.querySelector("script[data-marbre]").dataset.marbre);
const panel = new Panel();
let session = "";
let number = 0; // of the build that the page was last brought up to
let waiting = null;

connect({
  state(state) {
    panel.show(state);
    waiting = state;
    work();
  },
  lost() {
    panel.lost();
  },
});
arrive();

// One refresh at a time; what arrives meanwhile is done after it, and only the latest.
let working = false;
async function work() {
  if (working) return;
  working = true;
  try {
    while (waiting) {
      const state = waiting;
      waiting = null;
      await page.refresh();
      bringUp(state);
    }
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem; // fetch: the server has gone, the line will tell
  } finally {
    working = false;
  }
}

function bringUp(state) {
  if (!state.session) return;
  const isFirst = session === "";
  const since = state.session === session ? number : -1; // another server: anything may have changed
  const isNews = state.session !== session || state.number !== number;
  [session, number] = [state.session, state.number];
  if (isFirst || !isNews) return;
  page.refreshFiles(state, since);
  if (state.target?.number > since) follow(state.target, panel.follows);
}

// The desk searches as one types: its address changes, and the page is morphed into what is there.
document.addEventListener("input", (event) => {
  const field = event.target.closest?.("[data-marbre-search]");
  if (!field) return;
  const address = new URL(location.href);
  if (field.value) address.searchParams.set(field.name, field.value);
  else address.searchParams.delete(field.name);
  history.replaceState(history.state, "", address);
  waiting ??= {};
  work();
});
