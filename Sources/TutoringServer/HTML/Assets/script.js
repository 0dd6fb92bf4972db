// What makes the pages quicker. Without it, everything works by plain forms and links.
(() => {
  "use strict";

  const root = document.documentElement;
  root.classList.add("js");
  const select = (query, within = document) => within.querySelector(query);
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");

  // MARK: Asking the server

  // The fields of a form as a browser would send them, the button that was pressed included.
  function fields(form, button) {
    const data = new URLSearchParams(new FormData(form));
    if (button && button.name) data.append(button.name, button.value);
    return data;
  }

  async function ask(address, data, signal) {
    const options = { credentials: "same-origin", signal, headers: { "X-Requested-By": "script" } };
    if (data) Object.assign(options, { method: "POST", body: data });
    return fetch(address, options);
  }

  function announce(text) {
    const place = select("#announcements");
    if (!place || !text) return;
    place.textContent = "";
    setTimeout(() => { place.textContent = text; }, 50);
  }

  // MARK: Taking a page that came back

  const dialog = () => select("dialog");

  function closeDialog() {
    const box = dialog();
    if (!box) return;
    box.close();
  }

  function showDialog(page) {
    const content = select("main .dialog", page);
    if (!content) return false;
    let box = dialog();
    if (!box) {
      box = document.createElement("dialog");
      box.addEventListener("close", () => {
        box.remove();
        document.title = box.dataset.title;
        // What was done in the dialog is shown on the page below it.
        if (box.dataset.changed) refresh(box.dataset.opener);
        else select("#" + CSS.escape(box.dataset.opener || "none"))?.focus();
      });
      box.dataset.title = document.title;
      box.dataset.opener = document.activeElement?.id || "";
      document.body.append(box);
    }
    box.replaceChildren(document.importNode(content, true));
    box.setAttribute("aria-labelledby", "dialog-title");
    document.title = page.title;
    if (!box.open) box.showModal();
    // A browser would give the focus to what scrolls.
    select("input:not([type=hidden]), select, textarea, button, a[href]", box)?.focus();
    settle(box);
    // What a field proposes is written over by typing.
    if (document.activeElement?.matches("input[type=text]")) document.activeElement.select();
    return true;
  }

  async function refresh(focused) {
    try {
      const page = parse(await (await ask(location.href)).text());
      showPage(page, null, focused);
    } catch { location.reload(); }
  }

  // Puts the main part of a page in the place of the one that is shown.
  function showPage(page, address, focused = document.activeElement?.id) {
    const box = dialog();
    if (box) {
      focused = box.dataset.opener || focused;
      Object.assign(box.dataset, { title: page.title, opener: "" });
      delete box.dataset.changed;
    }
    closeDialog();
    const fresh = select("main", page);
    if (!fresh) { location.assign(address || location.href); return; }
    select("main").replaceWith(document.importNode(fresh, true));
    const bar = select("header.bar", page);
    if (bar) select("header.bar")?.replaceWith(document.importNode(bar, true));
    document.title = page.title;
    if (address && address !== location.href) history.pushState({ swapped: true }, "", address);
    settle(select("main"), focused);
    announce(all(".message", select("main")).map((it) => it.innerText).join(" "));
  }

  // Gives the focus to what asks for it, or back to where it was.
  function settle(place, focused) {
    const wanted = select("[autofocus]", place)
      || (focused && select("#" + CSS.escape(focused), place));
    if (wanted) {
      wanted.focus();
    } else if (focused !== undefined) {
      const title = select("h1", place);
      if (title) { title.tabIndex = -1; title.focus(); }
    }
    tick();
  }

  async function take(response, inDialog) {
    const page = parse(await response.text());
    if (select("main .dialog", page) && inDialog) {
      showDialog(page);
      if (response.redirected) dialog().dataset.changed = "1";
      return;
    }
    // Only what a redirect led to, or a link, is an address that can be asked for again.
    showPage(page, response.redirected ? response.url : null);
  }

  // MARK: When nothing comes of it

  // Whether an answer is the page that goes on, or the same form with what is wrong. Any other answer takes the place of
  // nothing: what was entered stays where it is.
  const goesOn = (response) => response.ok || response.status === 409 || response.status === 422;

  function complain(form, lines) {
    select("#complaint")?.remove();
    const box = document.createElement("div");
    Object.assign(box, { id: "complaint", className: "message problem" });
    box.setAttribute("role", "alert");
    const [sign, words] = [document.createElement("span"), document.createElement("div")];
    sign.textContent = "✗";
    sign.setAttribute("aria-hidden", "true");
    for (const line of lines.filter(Boolean)) {
      words.append(Object.assign(document.createElement("p"), { textContent: line }));
    }
    box.append(sign, words);
    if (form.closest(".dialog")) form.before(box);
    else select("main").prepend(box);
    box.scrollIntoView({ block: "nearest" });
  }

  // MARK: Forms and links

  let isBusy = false;
  // What was pressed while something was being done: it is pressed again on the page that comes of that.
  const waiting = [];

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method === "get" || form.dataset.plain !== undefined) return;
    event.preventDefault();
    const button = event.submitter;
    if (isBusy) {
      if (button?.id && !waiting.includes(button.id)) waiting.push(button.id);
      return;
    }
    isBusy = true;
    root.classList.add("busy");
    try {
      const address = button?.getAttribute("formaction") || form.getAttribute("action");
      const response = await ask(address, fields(form, button));
      if (goesOn(response)) {
        await take(response, !!form.closest("dialog"));
      } else {
        const page = parse(await response.text());
        complain(form, ["h1", "main p"].map((it) => select(it, page)?.textContent));
      }
    } catch {
      complain(form, [
        "The server can't be reached.",
        "What you entered is still here. Send it again once the connection is back: nothing is done twice by that.",
      ]);
    } finally {
      isBusy = false;
      root.classList.remove("busy");
      const next = waiting.shift();
      if (next) select("#" + CSS.escape(next))?.click();
    }
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (link.closest("dialog") && link.dataset.cancel !== undefined) {
      event.preventDefault();
      closeDialog();
    } else if (link.dataset.dialog !== undefined) {
      event.preventDefault();
      try {
        const response = await ask(link.href);
        const page = parse(await response.text());
        if (!showDialog(page)) showPage(page, response.url);
      } catch { location.assign(link.href); }
    }
  });

  // What a file is as a text: a zip in Base64.
  const textOf = (file) => /\.zip$/i.test(file.name)
    ? new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(file);
    })
    : file.text();

  // Files are sent as texts, in fields of the form that they are chosen in.
  document.addEventListener("change", async (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.form) return;
    all("[data-file]", input.form).forEach((field) => field.remove());
    const files = [...input.files];
    for (const file of files) {
      const name = document.createElement("input");
      const text = document.createElement("textarea");
      Object.assign(name, { type: "hidden", name: "name", value: file.name });
      Object.assign(text, { name: "text", value: await textOf(file), hidden: true });
      for (const field of [name, text]) {
        field.dataset.file = "";
        input.form.append(field);
      }
    }
    const chosen = select("#" + CSS.escape(input.getAttribute("aria-describedby") || "none"));
    if (chosen) chosen.textContent = files.map((file) => file.name).join(", ");
  });
  for (const input of all("input[data-files]")) input.multiple = true;

  addEventListener("popstate", () => location.reload());

  // MARK: Answers while one types

  let asking = null;
  // How often something was changed: a form is busy until the answer to its last change has come.
  let edits = 0;
  const timers = new Map();

  function later(key, delay, action) {
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(action, delay));
  }

  async function answer(address, data) {
    asking?.abort();
    asking = new AbortController();
    try {
      return parse(await (await ask(address, data, asking.signal)).text());
    } catch { return null; }
  }

  // The server answers with the whole form as it would draw it now: what differs is taken over, and what people
  // are just typing stays.
  async function preview(form) {
    const seen = edits;
    const page = await answer(form.dataset.live, fields(form));
    if (seen === edits) form.removeAttribute("aria-busy");
    const fresh = page && select("form[data-live]", page);
    if (!fresh) return;
    for (const field of all("[data-field]", fresh)) {
      const current = select(`[data-field="${CSS.escape(field.dataset.field)}"]`, form);
      if (!current) continue;
      current.hidden = field.hidden;
      if (current.dataset.kind !== field.dataset.kind && !current.contains(document.activeElement)) {
        current.replaceWith(document.importNode(field, true));
        continue;
      }
      const [understood, before] = [select(".understood", field), select(".understood", current)];
      if (understood && before) before.textContent = understood.textContent;
    }
    const [drawn, live] = [select("input[name=drawn]", fresh), select(".live", fresh)];
    if (drawn) select("input[name=drawn]", form).value = drawn.value;
    if (live) select(".live", form).innerHTML = live.innerHTML;
    // What stands in the way as a whole has forms of its own, which can't be inside this one.
    const blocking = select(".blocking", page);
    const shown = select(".blocking", form.closest(".dialog"));
    if (blocking && shown) shown.innerHTML = blocking.innerHTML;
  }

  async function search(input) {
    const form = input.form;
    const place = select("#" + CSS.escape(form.dataset.search));
    if (!input.value.trim()) { place.replaceChildren(); return; }
    const data = fields(form);
    data.set("fragment", "1");
    const page = await answer(form.getAttribute("action"), data);
    if (!page) return;
    place.replaceChildren(...document.importNode(page.body, true).childNodes);
    delete place.dataset.stale;
    announce(select("[role=status]", place)?.textContent);
  }

  document.addEventListener("input", (event) => {
    const input = event.target;
    const form = input.form;
    if (!form) return;
    if (form.dataset.search !== undefined) {
      select("#" + CSS.escape(form.dataset.search)).dataset.stale = "1";
      // One letter may be a whole name, and is looked for after a moment's pause.
      later(form, input.value.trim().length > 1 ? 200 : 700, () => search(input));
    } else if (form.dataset.live !== undefined) {
      edits += 1;
      form.setAttribute("aria-busy", "true");
      const isTyped = input.matches("input:not([type=radio], [type=checkbox]), textarea");
      later(form, isTyped ? 300 : 0, () => preview(form));
    }
  });

  // MARK: Keys

  document.addEventListener("keydown", (event) => {
    const inDialog = dialog();
    const place = inDialog || select("main");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = document.activeElement?.form || select("form[data-main]", place);
      const button = form && (select("button.main", form) || select("button", form));
      if (!button) return;
      event.preventDefault();
      form.requestSubmit(button);
    } else if (event.key === "Escape" && !inDialog) {
      const results = select(".results:not(:empty)", place);
      if (results && (results.contains(document.activeElement)
        || document.activeElement?.form?.dataset.search !== undefined)) {
        results.replaceChildren();
        const input = select("[data-search] input[type=search]", place);
        if (input) { input.value = ""; input.focus(); }
      } else {
        select("a[data-cancel]", place)?.click();
      }
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      moveInResults(event);
    } else if (event.key === "Enter" && event.target.matches("[data-search] input[type=search]")) {
      // What was found for other letters is not what was meant.
      event.preventDefault();
      const results = select(".results", place);
      if (results.dataset.stale) { later(event.target.form, 0, () => search(event.target)); return; }
      select("button", results)?.click();
    }
  });

  // Up and down go from the search to what it found, and back.
  function moveInResults(event) {
    const input = select("[data-search] input[type=search]");
    const focused = document.activeElement;
    if (!input || (focused !== input && !focused.closest(".results"))) return;
    const stops = [input, ...all(".results button")];
    const next = stops[stops.indexOf(focused) + (event.key === "ArrowDown" ? 1 : -1)];
    event.preventDefault();
    next?.focus();
  }

  // MARK: Running time

  const loaded = Date.now();

  function tick() {
    for (const clock of all("[data-since]")) {
      // The server's clock counts, by how much later it is here than when the page was made.
      const now = Number(clock.dataset.now) + (Date.now() - loaded) / 1000;
      const minutes = Math.max(0, Math.floor((now - Number(clock.dataset.since)) / 60));
      const hours = Math.floor(minutes / 60);
      clock.textContent = hours ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
    }
  }
  setInterval(tick, 5000);
})();
