// The review screen by keyboard: Enter takes a field, Alt+J goes to the next one to look at, Alt+P enlarges the head,
// Ctrl+Enter confirms. Without this script everything works by the form alone.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("rv-form");
  if (!form) return;
  const rows = [...form.querySelectorAll(".rv-fld")];
  const crop = document.querySelector(".rv-crop");
  const secret = document.getElementById("id_is_not_secret");
  const confirm = document.querySelector('.rv-dock [value="confirm"]');
  const urgent = document.querySelector('.rv-dock [value="urgent"]');
  const why = document.getElementById("rv-why");
  const input = (row) => row.querySelector(".rv-input > :last-child");
  const go = (target) => { target.focus(); target.scrollIntoView({ block: "center" }); };

  const toLookAt = (row) => /rv-fld--(mid|low|none-yet|bad)/.test(row.className) && !row.classList.contains("rv-fld--done");
  const nextToLookAt = () => {
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const found = [...rows.slice(here + 1), ...rows.slice(0, here + 1)].find(toLookAt);
    go(found ? input(found) : secret);
  };
  const take = (row) => {
    row.classList.add("rv-fld--done");
    const following = rows[rows.indexOf(row) + 1];
    go(following ? input(following) : secret);
  };
  const enlarge = () => crop && crop.classList.toggle("rv-crop--large");

  const tellRequired = () => {
    const open = secret && !secret.checked;
    if (why) why.textContent = open ? "còn 1 việc bắt buộc" : "đủ điều kiện gửi duyệt";
    for (const button of [confirm, urgent]) {
      if (button) button.setAttribute("aria-disabled", open ? "true" : "false");
    }
    const required = document.getElementById("rv-required");
    if (required) required.hidden = !open;
  };
  const send = (event) => {
    if (secret && !secret.checked) { event.preventDefault(); go(secret); }
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const key = event.key.toLowerCase();
    if (event.altKey && key === "j") { event.preventDefault(); nextToLookAt(); }
    else if (event.altKey && key === "p") { event.preventDefault(); enlarge(); }
    else if (event.ctrlKey && event.key === "Enter" && confirm) {
      event.preventDefault();
      if (secret.checked) form.requestSubmit(confirm); else go(secret);
    }
  });
  for (const row of rows) {
    row.addEventListener("keydown", (event) => {
      const takesLines = "lines" in row.dataset && event.target.tagName === "TEXTAREA";
      if (event.key === "Enter" && !event.ctrlKey && !event.shiftKey && !event.isComposing && !takesLines) {
        event.preventDefault();
        take(row);
      }
    });
    row.addEventListener("focusin", () => show(row.dataset.name));
  }
  if (secret) {
    secret.addEventListener("change", tellRequired);
    secret.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.ctrlKey) { event.preventDefault(); secret.click(); }
    });
  }
  for (const button of [confirm, urgent]) if (button) button.addEventListener("click", send);
  if (crop) crop.querySelector("a").addEventListener("click", (event) => { event.preventDefault(); enlarge(); });

  // The place a field was read from, framed in the document while the field is edited.
  const pages = document.querySelector(".rv-pages, .rv-text");
  const show = (name) => {
    for (const old of document.querySelectorAll(".rv-spot--on, .rv-mark--on")) old.classList.remove("rv-spot--on", "rv-mark--on");
    // A line may speak for two fields, a field may stand on several lines.
    const spots = pages ? [...pages.querySelectorAll(`[data-field~="${name}"]`)] : [];
    if (!spots.length) return;
    for (const each of spots) each.classList.add(each.tagName === "MARK" ? "rv-mark--on" : "rv-spot--on");
    const spot = spots[0];
    const place = spot.getBoundingClientRect();
    const frame = pages.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) pages.scrollTop += place.top - frame.top - frame.height / 3;
  };

  // Pages turn inside their own frame, so that the form stays where it is.
  const turns = [...document.querySelectorAll(".rv-turn a")];
  const turnTo = (hash) => {
    const page = hash && document.querySelector(hash);
    if (!page || !pages) return false;
    pages.scrollTop = page.offsetTop - pages.offsetTop;
    for (const link of turns) {
      if (link.hash === hash) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
    return true;
  };
  for (const link of document.querySelectorAll('.rv a[href^="#trang-"]')) {
    link.addEventListener("click", (event) => { if (turnTo(link.hash)) event.preventDefault(); });
  }
  tellRequired();
});
