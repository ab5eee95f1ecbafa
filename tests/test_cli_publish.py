"""``mingzhang publish`` as a clerk calls it."""

import json

import pytest

from mingzhang.cli import main
from mingzhang.disclosure import to_json
from mingzhang.forms.random import disclosure


@pytest.fixture
def told(tmp_path):
    path = tmp_path / "disclosure.json"
    path.write_text(to_json(disclosure(5, kind="final", items=3)), "utf-8")
    return path


def test_publish_writes_every_format(told, tmp_path, capsys):
    assert main(["publish", str(told), "--out", str(tmp_path / "out"), "--lang", "zh"]) == 0
    assert {p.suffix for p in (tmp_path / "out").iterdir()} == {".pdf", ".docx", ".xlsx", ".html", ".json", ""}
    assert (tmp_path / "out" / "data" / "datapackage.json").exists()
    assert capsys.readouterr().out.count("已写到") == 6


def test_publish_writes_what_is_asked_for_each_disclosure_of_a_list(told, tmp_path):
    both = [json.loads(told.read_text("utf-8")), json.loads(to_json(disclosure(6, kind="budget", items=3)))]
    told.write_text(json.dumps(both), "utf-8")
    call = ["publish", str(told), "--out", str(tmp_path / "out"), "--format", "html", "--format", "json"]
    assert main([*call, "--layout", "dense"]) == 0
    folders = sorted((tmp_path / "out").iterdir())
    assert [sorted(p.suffix for p in f.iterdir()) for f in folders] == [[".html", ".json"]] * 2


@pytest.mark.parametrize(
    "text,said", [("{}", "schema is None"), ("[1", "Expecting"), ('{"schema": "x"}', "schema is 'x'"), ("[[]]", "schema is None"), ("[]", "none")]
)
def test_a_file_that_is_no_disclosure_is_refused(tmp_path, capsys, text, said):
    path = tmp_path / "other.json"
    path.write_text(text, "utf-8")
    assert main(["publish", str(path), "--out", str(tmp_path / "out"), "--lang", "en"]) == 2
    err = capsys.readouterr().err
    assert "other.json" in err and said in err
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_and_a_missing_file_are_refused(told, tmp_path, capsys):
    assert main(["publish", str(told), "--out", str(tmp_path / "o"), "--format", "odt", "--lang", "zh"]) == 2
    assert main(["publish", str(told), "--out", str(tmp_path / "o"), "--layout", "x", "--lang", "zh"]) == 2
    assert main(["publish", str(tmp_path / "no.json"), "--out", str(tmp_path / "o"), "--lang", "zh"]) == 2
    err = capsys.readouterr().err
    assert "odt：没有这种格式" in err and "x：没有这种版式" in err and "no.json" in err
