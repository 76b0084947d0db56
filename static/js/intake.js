// Shows the chosen file's name in Vietnamese and takes a file dropped on the field.
document.addEventListener("DOMContentLoaded", () => {
  const input = document.querySelector(".intake input[type=file]");
  const zone = document.querySelector(".intake__drop");
  const name = document.querySelector(".intake__name");
  if (!input || !zone) return;
  const show = () => { name.textContent = input.files.length ? input.files[0].name : "Chưa chọn tệp nào"; };
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
});
