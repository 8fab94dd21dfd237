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
    let lit = true;
    try {
      if (value) localStorage.setItem("desk-keys", value);
      lit = localStorage.getItem("desk-keys") !== "off";
    } catch { /* no storage: the keys are on */ }
    document.documentElement.classList.toggle("has-keys", lit);
    toggle.checked = lit;
  };
  const ticks = () => all(".tick input");
  const count = () => {
    const ticked = ticks().filter((tick) => tick.checked).length;
    const head = one("#batch-head");
    if (head) head.textContent = `With the ${ticked || ""} ticked${ticked ? "" : " ones"}`;
  };

  // The item in focus.
  const shown = () => one(".item", here ?? document);
  const row = (id) => document.getElementById(`r-${id}`);
  const mine = () => row(shown()?.dataset.id);
  const rows = () => all(".row:not(.is-gone)");
  const beside = (step) => {
    const every = all(".row");
    let at = every.indexOf(mine()) + step;
    while (every[at]?.matches(".is-gone")) at += step;
    return every[at];
  };
  const following = (line) => {
    const free = rows();
    const at = free.indexOf(line) + 1;
    const round = [...free.slice(at), ...free.slice(0, at)].filter((each) => each !== line);
    return round.find((each) => !one(".row-held", each).textContent) ?? round[0];
  };
  const show = (id) => {
    const item = items.get(id);
    const link = one(`#r-${id} .row-link`);
    if (!item) return link && location.assign(link.href);
    alarm.replaceChildren();
    here.replaceChildren(item);
    all(".row [aria-current]").forEach((each) => each.removeAttribute("aria-current"));
    if (link) {
      link.ariaCurrent = "true";
      history.replaceState(null, "", link.href);
      const list = one(".list");
      list.scrollTop = row(id).offsetTop - list.clientHeight / 3;
      one("#position").textContent = `${all(".row").indexOf(row(id)) + 1} of ${all(".row").length}`;
    }
    item.focus({ preventScroll: true });
    if (item.getBoundingClientRect().top < 0) item.scrollIntoView();
    return news();
  };
  const go = (line) => {
    if (line) return show(line.dataset.id);
    here.replaceChildren(one("#end").content.cloneNode(true));
    return here.firstChild.focus();
  };

  // What comes next is there before it is asked for.
  const load = async (id) => {
    const address = new URL(desk.dataset.ahead, location);
    if (id) address.searchParams.set("focus", id);
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of all(".row, .item", page)) {
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
  const send = async (address, body) => {
    const answer = await fetch(address, {
      method: "POST", body: new URLSearchParams(body), keepalive: true, headers: { Accept: "application/json" },
    }).catch(() => null);
    const told = (await answer?.json().catch(() => null)) ?? {
      says: answer
        ? `Nothing was decided (answer ${answer.status}). Perhaps you are logged out: load the page again.`
        : "The site could not be reached, so perhaps nothing was decided. Try again.",
    };
    if (!told.undo) throw told;
    return told;
  };
  const back = async ({ id, item, line, place }) => {
    deaf = performance.now() + 900; // a key meant for another comment must not decide about this one
    const list = one("#rows");
    if (line) list.insertBefore(line, place?.parentNode === list ? place : list.firstChild);
    items.set(id, item);
    await load(id);
    show(id);
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
    const next = following(line);
    const done = { id, item, line, place: line?.nextSibling };
    done.answer = send(form.action, new FormData(form, button));
    acts.push(done);
    line?.remove();
    items.delete(id);
    go(next);
    count();
    flying += 1;
    done.answer.then(said, async (told) => {
      acts.splice(acts.indexOf(done), 1);
      await back(done);
      tell(alarm, told);
    }).finally(() => { flying -= 1; });
    refill();
  };
  async function undo() {
    const last = acts.at(-1);
    const told = await last?.answer.catch(() => null);
    if (!told || acts.at(-1) !== last) return;
    acts.pop();
    try {
      const undone = await send(told.undo, { seen: told.seen, csrfmiddlewaretoken: token });
      await back(last);
      said(undone);
    } catch (refused) {
      tell(alarm, refused);
    }
  }

  // What colleagues do meanwhile.
  async function news() {
    if (document.hidden) return;
    const answer = await fetch(desk.dataset.news, { method: "POST", body: new URLSearchParams({
      after: desk.dataset.seen,
      shown: all(".row").map((each) => each.dataset.id),
      open: shown()?.dataset.id ?? "",
      csrfmiddlewaretoken: token,
    }) }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const told = await answer.json();
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
    if (target.id === "tick-all") ticks().forEach((tick) => { tick.checked = target.checked; });
    count();
  });
  on("pageshow", () => { sent = false; count(); }, window);
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
    } else sent = form.method !== "dialog";
  });
  on("click", (event) => {
    const { target } = event;
    if (target.closest("#ask")) help.showModal();
    const link = target.closest("a");
    if (!here || !link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const step = { j: 1, k: -1 }[link.dataset.key];
    const to = step ? beside(step) : link.closest(".row");
    const ready = items.has(to?.dataset.id);
    if (ready) show(to.dataset.id);
    if (ready || (step && !to)) event.preventDefault();
  });
  on("keydown", (event) => {
    const { key, target } = event;
    if (sent || help.open || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
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

  if (desk) {
    if (shown()) items.set(shown().dataset.id, shown());
    if (location.search.includes("focus=")) shown()?.focus({ preventScroll: true });
    load();
    setInterval(news, 10000);
    on("visibilitychange", news);
  }
})();
