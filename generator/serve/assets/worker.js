// One connection for all tabs: browsers allow six to a host, and a tab that waits for a seventh hangs.
// It is given back while no tab is seen.
import { Source } from "./source.js";

const seen = new Set();
let lost = false;
const source = new Source({
  state(state) {
    lost = false;
    for (const port of seen) port.postMessage({ state });
  },
  lost() {
    lost = true;
    for (const port of seen) port.postMessage({ lost });
  },
});

self.addEventListener("connect", ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (data === "seen") {
      seen.add(port);
      if (lost) port.postMessage({ lost });
      else if (source.last) port.postMessage({ state: source.last });
      source.open();
    } else {
      seen.delete(port);
      if (seen.size === 0) source.close();
    }
  };
});
