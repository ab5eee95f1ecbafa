"""The commands as a clerk calls them: what is written, the messages, the exit status."""

import json

import pytest

from mingzhang.cli import main
from mingzhang.cli.screen import login
from mingzhang.forms.random import disclosure
from mingzhang.publish.pdf import write


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    path = tmp_path_factory.mktemp("cli") / "sound.pdf"
    write(disclosure(5, kind="final", items=3, unit="万元"), path, layout="ruled")
    return path


def test_read_writes_the_open_form(sound, tmp_path, capsys):
    assert main(["read", str(sound), "--out", str(tmp_path), "--lang", "zh"]) == 0
    names = {p.name for p in tmp_path.iterdir()}
    assert names == {"cells.csv", "undecided.csv", "indicators.csv", "narrative.csv", "links.csv", "disclosure.json"}
    assert json.loads((tmp_path / "disclosure.json").read_text("utf-8"))["kind"] == "final"
    assert "读出" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_does_not_stop_the_others(sound, tmp_path, capsys):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no pdf")
    status = main(["read", str(bad), str(sound), str(tmp_path), "--out", str(tmp_path / "out"), "--lang", "zh"])
    err = capsys.readouterr().err
    assert status == 2
    assert "bad.pdf" in err
    assert "不是 PDF" in err
    assert (tmp_path / "out" / "sound" / "cells.csv").exists()


def test_check_of_a_sound_document_has_status_0_and_writes_every_report(sound, tmp_path, capsys):
    reports = [tmp_path / f"report{suffix}" for suffix in (".html", ".xlsx", ".docx", ".pdf", ".json")]
    asked = [word for path in reports for word in ("--report", str(path))]
    assert main(["check", str(sound), "--out", str(tmp_path / "out"), *asked, "--lang", "en"]) == 0
    assert all(path.stat().st_size > 100 for path in reports)
    assert (tmp_path / "out" / "findings.csv").exists()
    assert "rules run" in capsys.readouterr().out


@pytest.mark.parametrize("lang,said", [("zh", "什么也没有核对"), ("en", "nothing was recognised")])
def test_a_file_without_anything_to_check_is_not_called_sound(tmp_path, capsys, lang, said):
    file, report = tmp_path / "letter.txt", tmp_path / "report.html"
    file.write_text("关于召开会议的通知\n请准时参加。\n", "utf-8")
    assert main(["check", str(file), "--report", str(report), "--lang", lang]) == 2
    shown = "".join(capsys.readouterr().out.split())
    assert "".join(said.split()) in shown
    assert said in report.read_text("utf-8").replace("Nothing was", "nothing was")


def test_a_report_of_another_kind_is_refused_before_anything_is_read(sound, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["check", str(sound), "--report", "report.txt"])
    assert stopped.value.code == 2
    assert ".html" in capsys.readouterr().err


def test_two_files_of_one_name_do_not_overwrite_each_other(sound, tmp_path):
    twin = tmp_path / "twin" / "sound.pdf"
    twin.parent.mkdir()
    twin.write_bytes(sound.read_bytes())
    assert main(["read", str(sound), str(twin), "--out", str(tmp_path / "out")]) == 0
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"sound", "sound-2"}


def test_look_draws_a_page_and_says_when_there_is_none(sound, tmp_path, capsys):
    picture = tmp_path / "page.png"
    assert main(["look", str(sound), "--page", "2", "--out", str(picture), "--lang", "zh"]) == 0
    assert picture.read_bytes()[:4] == b"\x89PNG"
    assert main(["look", str(sound), "--page", "99", "--lang", "zh"]) == 2
    assert "99" in capsys.readouterr().err


def test_compare_of_a_document_with_itself(sound, capsys):
    assert main(["compare", str(sound), str(sound), "--lang", "zh"]) == 0
    assert capsys.readouterr().out.startswith("0 处")


def test_doctor(capsys):
    assert main(["doctor"]) == 0
    assert "pypdfium2" in capsys.readouterr().out


def test_the_language_may_stand_before_the_command(sound, capsys):
    assert main(["--lang", "en", "check", str(sound)]) == 0
    assert "rules run" in capsys.readouterr().out


@pytest.mark.parametrize("lang,said", [("zh", "还要给出"), ("en", "required")])
def test_a_wrong_call_is_answered_in_the_language_of_the_screen(capsys, lang, said):
    with pytest.raises(SystemExit) as stopped:
        main(["check", "--lang", lang])
    assert stopped.value.code == 2 and said in capsys.readouterr().err


def test_every_reason_of_a_file_that_is_not_read_has_english_words():
    import re
    from pathlib import Path

    from mingzhang.cli.screen import _reasons
    from mingzhang.read.pages.files import _ADVICE

    code = "".join(path.read_text("utf-8") for path in Path("mingzhang/read").rglob("*.py"))
    given = set(re.findall(r'ReadError\([^"()]*(?:\([^()]*\))?[^"()]*"([a-z-]+)"', code)) | set(_ADVICE)
    assert len(given) > 30 and given <= set(_reasons())


def test_what_is_not_read_is_said_in_english(tmp_path, capsys):
    for name, data in (("a.pdf", b""), ("b.xlsx", b"PK\x03\x04" + b"x" * 99), ("c.json", b"[1]")):
        (tmp_path / name).write_bytes(data)
        assert main(["check", str(tmp_path / name), "--lang", "en"]) == 2
        err = capsys.readouterr().err
        assert name in err and err.isascii()


def test_stored_disclosures_are_checked_and_compared_as_documents_are(sound, tmp_path, capsys):
    assert main(["read", str(sound), "--out", str(tmp_path), "--lang", "zh"]) == 0
    stored = str(tmp_path / "disclosure.json")
    assert main(["check", stored, "--lang", "zh"]) == 0
    assert "没有发现自相矛盾之处" in capsys.readouterr().out
    assert main(["compare", stored, str(sound), "--lang", "zh"]) == 0
    assert "0 处文字或数字有变化" in capsys.readouterr().out


def test_an_interrupted_command_says_so(sound, capsys, monkeypatch):
    def stop(*_args, **_given):
        raise KeyboardInterrupt

    monkeypatch.setattr("mingzhang.read.look.look", stop)
    assert main(["look", str(sound), "--lang", "zh"]) == 130
    assert "已中断" in capsys.readouterr().err


def test_a_user_without_a_name_has_to_say_who_enters(monkeypatch, tmp_path, capsys):
    """A container's bare user number has no login name."""

    def nobody():
        raise KeyError("getpwuid(): uid not found: 12345")

    where = ["--database", str(tmp_path / "b.sqlite3"), "--year", "2024", "--lang", "zh"]
    with monkeypatch.context() as patch:
        patch.setattr("getpass.getuser", nobody)
        assert login() == ""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    assert main(["books", "open", "--department", "9", "--name", "甲局", *where]) == 0
    assert main(["books", "close-year", "--author", "", *where]) == 1
    assert "--author" in "".join(capsys.readouterr())
    assert main(["books", "close-year", "--author", "甲", *where]) == 0
