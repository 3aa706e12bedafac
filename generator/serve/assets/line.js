// Hears of changes: through a worker that all tabs share, or where there is none by a connection of
// its own. Either is given back while the tab is hidden.
import { Source } from "./source.js";

export function connect(tell) {
  const line = "SharedWorker" in window ? new Shared(tell) : new Own(tell);
  const look = () => (document.visibilityState === "visible" ? line.open() : line.close());
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", look);
  addEventListener("pagehide", () => line.close());
  look();
}

class Own {
  constructor(tell) {
    this.source = new Source(tell);
  }
  open() {
    this.source.open();
  }
  close() {
    this.source.close();
  }
}

class Shared {
  constructor(tell) {
    const worker = new SharedWorker("/_marbre/worker.js", { type: "module", name: "marbre" });
    this.port = worker.port;
    this.port.onmessage = ({ data }) => (data.lost ? tell.lost() : tell.state(data.state));
    worker.onerror = () => this.fallBack(tell); // no module workers here
  }
  fallBack(tell) {
    const own = new Own(tell);
    this.open = () => own.open();
    this.close = () => own.close();
    if (document.visibilityState === "visible") own.open();
  }
  open() {
    this.port.postMessage("seen");
  }
  close() {
    this.port.postMessage("hidden");
  }
}
