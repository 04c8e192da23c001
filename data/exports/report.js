(function () {
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.mark").forEach(function (mark) { mark.open = true; });
  });
  var find = document.getElementById("find");
  if (!find) return;
  find.parentNode.style.display = "inline-block";
  function plain(s) {
    return s.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }
  var bodies = Array.prototype.slice.call(document.querySelectorAll("table.year tbody"));
  find.addEventListener("input", function () {
    var wanted = plain(find.value.trim());
    bodies.forEach(function (body) {
      var any = false;
      Array.prototype.slice.call(body.rows, 1).forEach(function (row) {
        row.hidden = wanted !== "" && plain(row.cells[0].textContent).indexOf(wanted) < 0;
        any = any || !row.hidden;
      });
      body.hidden = !any;
    });
  });
})();
