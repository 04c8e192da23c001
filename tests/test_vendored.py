"""What others wrote stands here as they wrote it: each file with its digest, each package with its licence."""

import re

from tests.vendored import FILES, ICONS, PAGES, ROOT, TESTS, digests, folder_of, manifest, wanted

SOURCES = [
    file
    for kind in ("templates/**/*.html", "static/*.css", "static/*.js", "pages/*.py", "*.py")
    for file in sorted((ROOT / "api").glob(kind))
]
TEXT = "\n".join(file.read_text(encoding="utf-8") for file in SOURCES)


def test_every_file_is_the_one_that_was_copied():
    assert {p["folder"]: p["files"] for p in manifest()} == {
        p["folder"]: digests(ROOT / p["folder"]) for p in manifest()
    }


def test_nothing_stands_there_that_the_manifest_does_not_name():
    there = {
        f.relative_to(ROOT).as_posix()
        for top in (PAGES, TESTS)
        for f in top.iterdir()
        if f.is_dir()
    }
    assert there == {p["folder"] for p in manifest()}
    loose = {file.name for top in (PAGES, TESTS) for file in top.iterdir() if file.is_file()}
    assert loose == {"package.json", "vendored.toml"}


def test_versions_are_those_of_package_json():
    assert {p["name"]: p["version"] for p in manifest()} == wanted()
    assert all((ROOT / p["folder"]) == folder_of(p["name"], p["version"]) for p in manifest())
    assert set(FILES) == set(wanted())


def test_every_package_comes_with_its_licence():
    assert [p["name"] for p in manifest() if not (ROOT / p["folder"] / "LICENSE").is_file()] == []
    assert {p["licence"] for p in manifest() if p["folder"].startswith("api")} <= {
        "MIT", "Apache-2.0", "OFL-1.1", "BSD-0-Clause",
    }  # fmt: skip
    assert (folder_of("echarts", wanted()["echarts"]) / "NOTICE").is_file()


def test_pages_name_only_files_that_are_there():
    named = set(re.findall(r"vendor/[A-Za-z0-9_./-]+\.(?:js|css|svg|woff2)", TEXT))
    assert named
    assert [name for name in sorted(named) if not (PAGES.parent / name).is_file()] == []


def test_every_icon_that_pages_name_is_in_the_sprite():
    named = set(re.findall(r"\bicon\(\"([a-z0-9-]+)\"", TEXT))
    named |= set(re.findall(r"Look\(\"([a-z0-9-]+)\"", TEXT))
    assert named - set(ICONS) == set()


def test_pages_hold_no_style_and_no_script_of_their_own():
    pages = [f for f in SOURCES if f.suffix == ".html"]
    assert pages
    script = r"<script(?![^>]*\ssrc=)(?! type=.application/json)"  # data are no script
    inline = rf"\sstyle=|<style|{script}|\son[a-z]+=|hx-on|javascript:|hx-vals=.js:"
    assert [f.name for f in pages if re.search(inline, f.read_text(encoding="utf-8"))] == []
