// Light or dark: the system's choice unless the reader made one. The page is whole without this script.
(function () {
  var root = document.documentElement, key = "sangkien-nen", kept = null;
  try { kept = localStorage.getItem(key); } catch (e) { /* storage may be shut off */ }
  if (kept === "sang" || kept === "toi") root.setAttribute("data-nen", kept);
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.createElement("button");
    button.className = "sk-theme";
    button.setAttribute("aria-label", "Đổi nền sáng hay tối");
    document.querySelector(".sk-top").append(button);
    button.addEventListener("click", function () {
      var now = root.getAttribute("data-nen") ||
        (matchMedia("(prefers-color-scheme: dark)").matches ? "toi" : "sang");
      var next = now === "toi" ? "sang" : "toi";
      root.setAttribute("data-nen", next);
      try { localStorage.setItem(key, next); } catch (e) { /* then it lasts for this page */ }
    });
  });
})();
