"""Estimates from the command line: put to the customer, answered line by line, with the exit codes of every command."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from postgres import Cluster
from ticketdesk.cli import main
from ticketdesk.domain.by import By
from ticketdesk.domain.clock import now
from ticketdesk.domain.keys import new_key
from ticketdesk.services import demo, discounts, opening, pages, staff
from ticketdesk.services.discounts import Discount
from ticketdesk.services.doors import perform


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a small demo shop."""
    if request.param == "sqlite":
        url = str(tmp_path / "estimates.db")
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.create_database()
    assert main(["demo", "--db", url, "--orders", "3"]) == 0
    return url


def run(capsys: pytest.CaptureFixture[str], db: str, *words: str, who: str = "alina") -> tuple[int, str, str]:
    capsys.readouterr()
    status = main([*words, "--db", db, "--as", who])
    out = capsys.readouterr()
    return status, out.out, out.err


def an_order(capsys: pytest.CaptureFixture[str], db: str, tmp_path: Path, *lines: tuple[str, str]) -> str:
    form = tmp_path / "form.json"
    customer = {"name": "Ana Pop", "phone": "0733 111 222"}
    form.write_text(json.dumps({"device": {"model": "Nokia"}, "customer": customer, "complaint": "x"}))
    number = str(json.loads(run(capsys, db, "order", "register", "--json", str(form))[1])["number"])
    for name, price in lines:
        assert run(capsys, db, "order", "add-line", number, "--name", name, "--price", price)[0] == 0
    return number


def shown(capsys: pytest.CaptureFixture[str], db: str, number: str) -> list[dict[str, Any]]:
    status, out, err = run(capsys, db, "estimate", "show", number, "--json")
    assert status == 0, err
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_an_estimate_is_sent_and_answered_line_by_line(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = an_order(capsys, db, tmp_path, ("Ecran", "300"), ("Baterie", "100"), ("Folie", "50"))
    assert shown(capsys, db, number) == []
    status, out, err = run(capsys, db, "estimate", "send", number, "--how", "email", "--fee", "40")
    assert (status, "Version 1" in out, err) == (0, True, "")
    assert run(capsys, db, "estimate", "send", number, "--again", "--how", "message")[0] == 0
    [row] = shown(capsys, db, number)
    assert (row["state"], row["total"], row["fee"], row["sent_how"]) == ("sent", 45_000, 4_000, "message")
    words = ("estimate", "approve", number, "--line", "1", "--line", "3", "--how", "phone", "--json")
    status, out, err = run(capsys, db, *words)
    assert (status, json.loads(out)["subject"], err) == (0, "order", "")
    [row] = shown(capsys, db, number)
    assert (row["state"], row["refused"], row["agreed"], row["answered_by"]) == ("partly", [2], 35_000, "Ana Pop")
    order = json.loads(run(capsys, db, "order", "show", number, "--json")[1])
    assert [line["facts"]["name"] for line in order["lines"]] == ["Ecran", "Folie"]
    assert "2. Baterie  100.00  (refused)" in run(capsys, db, "estimate", "show", number)[1]


def test_what_is_refused_leaves_its_fee_and_a_request_is_done_once(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = an_order(capsys, db, tmp_path, ("Ecran", "300"), ("Baterie", "100"))
    request = ("--request", "7f1c2a54-9d0e-4c7e-9a3e-0c8f5b2d6e11")
    for _time in range(2):
        assert run(capsys, db, "estimate", "send", number, "--fee", "40", *request)[0] == 0
    assert [row["version"] for row in shown(capsys, db, number)] == [1]
    assert run(capsys, db, "estimate", "refuse", number, "--by", "Ion Pop")[0] == 0
    [row] = shown(capsys, db, number)
    assert (row["state"], row["agreed"], row["answered_by"]) == ("refused", 4_000, "Ion Pop")
    assert run(capsys, db, "verify")[0] == 0


def test_what_cannot_be_is_refused_with_its_field_and_what_is_no_word_with_two(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = an_order(capsys, db, tmp_path, ("Ecran", "300"))
    status, _out, err = run(capsys, db, "estimate", "approve", number)
    assert (status, err.startswith("number: No estimate waits")) == (1, True)
    assert run(capsys, db, "estimate", "send", number)[0] == 0
    for words, field in (
        (("approve", number, "--line", "9"), "line: "),
        (("show", "99999999"), "number: "),
        (("send", number, "--fee", "mult"), "fee: "),
    ):
        status, _out, err = run(capsys, db, "estimate", *words)
        assert (status, err.startswith(field)) == (1, True), err
    assert run(capsys, db, "estimate", "approve", number, who="ioana")[0] == 1
    for words in (("send", number, "--how", "smoke"), ("approve", number, "--how", "signature"), ("forget", number)):
        with pytest.raises(SystemExit) as left:
            run(capsys, db, "estimate", *words)
        assert left.value.code == 2
    assert shown(capsys, db, number)[0]["state"] == "sent"


def test_a_discount_that_refused_lines_leave_too_large_takes_a_pin(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = an_order(capsys, db, tmp_path, ("Ecran", "300"), ("Baterie", "100"))
    with closing(opening.open_shop(db, "T")) as database:
        with database.read() as session:
            owner, order = staff.by_login(session, "mircea"), pages.order_id_of(session, int(number))
        whole = Discount(order, 0, 1_500, "Client vechi")
        perform(database, By(owner.id, "T", now(), new_key()), discounts.discount, whole)
    assert run(capsys, db, "estimate", "send", number)[0] == 0
    refusal = ("estimate", "refuse", number, "--line", "1")
    status, _out, err = run(capsys, db, *refusal)
    assert (status, "--approve-as" in err) == (1, True)
    assert shown(capsys, db, number)[0]["state"] == "sent"
    monkeypatch.setenv("TICKETDESK_PIN", demo.OWNER_PIN)
    assert run(capsys, db, *refusal, "--approve-as", "raluca")[0] == 0
    assert [(row["state"], row["agreed"]) for row in shown(capsys, db, number)] == [("partly", 8_500)]
