"""What the launcher does once it has a Python: prepare only what changed, serve, refuse with a sentence."""

import importlib
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def launcher(monkeypatch):
    """The launcher is no package of the application: only these tests put it on the import path."""
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    yield
    for name in [name for name in sys.modules if name.split(".")[0] == "launcher"]:
        monkeypatch.delitem(sys.modules, name)


def part(name):
    return importlib.import_module(f"launcher.{name}")


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A project of one file, whose preparation appends a line to `done` in its data folder."""
    monkeypatch.setattr(part("project"), "ROOT", tmp_path)
    (tmp_path / "source.txt").write_text("one")
    data = tmp_path / "data"
    write = f"open({str(data / 'done')!r}, 'a').write('x\\n'); print('said')"
    step = part("preparation").Step("write", "Écriture", ("-c", write), ("source.txt",), product="done", keeps="kept")
    return SimpleNamespace(root=tmp_path, data=data, step=step, times=lambda: (data / "done").read_text().count("x"))


def prepare(tree, *steps):
    part("preparation").prepare(steps or (tree.step,), tree.data, dict(os.environ))


def test_a_step_is_not_done_again_when_nothing_changed(tree):
    prepare(tree)
    prepare(tree)
    assert tree.times() == 1
    assert (tree.data / "kept").read_text() == "said\n"


def test_a_step_is_done_again_when_what_it_reads_changes_or_what_it_wrote_is_gone(tree):
    prepare(tree)
    (tree.root / "source.txt").write_text("two")
    prepare(tree)
    assert tree.times() == 2
    (tree.data / "kept").unlink()
    prepare(tree)
    assert tree.times() == 3
    (tree.data / "done").unlink()
    prepare(tree)
    assert tree.times() == 1


def test_a_step_that_fails_says_its_last_sentence_and_is_taken_up_again(tree):
    wrong = part("preparation").Step("wrong", "Panne", ("-c", "raise ValueError('il manque le taux')"), ())
    with pytest.raises(part("speech").Missing, match="il manque le taux") as refused:
        prepare(tree, tree.step, wrong)
    assert "preparation.log" in refused.value.way
    assert "ValueError" in (tree.data / "preparation.log").read_text()
    assert part("preparation").read_stamps(tree.data).keys() == {"write"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Traceback\n  File\nCommandError: Pas d’édition.\n", "Pas d’édition."),
        ("django.db.utils.OperationalError: connection failed\n\tIs it running?\n", "connection failed"),
        ("une phrase : simple\n", "une phrase : simple"),
        ("", "La commande a échoué sans rien dire."),
    ],
)
def test_of_a_long_failure_the_sentence_is_kept(said, sentence):
    assert part("project").last_line(said) == sentence


def test_nothing_outside_reaches_the_settings_of_a_demonstration(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://production/cordee")
    monkeypatch.setenv("CORDEE_HOSTS", "cordee.exemple.org")
    env = part("demo").settings(tmp_path)
    assert "DATABASE_URL" not in env
    ours = {name: value for name, value in env.items() if name.startswith("CORDEE_")}
    secret = ours.pop("CORDEE_SECRET_KEY")
    assert ours == {"CORDEE_MODE": "demo", "CORDEE_DATA": str(tmp_path), "CORDEE_CLOCK": "2025-01-20"}
    assert len(secret) >= 50
    assert part("demo").settings(tmp_path)["CORDEE_SECRET_KEY"] == secret
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_asked_for_that_is_taken_is_said_with_another(taken):
    with pytest.raises(part("speech").Missing, match=f"Le port {taken} est déjà pris") as refused:
        part("demo").choose_port(taken)
    other = int(refused.value.way.rsplit(" ", 1)[1])
    assert part("server").is_free(other)


def test_the_usual_port_gives_way_when_it_is_taken(taken, monkeypatch, capsys):
    monkeypatch.setattr(part("demo"), "PORT", taken)
    assert part("demo").choose_port(None) != taken
    assert f"Le port {taken} est déjà pris" in capsys.readouterr().out


def test_the_data_of_a_demonstration_that_runs_are_not_emptied(tmp_path, monkeypatch):
    demo = part("demo")
    monkeypatch.setattr(demo, "DATA", tmp_path / "var" / "demo")
    with demo.in_use(reset=False):
        (demo.DATA / "cordee.sqlite3").write_text("acts")
        with pytest.raises(part("speech").Missing, match="tourne"), demo.in_use(reset=True):
            pass
        assert (demo.DATA / "cordee.sqlite3").exists()
    with demo.in_use(reset=True):
        assert not (demo.DATA / "cordee.sqlite3").exists()


def test_a_server_that_does_not_start_is_a_sentence(tmp_path, monkeypatch):
    server = part("server")
    monkeypatch.setattr(
        server, "command", lambda *_, **__: [sys.executable, "-c", "raise ValueError('réglage absent')"]
    )
    serving = server.serving(server.free_port(), dict(os.environ), tmp_path / "server.log")
    with pytest.raises(part("speech").Missing, match="n’a pas démarré : réglage absent"), serving:
        pytest.fail("nothing answers")


def test_a_server_that_answers_is_stopped_with_its_children(tmp_path, monkeypatch):
    server = part("server")
    port = server.free_port()
    own = [
        sys.executable,
        "-m",
        "http.server",
        "--bind",
        "127.0.0.1",
        "--directory",
        str(tmp_path),
        str(port),
    ]
    monkeypatch.setattr(server, "command", lambda *_, **__: own)
    with server.serving(port, dict(os.environ), tmp_path / "server.log") as process:
        assert server.answers(port)
    assert process.poll() is not None
    assert server.is_free(port)


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({"CORDEE_MODE": "demo"}, "bin/serve sert en production, et CORDEE_MODE vaut demo."),
        ({"CORDEE_PORT": "http"}, "CORDEE_PORT=http : donnez un nombre, par exemple 8000."),
        ({"CORDEE_WORKERS": "0"}, "CORDEE_WORKERS=0 : donnez un nombre, par exemple 2."),
        ({}, "CORDEE_SECRET_KEY : donnez au moins 50 caractères imprévisibles."),
    ],
)
def test_serving_for_real_refuses_unclear_settings_with_their_sentence(monkeypatch, env, sentence):
    for name in [name for name in os.environ if name.startswith("CORDEE_")]:
        monkeypatch.delenv(name)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(part("speech").Missing) as refused:
        part("serve").main([])
    assert refused.value.sentence == sentence


def test_the_strictly_typed_files_are_those_that_pyproject_names():
    files = part("checks").strict_files()
    assert "cordee/values/__init__.py" in files
    assert all("/tests/" not in file and (ROOT / file).is_file() for file in files)
    names = {Path(file).stem for file in files if not file.startswith("cordee/values/")}
    assert not names & {"models", "views", "forms"}


def test_a_check_that_fails_shows_what_it_said(capsys):
    checks = part("checks")
    check = checks.Check("essai", ("-c", "print('ligne 3 : trop longue'); raise SystemExit(2)"))
    code, said, duration = checks.outcome(check, dict(os.environ))
    assert not checks.told(check, code, said, duration)
    assert "✗ essai" in (out := capsys.readouterr().out)
    assert "    ligne 3 : trop longue\n" in out


def runs_ending(monkeypatch, tmp_path, *codes):
    """Runs whose pytest is a process that says its name and ends as told."""
    suite = part("suite")

    def start(run, _selection, _cleaning):
        with run.log.open("w") as log:
            ending = [sys.executable, "-c", f"print({run.title!r}); raise SystemExit({run.marks})"]
            run.process = subprocess.Popen(ending, stdout=log)

    monkeypatch.setattr(suite.Run, "start", start)
    return [suite.Run(f"run {i}", str(code), {}, tmp_path / f"{i}.log") for i, code in enumerate(codes)]


@pytest.mark.parametrize(
    ("codes", "status"), [((0, 0, 5), 0), ((5, 5, 5), 1), ((0, 1, 5), 1), ((5, 0, 5), 0), ((2, 0, 0), 1)]
)
def test_a_part_may_be_empty_in_one_run_but_not_in_all(monkeypatch, tmp_path, codes, status):
    assert part("suite").part(runs_ending(monkeypatch, tmp_path, *codes), ["-k", "x"], None) == status


@pytest.mark.parametrize(("codes", "status"), [((0, 0, 0), 0), ((0, 0, 5), 1), ((1, 0, 0), 1)])
def test_the_whole_fails_with_any_of_its_runs_and_ends_with_the_words_of_the_last(
    monkeypatch, tmp_path, capsys, codes, status
):
    runs = runs_ending(monkeypatch, tmp_path, *codes)
    assert part("suite").whole(runs, [], None) == status
    assert capsys.readouterr().out.endswith("run 2\n")


def test_every_run_has_started_before_the_first_is_told(monkeypatch, tmp_path):
    runs, going = runs_ending(monkeypatch, tmp_path, 0, 0, 0, 0), []
    tell = part("suite").Run.tell

    def counted(run):
        going.append(sum(1 for one in runs if one.process))
        tell(run)

    monkeypatch.setattr(part("suite").Run, "tell", counted)
    assert part("suite").whole(runs, [], None) == 0
    assert going == [len(runs)] * len(runs)


def test_checks_that_failed_fail_the_whole_and_are_named_before_the_last_run(monkeypatch, tmp_path, capsys):
    assert part("suite").whole(runs_ending(monkeypatch, tmp_path, 0, 0), ["types (mypy)"], None) == 1
    assert "Déjà en échec : types (mypy)." in capsys.readouterr().out


def test_what_is_missing_is_named_with_the_one_command_when_not_root(monkeypatch):
    packages = part("packages")
    monkeypatch.setattr(packages.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(packages.sys, "platform", "linux")
    wanted = [
        packages.Part("un serveur PostgreSQL", lambda: None, "postgresql", "postgresql", "--without postgresql"),
        packages.Part(
            "Chromium", lambda: "/usr/bin/chromium", "chromium-headless-shell", "chromium", "--without browser"
        ),
    ]
    with pytest.raises(part("speech").Missing) as refused:
        packages.provide(wanted)
    assert refused.value.sentence == "Il manque un serveur PostgreSQL pour tout essayer."
    assert refused.value.way.startswith("sudo apt-get install --yes postgresql\n")
    assert "bin/test --without postgresql)" in refused.value.way


def test_a_browser_that_only_says_how_to_install_itself_is_not_one(tmp_path, monkeypatch):
    shim = tmp_path / "chromium-browser"
    shim.write_text("#!/bin/sh\necho 'requires the chromium snap' >&2; exit 1\n")
    shim.chmod(0o755)
    browser = part("browser")
    monkeypatch.setattr(browser, "PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CORDEE_CHROMIUM", raising=False)
    assert browser.find() is None
    shim.write_text("#!/bin/sh\necho 'Chromium 130.0'\n")
    assert browser.find() == str(shim)


@pytest.mark.postgresql
def test_the_throwaway_postgresql_serves_on_a_socket_only_and_leaves_nothing():
    import psycopg

    with part("postgres").throwaway_cluster() as address:
        folder = Path(address.partition("?host=")[2])
        with psycopg.connect(address) as connection:
            assert connection.info.server_version >= 150000
            assert connection.execute("show listen_addresses").fetchone() == ("",)
            assert connection.execute("show fsync").fetchone() == ("off",)
        assert (folder / "data").stat().st_uid != 0
    assert not folder.exists()


def test_a_machine_that_refuses_a_folder_is_a_sentence(monkeypatch, capsys):
    entry = part("entry")

    def full(*_, **__):
        raise OSError(28, "No space left on device", "/srv/var")

    monkeypatch.setattr(entry, "run", full)
    assert entry.main([entry.INSIDE, "demo"]) == 1
    assert capsys.readouterr().err == "La machine refuse : No space left on device (/srv/var).\n"
