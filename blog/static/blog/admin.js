"use strict";
// The editing page works without this: a side preview, the right word on the button, a question before leaving.
const form = document.getElementById("post_form");
const pane = document.getElementById("side-preview");
const source = form.elements.source;
let waiting, running, changed = false;

async function show() {
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(form.dataset.preview, {method: "POST", body: new FormData(form), signal: running.signal});
    if (answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      pane.replaceChildren(...page.body.childNodes);
      pane.hidden = false;
    }
  } catch (error) {
    if (error.name !== "AbortError") pane.hidden = true;
  }
}
source.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 400);
});
source.addEventListener("scroll", () => {
  const way = source.scrollHeight - source.clientHeight;
  if (way > 0) pane.scrollTop = (source.scrollTop / way) * (pane.scrollHeight - pane.clientHeight);
});
show();

const time = form.elements.published_at, publish = form.querySelector("[data-later]");
if (publish) {
  const now = publish.textContent;
  const name = () => { publish.textContent = time.value && new Date(time.value) > new Date() ? publish.dataset.later : now; };
  time.addEventListener("input", name);
  name();
}

form.addEventListener("input", () => { changed = true; });
form.addEventListener("submit", event => { if (!event.submitter?.formTarget) changed = false; });
addEventListener("beforeunload", event => { if (changed) event.preventDefault(); });

const link = form.querySelector("[data-copy]");
if (link) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    link.select();
    await navigator.clipboard?.writeText(link.value);
    button.textContent = "Copied";
  });
  link.after(button);
}
