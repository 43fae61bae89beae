"""The command line does what the window does: same actions, same rights, plain answers."""

import json
import uuid
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from postgres import Cluster
from ticketdesk import app
from ticketdesk.cli import main
from ticketdesk.domain.by import By
from ticketdesk.domain.clock import now
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.typed import parse
from ticketdesk.services import bench, demo, opening, staff, views
from ticketdesk.services.bench import PauseTimer, StartTimer
from ticketdesk.services.doors import perform
from ticketdesk.storage.tables import Entry, Order, Payment

FORM: dict[str, Any] = {
    "device": {"kind": "phone", "brand": "Apple", "model": "iPhone 13"},
    "customer": {"name": "Ștefan Ungureanu", "phone": "0722 000 418"},
    "complaint": "Ecran spart",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a small demo shop made from the command line."""
    if request.param == "sqlite":
        url = str(tmp_path / "cli.db")
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.create_database()
    assert main(["demo", "--orders", "30", "--seed", "7", "--db", url]) == 0
    return url


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(list(words))
    out = capsys.readouterr()
    return status, out.out, out.err


def test_an_order_goes_from_intake_to_hand_over(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "form.json"
    form.write_text(json.dumps(FORM), encoding="utf-8")
    status, out, _err = run(capsys, "order", "register", "--json", str(form), "--db", db, "--as", "alina")
    number = str(json.loads(out)["number"])
    assert status == 0
    for words in (
        ("order", "claim", number, "--start", "--as", "vlad"),
        ("order", "add-line", number, "--name", "Ecran", "--price", "1.234,50", "--quantity", "2", "--as", "vlad"),
        ("order", "add-line", number, "--name", "Cablu", "--quantity", "1,5 m", "--as", "vlad"),
        ("order", "note", number, "Gata la test", "--as", "vlad"),
        ("order", "move", number, "ready", "--as", "vlad"),
        ("order", "pay", number, "--tendered", "2500", "--hand-over", "--as", "alina"),
    ):
        assert run(capsys, *words, "--db", db)[0] == 0
    _status, out, _err = run(capsys, "order", "show", number, "--db", db, "--json")
    shown = json.loads(out)
    assert (shown["row"]["status"], shown["row"]["total"], shown["row"]["balance"]) == ("handed_over", 246_900, 0)
    status, _out, said = run(
        capsys, "order", "add-line", number, "--name", "Baterie", "--quantity", "1,5", "--as", "vlad", "--db", db
    )
    assert (status, "sold whole" in said) == (1, True)
    for document in ("intake", "intake_a4", "receipt", "warranty", "label"):
        path = tmp_path / f"{document}.pdf"
        assert run(capsys, "print", number, "--document", document, "--to", str(path), "--db", db)[0] == 0
        assert path.read_bytes().startswith(b"%PDF-")
    code, said, _errors = run(capsys, "verify", "--db", db)
    assert (code, said.splitlines()[0]) == (0, "Everything adds up.")


def test_the_same_request_is_done_once(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "form.json"
    form.write_text(json.dumps(FORM), encoding="utf-8")
    words = ("order", "register", "--json", str(form), "--db", db, "--request", str(uuid.uuid4()))
    first, again = run(capsys, *words), run(capsys, *words)
    assert json.loads(first[1])["number"] == json.loads(again[1])["number"]


def test_the_earlier_order_of_a_warranty_is_named_by_its_number(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "form.json"
    words = ("order", "register", "--json", str(form), "--db", db, "--as", "alina")
    earlier = json.loads(run(capsys, "order", "list", "--limit", "1", "--db", db, "--json")[1])[0]
    form.write_text(json.dumps(FORM | {"warranty_of": earlier["number"]}), encoding="utf-8")
    number = str(json.loads(run(capsys, *words)[1])["number"])
    shown = json.loads(run(capsys, "order", "show", number, "--db", db, "--json")[1])
    assert (shown["warranty_of_number"], shown["warranty_of"]) == (earlier["number"], earlier["id"])
    for unknown in (99_999_999, "00000000-0000-0000-0000-000000000007"):
        form.write_text(json.dumps(FORM | {"warranty_of": unknown}), encoding="utf-8")
        status, _out, err = run(capsys, *words)
        assert (status, err) == (1, f"warranty_of: There is no order {unknown}.\n")


def test_rights_are_those_of_the_person_named(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, _out, err = run(capsys, "order", "note", "10500", "x", "--db", db, "--as", "ioana")
    assert (status, err) == (1, "Your role does not allow this. Ask a manager.\n")
    status, _out, err = run(capsys, "order", "note", "10500", "x", "--db", db, "--as", "nobody")
    assert (status, err) == (1, "as: Nobody here has the login “nobody”.\n")


def test_lists_page_by_key_and_search(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[int] = []
    after: tuple[str, ...] = ()
    while True:
        _status, out, _err = run(capsys, "order", "list", "--limit", "7", "--db", db, "--json", *after)
        rows = json.loads(out)
        if not rows:
            break
        seen += [row["number"] for row in rows]
        after = ("--after", str(seen[-1]))
    assert (len(seen), seen) == (30, sorted(seen))
    _status, out, _err = run(capsys, "order", "list", "--search", str(seen[3]), "--db", db, "--json")
    assert [row["number"] for row in json.loads(out)] == [seen[3]]


def test_lists_understand_what_the_window_understands_and_know_saved_views(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def numbers(*words: str) -> list[int]:
        status, out, err = run(capsys, "order", "list", "--db", db, "--json", *words)
        assert status == 0, err
        return [row["number"] for row in json.loads(out)]

    active = numbers("--view", "active")
    assert 0 < len(active) < 30
    assert numbers("--search", "!active") == numbers("--search", "!open") == active
    assert set(numbers("--search", "!unpaid !open")) <= set(active)
    with closing(opening.open_shop(db, "T")) as database:
        with database.read() as session:
            owner = staff.by_login(session, "mircea")
        new = views.NewView("Ale atelierului", parse("!open", date(2026, 11, 23)), sort="number", descending=True)
        perform(database, By(owner.id, "T", now(), new_key()), views.add, new)
    assert numbers("--view", "ale ATELIERULUI", "--as", "mircea") == active[::-1]
    assert numbers("--view", "Ale atelierului", "--as", "mircea", "--desc") == active
    status, _out, err = run(capsys, "order", "list", "--db", db, "--view", "ale atelierului", "--as", "alina")
    assert (status, err) == (1, "view: There is no view “ale atelierului”.\n")


def test_wrong_words_are_told_apart_from_refusals(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as wrong:
        main(["order", "move", "1", "nowhere", "--db", db])
    assert wrong.value.code == 2
    assert run(capsys, "order", "show", "999999", "--db", db)[::2] == (1, "number: There is no order 999999.\n")


def test_a_shop_survives_backup_and_restore_between_databases(
    db: str, tmp_path: Path, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = str(tmp_path / "shop.backup")
    assert run(capsys, "backup", copy, "--db", db, "--as", "mircea")[0] == 0
    assert run(capsys, "restore", copy, "--db", db)[0] == 1
    for target in (str(tmp_path / "again.db"), cluster.create_database()):
        assert run(capsys, "restore", copy, "--db", target)[0] == 0
        assert run(capsys, "verify", "--db", target)[0] == 0
        before = run(capsys, "order", "list", "--db", db, "--json")[1]
        assert run(capsys, "order", "list", "--db", target, "--json")[1] == before
        assert run(capsys, "order", "note", "10500", "după restaurare", "--db", target, "--as", "vlad")[0] == 0


def test_an_export_holds_every_order(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("orders.csv", "orders.xlsx"):
        path = tmp_path / name
        assert run(capsys, "export", "orders", "--to", str(path), "--db", db, "--as", "ioana")[0] == 0
    lines = (tmp_path / "orders.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 31
    assert (tmp_path / "orders.xlsx").read_bytes().startswith(b"PK")
    assert run(capsys, "export", "orders", "--to", str(tmp_path / "x.csv"), "--db", db, "--as", "vlad")[0] == 1


def test_a_shop_is_made_and_its_day_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = str(tmp_path / "new.db")
    words = ("init", "--db", url, "--name", "Atelier", "--owner", "Ana Pop", "--pin", "482915", "--country", "MD")
    status, out, _err = run(capsys, *words, "--json")
    assert (status, len(json.loads(out)["recovery_code"])) == (0, 29)
    assert run(capsys, *words)[0] == 1
    status, out, _err = run(capsys, "report", "day", "--date", "2026-11-20", "--db", url, "--json")
    assert (status, json.loads(out)["date"]) == (0, "2026-11-20")
    assert run(capsys, "report", "day", "--to", str(tmp_path / "day.pdf"), "--db", url)[0] == 0


@pytest.mark.parametrize(("asked", "unit"), [((), "lei"), (("--currency", "EUR"), "€")])
def test_a_shop_keeps_its_books_in_its_countrys_money_or_in_euro(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], unit: str
) -> None:
    url = str(tmp_path / "new.db")
    words = ("init", "--db", url, "--name", "Atelier", "--owner", "Ana Pop", "--pin", "482915", "--no-shifts", *asked)
    assert run(capsys, *words)[0] == 0
    status, out, _err = run(
        capsys, "sale", "sell", "--line", "Husă=12,50", "--method", "cash", "--db", url, "--lang", "ro"
    )
    assert status == 0
    assert f"12,50\u00a0{unit}" in out


def test_a_demo_is_the_same_for_a_seed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lists = []
    for name in ("one", "two"):
        url = str(tmp_path / f"{name}.db")
        main(["demo", "--orders", "25", "--seed", "3", "--db", url])
        rows = json.loads(run(capsys, "order", "list", "--db", url, "--as", "mircea", "--json")[1])
        lists.append([(row["number"], row["customer_name"], row["device_title"], row["total"]) for row in rows])
    assert lists[0] == lists[1]
    assert demo.PIN != demo.OWNER_PIN


def test_nothing_of_a_demo_has_happened_tomorrow(tmp_path: Path) -> None:
    url = str(tmp_path / "demo.db")
    main(["demo", "--orders", "120", "--seed", "3", "--db", url])
    with closing(opening.open_shop(url, "T1")) as database, database.read() as session:
        for moment in (Entry.at, Payment.at, Order.received_at, Order.ready_at, Order.handed_over_at):
            latest = session.scalar(select(func.max(moment)))
            assert latest is not None, moment
            assert latest <= now(), moment


def test_devices_are_put_into_bins_found_there_and_bins_labelled(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "form.json"
    form.write_text(json.dumps({**FORM, "bin": "r2 14"}), encoding="utf-8")
    _status, out, _err = run(capsys, "order", "register", "--json", str(form), "--db", db, "--as", "alina")
    number = str(json.loads(out)["number"])
    assert "R214" in run(capsys, "order", "show", number, "--db", db)[1]
    assert run(capsys, "order", "bin", number, "x9", "--db", db, "--as", "vlad")[0] == 0
    listed = run(capsys, "order", "list", "--search", "bin:x9", "--sort", "bin", "--json", "--db", db)[1]
    assert [(str(row["number"]), row["bin"]) for row in json.loads(listed)] == [(number, "X9")]
    assert run(capsys, "order", "bin", number, "a_b", "--db", db)[0] == 1
    assert run(capsys, "order", "bin", number, "--db", db)[0] == 0
    assert json.loads(run(capsys, "order", "show", number, "--json", "--db", db)[1])["row"]["bin"] == ""
    labels = tmp_path / "bins.pdf"
    status, out, _err = run(capsys, "bin-labels", "A1..A3", "B1", "--to", str(labels), "--json", "--db", db)
    assert (status, json.loads(out)["file"], labels.read_bytes()[:4]) == (0, str(labels), b"%PDF")


def test_an_order_tells_how_many_minutes_were_worked_at_it(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    _status, out, _err = run(capsys, "order", "claim", "--start", "--json", "--db", db, "--as", "vlad")
    done = json.loads(out)
    number, order = str(done["number"]), uuid.UUID(done["id"])
    shown = json.loads(run(capsys, "order", "show", number, "--json", "--db", db)[1])
    person, begun = uuid.UUID(shown["row"]["assignee_id"]), now() - timedelta(minutes=90)
    with closing(opening.open_shop(db, "T")) as database:
        paused = begun + timedelta(minutes=75, seconds=30)
        perform(database, By(person, "T", begun, new_key()), bench.start_timer, StartTimer(order))
        perform(database, By(person, "T", paused, new_key()), bench.pause_timer, PauseTimer(order))
    assert json.loads(run(capsys, "order", "show", number, "--json", "--db", db)[1])["worked_minutes"] == 75
    assert "Worked: 75 min" in run(capsys, "order", "show", number, "--db", db)[1]


def test_an_empty_list_is_said_beside_the_answer_not_as_a_blank_line(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("order", "list", "--search", "nobody at all", "--db", db, "--as", "alina")
    assert run(capsys, *asked) == (0, "", "No orders.\n")
    status, out, _err = run(capsys, *asked, "--json")
    assert (status, json.loads(out)) == (0, [])


def test_phones_go_out_and_files_come_in_with_the_owners_pin(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, rows = tmp_path / "phones.csv", tmp_path / "rows.csv"
    rows.write_text("id,data_provider,product_category,brand,repair_status,event_date,problem\n", encoding="utf-8")
    monkeypatch.setenv("TICKETDESK_PIN", demo.OWNER_PIN)
    for asked in (
        ("export", "orders", "--to", str(path), "--columns", "number", "phone", "--db", db, "--as", "raluca"),
        ("import", "openrepair", str(rows), "--db", db, "--as", "raluca"),
    ):
        status, _out, err = run(capsys, *asked)
        assert (status, "An owner has to approve" in err) == (1, True)
        assert path.exists() is (asked[0] == "import")  # that of the export, which was agreed to by then
        status, _out, err = run(capsys, *asked, "--approve-as", "mircea")
        assert status == 0, err
    assert "+407" in path.read_text(encoding="utf-8-sig")
    path.unlink()
    status, _out, err = run(capsys, "export", "orders", "--to", str(path), "--db", db, "--as", "raluca")
    assert status == 0, err
    assert "+407" not in path.read_text(encoding="utf-8-sig")


def test_an_export_replaces_a_file_only_when_told_to(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("somebody's own", encoding="utf-8")
    asked = ("export", "orders", "--to", str(path), "--db", db, "--as", "raluca")
    status, _out, err = run(capsys, *asked)
    assert (status, path.read_text(encoding="utf-8")) == (1, "somebody's own")
    assert err == f"to: {path} is there already. Choose another name, or add --overwrite.\n"
    assert run(capsys, *asked, "--overwrite")[0] == 0
    assert "somebody's own" not in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("before", [True, False])
def test_what_every_command_takes_may_stand_before_it_or_after(
    db: str, capsys: pytest.CaptureFixture[str], *, before: bool
) -> None:
    common = ("--lang", "ro", "--db", db, "--as", "alina", "--station", "Casa 7")
    words = ("order", "show", "424242")
    status, _out, err = run(capsys, *((*common, *words) if before else (*words, *common)))
    assert (status, err) == (1, "number: Nu există comanda 424242.\n")
    listed = ("order", "list", "--search", "nobody at all")
    _status, out, _err = run(capsys, *(("--json", *common, *listed) if before else (*listed, *common, "--json")))
    assert json.loads(out) == []


def test_words_before_a_command_start_no_window(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert app.main(["--lang", "ro", "--db", db, "order", "list", "--as", "alina", "--limit", "1"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
