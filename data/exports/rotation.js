(function () {
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (part) { part.open = true; });
  });
  var find = document.getElementById("find");
  if (!find) return;
  find.parentNode.style.display = "inline-block";
  function plain(s) {
    return s.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }
  var found = document.getElementById("found"), rows, texts, waiting;
  function read() {
    rows = Array.prototype.slice.call(document.querySelectorAll("table.moves tbody tr"));
    texts = rows.map(function (row) { return plain(row.textContent); });
  }
  function show() {
    if (!rows) read();
    var wanted = plain(find.value).split(/\s+/).filter(Boolean), n = 0;
    rows.forEach(function (row, i) {
      var hit = wanted.every(function (word) { return texts[i].indexOf(word) >= 0; });
      n += hit;
      if (row.hidden === hit) row.hidden = !hit;
    });
    found.textContent = wanted.length ? n + "/" + rows.length : "";
  }
  find.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(show, 120);
  });
})();
