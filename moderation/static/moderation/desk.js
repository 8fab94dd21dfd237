// Conveniences of the desk. Every act has its own button and works without this file.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const items = all(".item");
  const toggle = document.getElementById("keys");
  const tickAll = document.getElementById("tick-all");
  const ticks = all(".tick input");
  let current = null;
  let sent = false;

  const setting = (value) => {
    try {
      if (value) localStorage.setItem("desk-keys", value);
      return localStorage.getItem("desk-keys") !== "off";
    } catch {
      return true;
    }
  };
  const show = (on) => {
    document.documentElement.classList.toggle("has-keys", on);
    toggle.checked = on;
  };
  const focus = (item) => {
    if (!item) return;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "start" });
  };
  const count = () => {
    const ticked = ticks.filter((tick) => tick.checked).length;
    const head = document.getElementById("batch-head");
    if (head) head.textContent = ticked ? `With the ${ticked} ticked` : "With the ticked ones";
    if (tickAll) tickAll.checked = ticked > 0 && ticked === ticks.length;
  };

  all("[data-js]").forEach((part) => { part.hidden = false; });
  show(setting());
  toggle.addEventListener("change", () => show(setting(toggle.checked ? "on" : "off")));
  tickAll?.addEventListener("change", () => {
    ticks.forEach((tick) => { tick.checked = tickAll.checked; });
    count();
  });
  document.addEventListener("change", (event) => { if (ticks.includes(event.target)) count(); });
  document.addEventListener("focusin", (event) => { current = event.target.closest(".item") ?? current; });
  document.addEventListener("submit", () => { sent = true; });
  window.addEventListener("pageshow", () => { sent = false; count(); });
  focus(items.find((item) => `#${item.id}` === location.hash));
  document.querySelector("main [aria-invalid=true]")?.focus();

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (sent || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    const open = target.closest("details.reject[open]");
    if (key === "Escape" && open) {
      open.open = false;
      focus(open.closest(".item"));
      return;
    }
    if (!toggle.checked || target.closest("input:not([type=checkbox]), textarea, select")) return;
    const at = items.indexOf(current);
    const letter = key.toLowerCase();
    const item = current ?? (items[1] ? null : items[0]);
    if (letter === "j" || letter === "k") focus(items[letter === "j" ? at + 1 : Math.max(at - 1, 0)]);
    else if (letter === "u") document.querySelector(".notice [data-key=u]")?.click();
    else if (letter === "b") document.getElementById("batch-action")?.focus();
    else if (letter === "x") item?.querySelector(".tick input")?.click();
    else if (letter === "r") {
      const reject = item?.querySelector(".reject");
      if (reject) reject.open = true;
      reject?.querySelector("select").focus();
    } else if (/^[a-z]$/.test(letter)) item?.querySelector(`[data-key=${letter}]`)?.click();
    else return;
    event.preventDefault();
  });
})();
