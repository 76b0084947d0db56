// Suggestions under a search box: titles, numbers and units while typing. The box works without them.
(() => {
  const PAUSE = 150;
  const SHORTEST = 2;

  const element = (name, attributes, text = "") => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };

  const optionOf = (item, id) => {
    const option = element("li", { id, role: "option", "aria-selected": "false" });
    if (item.number) {
      const number = element("span", { class: "no" });
      const [, digits, rest] = /^(\d*)(.*)$/.exec(item.number);
      number.append(element("b", {}, digits), element("i", {}, rest));
      option.append(number, " ");
    }
    option.append(element("span", {}, item.title), " ", element("span", { class: "k" }, item.note));
    return option;
  };

  const attach = (form) => {
    const input = form.querySelector("input[name=q]");
    const list = element("ul", { id: `${input.id}-goi-y`, class: "hints", role: "listbox", "aria-label": "Gợi ý" });
    const status = element("div", { class: "vh", role: "status" });
    const answers = new Map();
    let items = [];
    let active = -1;
    let timer = 0;
    let asking = null;

    list.hidden = true;
    form.append(list, status);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [key, value] of Object.entries(roles)) input.setAttribute(key, value);

    const mark = (place) => {
      list.children[active]?.setAttribute("aria-selected", "false");
      active = place;
      const option = list.children[active];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    };

    const close = () => {
      clearTimeout(timer);
      asking?.abort();
      mark(-1);
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      status.textContent = "";
    };

    const show = (found) => {
      mark(-1);
      items = found;
      list.replaceChildren(...found.map((item, place) => optionOf(item, `${list.id}-${place}`)));
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
      status.textContent = found.length ? `${found.length} gợi ý` : "Không có gợi ý";
    };

    const ask = async () => {
      const typed = input.value.trim();
      if (typed.length < SHORTEST) return close();
      asking?.abort();
      asking = new AbortController();
      const { signal } = asking;
      try {
        if (!answers.has(typed)) {
          const answer = await fetch(`${form.dataset.suggestions}?q=${encodeURIComponent(typed)}`, { signal });
          if (!answer.ok) return close();
          answers.set(typed, (await answer.json()).suggestions);
        }
      } catch {
        // Without an answer in time the box is simply a box.
        if (!signal.aborted) close();
        return;
      }
      if (!signal.aborted && input.value.trim() === typed && document.activeElement === input) show(answers.get(typed));
    };

    const open = (item) => {
      const address = new URL(item.url, location.href);
      if (address.origin === location.origin) location.assign(address);
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const { key } = event;
      if (list.hidden) {
        if (key === "ArrowDown") { event.preventDefault(); ask(); }
        return;
      }
      if (key === "ArrowDown" || key === "ArrowUp") {
        event.preventDefault();
        // One place beyond either end is the box itself.
        const places = items.length + 1;
        mark((active + 1 + (key === "ArrowDown" ? 1 : -1) + places) % places - 1);
      } else if (key === "Enter" && active >= 0) {
        event.preventDefault();
        open(items[active]);
      } else if (key === "Escape") {
        event.preventDefault();
        close();
      } else if (key === "Tab") {
        close();
      }
    });
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
    addEventListener("pageshow", close);
    // The box keeps the focus while a suggestion is pressed.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) open(items[[...list.children].indexOf(option)]);
    });
  };

  for (const form of document.querySelectorAll("form[data-suggestions]")) attach(form);
})();

// The filters of a phone stay open after a choice, which loads the page anew. Without this each choice shuts them.
(() => {
  const KEY = "filter-sheet";
  const sheet = document.querySelector("details.sheet");
  const column = sheet?.nextElementSibling;
  const phone = matchMedia("(max-width:59.99rem)");

  // A browser may forbid to remember anything; then the sheet shuts as it does without this script.
  const remember = (choice) => {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(choice));
    } catch {}
  };

  const recall = () => {
    try {
      const kept = sessionStorage.getItem(KEY);
      sessionStorage.removeItem(KEY);
      return JSON.parse(kept);
    } catch {
      return null;
    }
  };

  const nameOf = (link) => {
    const group = link.closest(".facet");
    return `${group?.querySelector("h2")?.textContent ?? ""}: ${(link.children[1] ?? link).textContent}`;
  };

  const focusOn = (name) => {
    const same = [...column.querySelectorAll("a")].find((link) => nameOf(link) === name);
    const fold = same?.closest("details");
    if (fold) fold.open = true;
    (same ?? sheet.querySelector("summary")).focus({ preventScroll: true });
    same?.scrollIntoView({ block: "nearest" });
  };

  const choice = recall();
  if (!sheet || !column) return;

  if (choice && phone.matches && choice.address === location.href) {
    // Once the sheet is shut, the results begin at the top of the window.
    sheet.scrollIntoView();
    sheet.open = true;
    column.scrollTop = choice.place;
    focusOn(choice.name);
  }

  column.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !sheet.open || !phone.matches) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    remember({ address: link.href, place: column.scrollTop, name: nameOf(link) });
  });

  sheet.addEventListener("toggle", () => {
    if (!sheet.open && phone.matches) sheet.scrollIntoView({ block: "nearest" });
  });

  column.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !sheet.open || !phone.matches) return;
    sheet.open = false;
    sheet.querySelector("summary").focus();
  });
})();
