// Copying and sending the words of a page. Without this script the words can be marked and copied by hand.
function wordsOf(button, name) {
  const lines = document.getElementById(button.getAttribute(name)).querySelectorAll("p");
  // A line break within a paragraph is one in the message too.
  return Array.from(lines, (line) => line.innerText || line.textContent).join("\n");
}

function told(button, text) {
  button.closest("section").querySelector("[data-done]").textContent = text;
}

// In-app browsers often have no clipboard of their own; the old way works in them.
function copiedTheOldWay(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "sk-out-of-sight";
  field.setAttribute("readonly", "");
  document.body.append(field);
  field.select();
  field.setSelectionRange(0, text.length);
  let done = false;
  try { done = document.execCommand("copy"); } catch (error) { /* then by hand */ }
  field.remove();
  return done;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    return copiedTheOldWay(text);
  }
}

document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copied(wordsOf(button, "data-copy"));
    told(button, done ? "Đã chép. Mời dán vào tin nhắn." : "Máy này không cho chép. Xin giữ tay trên chữ để chọn rồi chép.");
  });
});

document.querySelectorAll("[data-send]").forEach((button) => {
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.share({ text: wordsOf(button, "data-send") }).catch(() => { /* the reader thought better of it */ });
  });
});
