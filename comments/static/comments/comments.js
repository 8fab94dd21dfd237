// Opens the one comment form in place below the comment that is answered. Without this, "Reply" leads to a page of its own.
(() => {
  "use strict";
  const write = document.getElementById("write");
  const thread = document.querySelector(".thread");
  const parent = write && write.querySelector('input[name="parent"]');
  if (!thread || !parent) return;
  const title = write.querySelector("h2");
  const plain = title.textContent;
  const home = document.createComment("the form's own place");
  write.before(home);
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "button quiet";
  cancel.textContent = "Cancel reply";
  let opener = null;

  const goHome = () => {
    home.after(write);
    parent.value = "";
    title.textContent = plain;
    cancel.remove();
    if (opener) opener.focus();
    opener = null;
  };
  cancel.addEventListener("click", goHome);
  write.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opener) goHome();
  });
  thread.addEventListener("click", (event) => {
    const link = event.target.closest("a.reply");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    opener = link;
    parent.value = link.dataset.parent;
    title.textContent = link.textContent;
    write.querySelector(".form-actions").append(cancel);
    link.closest("article").append(write);
    write.querySelector("textarea").focus();
  });
})();
