// What a script can add to a page that works without one: copy buttons and the system's share sheet.
// Every word comes from the page: data-word-* on <body>, or the element itself.
(() => {
  "use strict";
  const words = document.body.dataset;

  // Screen readers hear here what buttons show.
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  (document.querySelector("main") || document.body).append(status);

  // The old way, which needs no permission and works on plain http.
  function copyByCommand(text) {
    const area = document.createElement("textarea");
    const focused = document.activeElement;
    area.value = text;
    area.readOnly = true;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      done = false;
    }
    area.remove();
    if (focused) focused.focus({ preventScroll: true });
    return done;
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyByCommand(text);
    }
  }

  function say(button, word) {
    if (!("label" in button.dataset)) button.dataset.label = button.textContent;
    button.textContent = word;
    status.textContent = word;
    clearTimeout(button.timer);
    button.timer = setTimeout(() => {
      button.textContent = button.dataset.label;
      status.textContent = "";
    }, 2500);
  }

  // Copies; when the browser refuses, selects the text so that the reader can.
  function onCopy(button, text, select) {
    button.addEventListener("click", async () => {
      if (await copy(text())) {
        say(button, words.wordCopied);
      } else {
        select();
        say(button, words.wordCopyByHand);
      }
    });
  }

  function reveal(element) {
    element.hidden = false;
    const item = element.closest("li[hidden]");
    if (item) item.hidden = false;
  }

  // What has its script already: the preview changes pages in place, and asks for the rest.
  const ready = new WeakSet();
  const fresh = (selector) => {
    const found = [...document.querySelectorAll(selector)].filter((element) => !ready.has(element));
    for (const element of found) ready.add(element);
    return found;
  };

  function addCopyButton(block) {
    const code = () => block.querySelector("pre");
    if (!code()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.wordCopy;
    button.setAttribute("aria-label", words.wordCopyCode);
    block.append(button);
    onCopy(button, () => code().textContent.replace(/\n$/, ""), () => getSelection().selectAllChildren(code()));
  }

  function enableCopy(button) {
    reveal(button);
    const byHand = () => {
      let field = button.parentElement.querySelector(".by-hand");
      if (!field) {
        field = document.createElement("input");
        field.className = "by-hand";
        field.readOnly = true;
        field.value = button.dataset.copy;
        field.setAttribute("aria-label", words.wordCopyByHand);
        button.after(" ", field);
      }
      field.focus();
      field.select();
    };
    onCopy(button, () => button.dataset.copy, byHand);
  }

  function enableShare(button) {
    if (!navigator.share) return;
    reveal(button);
    button.addEventListener("click", () => {
      navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => {});
    });
  }

  function enhance() {
    fresh(".code").forEach(addCopyButton);
    fresh("[data-copy]").forEach(enableCopy);
    fresh("[data-share]").forEach(enableShare);
  }
  enhance();
  document.addEventListener("marbre:changed", enhance);
})();
