// One connection to the server, kept up: when it breaks, or falls silent, it is made again.
const SILENCE = 16000; // milliseconds, three times the server's beat
const PAUSES = [150, 300, 600, 1000, 2000]; // milliseconds before the next try

export class Source {
  constructor({ state, lost }) {
    this.tell = { state, lost };
    this.last = null;
    this.source = null;
    this.tries = 0;
  }

  open() {
    if (this.source) return;
    clearTimeout(this.retry);
    const source = (this.source = new EventSource("/_marbre/events"));
    source.addEventListener("open", () => this.alive());
    source.addEventListener("beat", () => this.alive());
    source.addEventListener("error", () => this.broken());
    source.addEventListener("state", (event) => {
      this.alive();
      this.last = JSON.parse(event.data);
      this.tell.state(this.last);
    });
    this.listen();
  }

  close() {
    clearTimeout(this.retry);
    clearTimeout(this.silence);
    this.source?.close();
    this.source = null;
    this.last = null;
  }

  alive() {
    this.tries = 0;
    this.listen();
  }

  listen() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.broken(), SILENCE);
  }

  broken() {
    this.close();
    this.tell.lost();
    const pause = PAUSES[Math.min(this.tries, PAUSES.length - 1)];
    this.tries += 1;
    this.retry = setTimeout(() => this.open(), pause);
  }
}
