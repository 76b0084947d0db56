// The review screen by keyboard: Enter takes a field, Alt+J goes round what is to be looked at and the required box,
// Alt+P enlarges the head, Ctrl+Enter confirms. Without this script everything works by the form alone.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("rv-form");
  if (!form) return;
  const rows = [...form.querySelectorAll(".rv-fld")];
  const crop = document.querySelector(".rv-crop");
  const secret = document.getElementById("id_is_not_secret");
  const confirm = document.querySelector('.rv-dock [value="confirm"]');
  const urgent = document.querySelector('.rv-dock [value="urgent"]');
  const why = document.getElementById("rv-why");
  const said = document.getElementById("rv-said");
  const missing = new Set([...form.querySelectorAll(".rv-miss a")].map((link) => link.hash));
  const input = (row) => row.querySelector(".rv-input > :last-child");
  const go = (target) => { target.focus(); target.scrollIntoView({ block: "center" }); };

  const isBad = (row) => row.classList.contains("rv-fld--bad") && !row.classList.contains("rv-fld--changed");
  const toLookAt = (row) => {
    const is = (state) => row.classList.contains(`rv-fld--${state}`);
    if (is("done") || (is("changed") && input(row).value.trim())) return false;
    return ["mid", "low", "none-yet", "bad"].some(is) || missing.has(`#${input(row).id}`);
  };
  const isOpen = (stop) => (stop === secret ? !secret.checked : toLookAt(stop));
  const nextToLookAt = () => {
    const stops = secret ? [...rows, secret] : rows;
    const here = stops.findIndex((stop) => stop.contains(document.activeElement));
    const found = [...stops.slice(here + 1), ...stops.slice(0, here + 1)].find(isOpen);
    const target = found && found !== secret ? input(found) : found || confirm;
    if (target) go(target);
  };
  const take = (row) => {
    row.classList.add("rv-fld--done");
    const following = rows[rows.indexOf(row) + 1];
    go(following ? input(following) : secret);
  };
  const enlarge = () => crop.classList.toggle("rv-crop--large");

  // A fault counts until somebody writes at its place; the number and its notation are judged together.
  const unseen = why ? Number(why.dataset.faults) - rows.filter(isBad).length : 0;
  let isTouched = false;
  const countFaults = () => rows.filter(isBad).length + (isTouched ? 0 : unseen);
  const tellRequired = () => {
    const open = secret && !secret.checked;
    const faults = countFaults();
    const things = faults ? [`còn ${faults} chỗ phải sửa`] : [];
    if (open) things.push(faults ? "1 việc bắt buộc" : "còn 1 việc bắt buộc");
    if (why) why.textContent = things.join(", ") || "đủ điều kiện gửi duyệt";
    for (const button of [confirm, urgent]) {
      if (button) button.setAttribute("aria-disabled", things.length ? "true" : "false");
    }
    const required = document.getElementById("rv-required");
    if (required) required.hidden = !open;
  };
  // Whether nothing stands in the way; else the place is shown and the reason said.
  const isReady = () => {
    const bad = rows.find(isBad);
    if (!bad && (!secret || secret.checked)) return true;
    go(bad ? input(bad) : secret);
    said.textContent = bad
      ? `Chưa gửi: hãy sửa ô “${bad.querySelector("label").textContent}” trước.`
      : "Chưa gửi: hãy đánh dấu ô xác nhận văn bản không chứa bí mật nhà nước, rồi gửi lại.";
    return false;
  };
  const send = (event) => { if (!isReady()) event.preventDefault(); };
  const touch = (event) => {
    isTouched ||= event.target !== secret;
    if (said) said.textContent = "";
    const changed = event.target.closest(".rv-fld");
    const pair = ["number", "notation"];
    for (const row of rows) {
      const isPaired = changed && pair.includes(changed.dataset.name) && pair.includes(row.dataset.name) && isBad(row);
      if (row === changed || isPaired) row.classList.add("rv-fld--changed");
    }
    tellRequired();
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const key = event.key.toLowerCase();
    if (event.altKey && key === "j") { event.preventDefault(); nextToLookAt(); }
    else if (event.altKey && key === "p" && crop) { event.preventDefault(); enlarge(); }
    else if (event.ctrlKey && event.key === "Enter" && confirm) {
      event.preventDefault();
      if (isReady()) form.requestSubmit(confirm);
    }
  });
  for (const row of rows) {
    row.addEventListener("keydown", (event) => {
      const isPlain = event.key === "Enter" && !event.ctrlKey && !event.shiftKey && !event.isComposing;
      if (isPlain && event.target.tagName !== "A") {
        event.preventDefault();
        take(row);
      }
    });
    row.addEventListener("focusin", () => show(row.dataset.name));
  }
  for (const hint of form.querySelectorAll(".rv-newline")) hint.hidden = false;
  form.addEventListener("input", touch);
  if (secret) {
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
