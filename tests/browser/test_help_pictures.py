"""The pictures of the help pages are what the pages look like: taken here, compared here.

To renew them: CONGVU_PICTURES=renew congvu test tests/browser/test_help_pictures.py
"""

import base64
import os
import re
from pathlib import Path

import pytest

from data.words import LANGUAGES
from scheduler.journeys.online.demo_people import PEOPLE
from tests.browser.pictured import pictured
from tests.browser.serving import served, visiting

ROOT = Path(__file__).parent.parent.parent
KEPT = ROOT / "api" / "static" / "help"
RENEW = "CONGVU_PICTURES=renew congvu test tests/browser/test_help_pictures.py"
DESK, PHONE = (1200, 720), (390, 844)
PICTURES = {  # name -> whose page, at which address, on what, what to wait for
    "faults": ("planner", "/datasets/{faulty}", DESK),
    "plan": ("planner", "/plans/{in_force}", DESK),
    "year": ("planner", "/plans/{in_force}/year", DESK),
    "people": ("hr", "/people", DESK),
    "person": ("hr", "/people/{person}", DESK),
    "assignments": ("inspector", "/assignments", PHONE),
    "visit": ("inspector", "/assignments/{visit}#findings", PHONE),
    "approve": ("leader", "/plans/{waiting}", DESK),
    "journal": ("auditor", "/journal", DESK),
    "account": ("administrator", "/accounts/new", DESK),
}  # fmt: skip
LARGEST, ALL_TOGETHER = 60 * 1024, 1536 * 1024
TOLERANCE = 0.08  # share of the points, of a picture 150 wide, that may look otherwise
IN_THE_BROWSER = """
async ([png, kept]) => {
  const drawn = async (data) => {
    const image = Object.assign(new Image(), {src: data});
    await image.decode();
    return image;
  };
  const sheet = (width, height) => Object.assign(document.createElement("canvas"), {width, height});
  const fresh = await drawn(png);
  const whole = sheet(fresh.width, fresh.height);
  whole.getContext("2d").drawImage(fresh, 0, 0);
  const points = (image) => {
    const small = sheet(150, 150 * image.height / image.width);
    const brush = small.getContext("2d");
    brush.imageSmoothingQuality = "high";
    brush.drawImage(image, 0, 0, small.width, small.height);
    return brush.getImageData(0, 0, small.width, small.height).data;
  };
  let apart = 1;
  if (kept) {
    const [a, b] = [points(fresh), points(await drawn(kept))];
    let other = a.length === b.length ? 0 : a.length;
    for (let n = 0; n < Math.min(a.length, b.length); n += 4) {
      other += [0, 1, 2].some((c) => Math.abs(a[n + c] - b[n + c]) > 40) ? 4 : 0;
    }
    apart = other / a.length;
  }
  return [whole.toDataURL("image/webp", 0.8), apart];
}
"""


@pytest.fixture(scope="module")
def department(browser, tmp_path_factory):
    office, ids = pictured(tmp_path_factory.mktemp("pictured"))
    with served(office) as address:
        yield office, address, ids
    office.store.close()


def as_data(content, kind):
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def shot(visitor, path, size):
    """The upper part of the page, as somebody sees it on opening."""
    visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
    visitor.goes(path)
    visitor.page.locator(".waits").wait_for(state="detached")
    return visitor.page.screenshot(animations="disabled", caret="hide")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pictures_are_what_the_pages_look_like(browser, department, lang):
    office, address, ids = department
    canvas, apart = browser.new_page(), {}
    for name, (role, path, size) in PICTURES.items():
        width = 390 if size == PHONE else 1440
        with visiting(
            browser, office, address, role, name=PEOPLE[role][0], lang=lang, width=width, theme="light"
        ) as visitor:  # fmt: skip
            png = shot(visitor, path.format(**ids), size)
        file = KEPT / lang / f"{name}.webp"
        kept = as_data(file.read_bytes(), "webp") if file.is_file() else None
        webp, share = canvas.evaluate(IN_THE_BROWSER, [as_data(png, "png"), kept])
        if os.environ.get("CONGVU_PICTURES") == "renew":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(base64.b64decode(webp.partition(",")[2]))
        elif share > TOLERANCE:
            apart[name] = round(share, 3)
    canvas.close()
    assert apart == {}, f"pages no longer look as in the help; look at them, then: {RENEW}"


def test_the_pictures_are_small():
    sizes = {file: file.stat().st_size for file in KEPT.rglob("*.webp")}
    assert [file.name for file, size in sizes.items() if size > LARGEST] == []
    assert sum(sizes.values()) < ALL_TOGETHER


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_is_shown_and_every_picture_shown_is_taken(lang):
    pages = (ROOT / "api" / "templates" / "help" / lang).glob("*.html")
    shown = {
        name for page in pages for name in re.findall(r'picture\("(\w+)"', page.read_text("utf-8"))
    }
    assert shown == PICTURES.keys() == {file.stem for file in (KEPT / lang).glob("*.webp")}
