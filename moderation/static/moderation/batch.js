// Goes on with a running batch while its page is open. Without this file the button "Go on" does the same.
(() => {
  const form = document.querySelector("form[data-continue]");
  const trouble = document.getElementById("batch-trouble");
  const says = trouble?.textContent;
  const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });
  let leaving = false;

  const step = async () => {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const numbers = page.getElementById("batch-numbers");
    if (!answer.ok) throw new Error(answer.status);
    if (!numbers || !page.querySelector("form[data-continue]")) {
      leaving = true;
      location.replace(answer.url);
      return;
    }
    const shown = document.getElementById("batch-numbers");
    const moved = shown.textContent !== numbers.textContent;
    shown.replaceWith(document.importNode(numbers, true));
    trouble.textContent = says;
    await wait(moved ? 100 : 2000); // somebody else is at it when nothing moved
  };

  const run = async () => {
    while (!leaving) {
      try {
        await step();
      } catch {
        trouble.textContent = "No answer; trying again in 5 seconds. Nothing is lost.";
        await wait(5000);
      }
    }
  };

  document.addEventListener("submit", () => { leaving = true; });
  if (form && trouble) run();
})();
