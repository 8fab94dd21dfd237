// Conveniences of the desk. Every act has its own button and works without this file.
(() => {
  const all = (selector, place = document) => [...place.querySelectorAll(selector)];
  const one = (selector, place = document) => place.querySelector(selector);
  const on = (name, act, place = document) => place.addEventListener(name, act);
  const make = (name, text, more) => Object.assign(document.createElement(name), { textContent: text }, more);
  const desk = one("#triage");
  const here = one("#here");
  const alarm = one("#alert");
  const toggle = one("#keys");
  const help = one("#help");
  const token = one("[name=csrfmiddlewaretoken]").value;
  const skew = Date.now() - Date.parse(document.body.dataset.now);
  const modified = (event) => event.ctrlKey || event.metaKey || event.altKey;
  const items = new Map(); // articles by the number of their comment, ready to be shown
  const acts = []; // done or on their way, the latest last
  let flying = 0;
  let deaf = 0;
  let sent = false;
  let loading = false;

  const age = () => all("[data-live]").forEach((time) => {
    const seconds = (Date.now() - skew - Date.parse(time.dateTime)) / 1000;
    const [size, unit] = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]].find(([least]) => seconds >= least) ?? [];
    const says = unit ? `${Math.floor(seconds / size)} ${unit} ago` : "just now";
    if (time.textContent !== says) time.textContent = says;
  });
  const tell = (place, { says, at, more = "" }) => {
    const line = make("p", `${says} `);
    if (at) {
      const time = make("time", "", { dateTime: at });
      time.dataset.live = "";
      line.append(time, ". ");
    }
    line.append(more);
    place.replaceChildren(line);
    age();
  };
  const keys = (value) => {
    const kept = window.localStorage;
    if (value) kept?.setItem("desk-keys", value);
    const lit = kept?.getItem("desk-keys") !== "off";
    document.documentElement.classList.toggle("has-keys", lit);
    toggle.checked = lit;
  };
  const count = () => {
    const head = one("#batch-head");
    if (head) head.textContent = `With the ${all(".tick :checked").length || ""} ticked ones`;
  };

  // The item in focus.
  const shown = () => one(".item", here ?? document);
  const row = (id) => document.getElementById(`r-${id}`);
  const mine = () => row(shown()?.dataset.id);
  const rows = () => all(".row:not(.is-gone), .row:has([aria-current])");
  const beside = (step) => rows()[rows().indexOf(mine()) + step];
  const following = () => {
    const at = rows().indexOf(mine());
    const round = [...rows().slice(at + 1), ...rows().slice(0, Math.max(at, 0))];
    return round.find((line) => !one(".row-held", line).textContent) ?? round[0];
  };
  const show = async (id) => {
    if (!items.has(id)) await load(id);
    const item = items.get(id);
    const link = one(`#r-${id} .row-link`);
    if (!item) return tell(alarm, { says: "It could not be loaded. Load the page again." });
    alarm.replaceChildren();
    here.replaceChildren(item);
    one(".row [aria-current]")?.removeAttribute("aria-current");
    if (link) {
      link.setAttribute("aria-current", "true");
      history.replaceState(null, "", link.href);
      const list = one(".list");
      list.scrollTop = row(id).offsetTop - list.clientHeight / 3;
      one("#position").textContent = `${rows().indexOf(row(id)) + 1} of ${rows().length}`;
    }
    item.focus({ preventScroll: true });
    if (item.getBoundingClientRect().top < 0) item.scrollIntoView();
    news();
  };
  const go = (line) => {
    if (line) return show(line.dataset.id);
    here.replaceChildren(one("#end").content.cloneNode(true));
    here.firstChild.focus();
  };

  // What comes next is there already.
  const load = async (id) => {
    const address = new URL(desk.dataset.ahead, location);
    if (id) address.searchParams.set("focus", id);
    const text = await fetch(address).then((answer) => answer.text()).catch(() => "");
    for (const part of all(".row, .item", new DOMParser().parseFromString(text, "text/html"))) {
      const key = part.dataset.id;
      if (key !== id && acts.some((act) => act.id === key)) continue;
      if (part.matches(".item")) {
        if (key === id || !items.has(key)) items.set(key, part);
      } else if (!row(key)) one("#rows").append(part);
      else if (key === id) row(key).replaceWith(part);
    }
  };
  const refill = async () => {
    if (loading || rows().length > 9) return;
    loading = true;
    await load();
    loading = false;
    if (!shown() && rows()[0]) go(following());
  };

  // Acts show at once, are sent meanwhile, and come back where they fail.
  const post = (address, body) => fetch(address, {
    method: "POST", body: new URLSearchParams(body), keepalive: true, headers: { Accept: "application/json" },
  });
  const send = async (address, body) => {
    const told = await post(address, body).then((answer) => answer.json().catch(() => ({
      says: `Nothing was decided (${answer.status}). Perhaps you are logged out: load the page again.`,
    })), () => ({ says: "The site could not be reached; try again." }));
    if (!told.undo) throw told;
    return told;
  };
  const back = async ({ id, item, line, place }) => {
    const list = one("#rows");
    if (line) list.insertBefore(line, place?.parentNode === list ? place : list.firstChild);
    items.set(id, item);
    await load(id);
    await show(id);
  };
  const said = (told) => {
    const box = make("div", "", { className: "notice good" });
    tell(box, told);
    if (acts.length) {
      const button = make("button", "Undo ", { type: "button", className: "button quiet", onclick: undo });
      button.dataset.key = "u";
      button.append(make("kbd", "U"));
      box.append(button);
    }
    one(".messages").replaceChildren(box);
  };
  const act = (form, button) => {
    const item = shown();
    const { id } = item.dataset;
    const line = row(id);
    const next = following();
    const done = { id, item, line, place: line?.nextSibling };
    done.answer = send(form.getAttribute("action"), new FormData(form, button));
    acts.push(done);
    line?.remove();
    item.remove();
    items.delete(id);
    go(next);
    count();
    flying += 1;
    done.answer.then((told) => { if (acts.at(-1) === done) said(told); }, async (told) => {
      acts.splice(acts.indexOf(done), 1);
      await back(done);
      deaf = performance.now() + 900; // a key meant for another comment must not decide about this one
      tell(alarm, told);
    }).finally(() => { flying -= 1; });
    refill();
  };
  async function undo() {
    const last = acts.at(-1);
    const told = await last?.answer.catch(() => null);
    if (!told || acts.at(-1) !== last) return;
    acts.pop();
    send(told.undo, { seen: told.seen, csrfmiddlewaretoken: token }).then(async (undone) => {
      await back(last);
      said(undone);
    }, (refused) => tell(alarm, refused));
  }

  // What colleagues do meanwhile.
  async function news() {
    if (document.hidden) return;
    const told = await post(desk.dataset.news, {
      after: desk.dataset.seen,
      shown: all(".row").map((each) => each.dataset.id),
      open: shown()?.dataset.id ?? "",
      csrfmiddlewaretoken: token,
    }).then((answer) => answer.json()).catch(() => null);
    if (!told) return;
    desk.dataset.seen = told.after;
    all("[data-tab]").forEach((place) => { place.textContent = told.counts[place.dataset.tab]; });
    for (const line of all(".row")) {
      const { id, version } = line.dataset;
      const event = told.decisions[id];
      const who = told.claims[id] ? `${told.claims[id]} has it open` : "";
      one(".row-held", line).textContent = who;
      if (items.has(id)) one(".item-held b", items.get(id)).textContent = who;
      if (!event || event.version <= version) continue;
      line.classList.add("is-gone");
      line.dataset.version = event.version;
      tell(one(".row-news", line), { ...event, more: "" });
      if (line === mine()) tell(alarm, event);
    }
    refill();
  }

  all("[data-js]").forEach((part) => { part.hidden = false; });
  keys();
  setInterval(age, 1000);
  on("change", ({ target }) => {
    if (target === toggle) keys(target.checked ? "on" : "off");
    if (target.id === "tick-all") all(".tick input").forEach((tick) => { tick.checked = target.checked; });
    count();
  });
  on("pageshow", () => { sent = false; count(); }, window); // browsers keep ticks over a reload
  on("beforeunload", (event) => { if (flying) event.preventDefault(); }, window);
  one("main [aria-invalid=true]")?.focus();

  on("submit", (event) => {
    const { target: form, submitter } = event;
    const { note } = form.elements;
    if (submitter?.value === "other" && !note.value.trim()) {
      event.preventDefault();
      note.required = true;
      note.reportValidity();
    } else if (here?.contains(form) && form.matches("[data-act]")) {
      event.preventDefault();
      act(form, submitter);
    } else sent = true;
  });
  on("click", (event) => {
    const { target } = event;
    if (target.closest("#ask")) help.showModal();
    if (target.closest("#close")) help.close();
    const link = target.closest("a");
    if (!here || !link || modified(event)) return;
    const step = { j: 1, k: -1 }[link.dataset.key];
    const to = step ? beside(step) : link.closest(".row");
    const ready = items.has(to?.dataset.id);
    if (ready) show(to.dataset.id);
    if (ready || (step && !to)) event.preventDefault();
  });
  on("keydown", (event) => {
    const { key, target } = event;
    if (sent || help.open || modified(event) || event.repeat || event.isComposing) return;
    const item = shown();
    const open = item && one(".reject[open]", item);
    if (key === "Escape" && open) {
      open.open = false;
      item.focus();
    }
    if (!toggle.checked || performance.now() < deaf || target.closest("input:not([type=checkbox]), textarea, select")) return;
    const letter = key.toLowerCase();
    if (key === "?") help.showModal();
    else if (!/^[a-z]$/.test(letter)) return;
    else if (open && letter !== "r") one(`[data-reason=${letter}]`, open)?.click();
    else if (letter === "u" && acts.length) undo();
    else if (letter === "b") one("#batch-action")?.focus();
    else if (letter === "x") one(".tick input", mine() ?? undefined)?.click();
    else {
      const button = one(`#here [data-key=${letter}]`) ?? one(`.item [data-key=${letter}], .steps [data-key=${letter}], .notice [data-key=${letter}]`);
      button?.click();
      if (letter === "r") one("[data-reason]", item)?.focus();
    }
    event.preventDefault();
  });

  const batch = one("[data-continue]");
  const more = () => post(batch.action, new FormData(batch))
    .then((answer) => location.replace(answer.url), () => setTimeout(more, 5000));
  if (batch) setTimeout(more, 500);
  if (desk) {
    if (shown()) items.set(shown().dataset.id, shown());
    if (location.search.includes("focus=")) shown()?.focus({ preventScroll: true });
    load();
    setInterval(news, 10000);
    on("visibilitychange", news);
  }
})();
