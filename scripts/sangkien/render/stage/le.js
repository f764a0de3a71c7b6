// One slide at a time: arrow keys, space, a clicker's keys, a tap; F for the whole screen. Without this all slides stand
// one under another.
(function () {
  var root = document.documentElement, slides = document.querySelectorAll("section"), nav = document.querySelector("nav");
  var place = nav.querySelector("output"), now = 0;
  function show(number) {
    slides[now].classList.remove("now");
    now = Math.max(0, Math.min(slides.length - 1, number));
    slides[now].classList.add("now");
    place.textContent = (now + 1) + "/" + slides.length;
    try { history.replaceState(null, "", "#" + (now + 1)); } catch (e) { /* a file opened from a stick may not */ }
    scrollTo(0, 0);
  }
  function whole() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen();
  }
  var keys = {
    ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, Enter: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1
  };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.tagName === "BUTTON" && (event.key === " " || event.key === "Enter")) return;
    if (event.key === "f" || event.key === "F") whole();
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(slides.length - 1);
    else if (keys[event.key]) show(now + keys[event.key]);
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (button && button.dataset.go) show(now + Number(button.dataset.go));
    else if (button) whole();
    else if (!String(getSelection())) show(now + (event.clientX < innerWidth / 4 ? -1 : 1));
  });
  addEventListener("hashchange", function () { show(Number(location.hash.slice(1)) - 1 || 0); });
  root.classList.add("live");
  nav.hidden = false;
  nav.querySelector("[data-whole]").hidden = !root.requestFullscreen;
  show(Number(location.hash.slice(1)) - 1 || 0);
})();
