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
