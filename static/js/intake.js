// "Nhập văn bản": shows what was chosen or dropped, sends several files one by one, keeps the list up to date.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".intake__form");
  const list = document.querySelector(".intake__list");
  if (!form || !list) return;
  const input = form.querySelector("input[type=file]");
  const zone = form.querySelector(".intake__drop");
  const name = form.querySelector(".intake__name");
  const told = form.querySelector(".intake__told");
  const button = form.querySelector("button[type=submit]");

  const show = () => {
    const files = [...input.files];
    name.textContent = files.length > 1 ? `${files.length} tệp: ${files.map((file) => file.name).join(", ")}`
      : files.length ? files[0].name : "Chưa chọn tệp nào";
  };
  input.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("intake__drop--over"); });
  }
  for (const kind of ["dragleave", "drop"]) {
    zone.addEventListener(kind, () => zone.classList.remove("intake__drop--over"));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; show(); }
  });
  show();

  const say = (text, isBad) => {
    const line = document.createElement("li");
    line.textContent = text;
    if (isBad) line.className = "intake__error";
    told.append(line);
    return line;
  };

  // Rows that did not change stay as they are, with the focus and whatever is open in them.
  const refresh = async () => {
    const address = new URL(location.href);
    address.searchParams.set("phan", "danh-sach");
    const answer = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok || answer.redirected) return false;
    const fresh = document.createElement("div");
    fresh.innerHTML = await answer.text();
    const ids = (place) => [...place.querySelectorAll(".intake__row")].map((row) => row.id).join();
    const [old, now] = [list.querySelector(".intake__records"), fresh.querySelector(".intake__records")];
    if (!now) return false;
    if (ids(old) !== ids(now)) {
      list.replaceChildren(now);
    } else {
      old.toggleAttribute("data-at-work", now.hasAttribute("data-at-work"));
      for (const part of [".intake__groups", ...[...now.querySelectorAll(".intake__row")].map((row) => `#${row.id}`)]) {
        const [before, after] = [old.querySelector(part), now.querySelector(part)];
        // The token against forged forms is another one each time.
        const bare = (place) => place.innerHTML.replace(/name="csrfmiddlewaretoken" value="\w+"/g, "").replace(/<details[^>]*>/g, "");
        if (bare(before) !== bare(after)) before.replaceWith(after);
      }
    }
    return true;
  };

  let watching = 0;
  const watch = () => {
    clearTimeout(watching);
    if (!list.querySelector("[data-at-work]")) return;
    watching = setTimeout(async () => {
      const isLive = document.hidden || await refresh().catch(() => true);
      if (isLive) watch();
    }, 1500);
  };
  watch();

  // The server keeps no name of a secret file and answers without it; who sent it may know which one it was.
  const placeOf = (file, index, count, problem) =>
    `Tệp thứ ${index + 1} trong ${count}${problem.includes(file.name) ? "" : `, “${file.name}”`}`;

  const send = async (file, token) => {
    const parts = new FormData();
    parts.append("csrfmiddlewaretoken", token);
    parts.append("is_not_secret", "on");
    parts.append("file", file);
    const answer = await fetch(form.action, { method: "POST", body: parts, headers: { Accept: "application/json" } });
    if (answer.headers.get("Content-Type") !== "application/json") throw new Error(String(answer.status));
    return answer.json();
  };

  form.addEventListener("submit", async (event) => {
    const files = [...input.files];
    if (files.length < 2 || !form.elements.is_not_secret.checked) return;
    event.preventDefault();
    button.disabled = true;
    told.replaceChildren();
    const line = say("", false);
    let taken = 0;
    for (const [index, file] of files.entries()) {
      line.textContent = `Đang gửi tệp ${index + 1} trên ${files.length}: ${file.name}`;
      try {
        const answer = await send(file, form.elements.csrfmiddlewaretoken.value);
        if (answer.problem) say(`${placeOf(file, index, files.length, answer.problem)}: ${answer.problem}`, true); else taken += 1;
      } catch (error) {
        say(`Không gửi được tệp “${file.name}”. Hãy kiểm tra kết nối rồi gửi lại.`, true);
      }
      await refresh().catch(() => false);
      watch();
    }
    line.textContent = `Đã nhận ${taken} trên ${files.length} tệp.`;
    form.reset();
    show();
    button.disabled = false;
  });
});
