"""Tills, shifts, approvals and accounts from the command line."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from ticketdesk.cli import main
from ticketdesk.domain.clock import shop_time
from ticketdesk.services import demo


@pytest.fixture
def db(tmp_path: Path) -> str:
    """Give the address of a small demo shop, whose till is open with 300 lei."""
    url = str(tmp_path / "cli.db")
    assert main(["demo", "--orders", "12", "--db", url]) == 0
    return url


def run(capsys: pytest.CaptureFixture[str], db: str, *words: str, who: str = "mircea") -> tuple[int, str, str]:
    capsys.readouterr()
    status = main([*words, "--db", db, "--as", who])
    out = capsys.readouterr()
    return status, out.out, out.err


def a_ready_order(capsys: pytest.CaptureFixture[str], db: str, tmp_path: Path, price: str = "100") -> str:
    form = tmp_path / "form.json"
    form.write_text(
        json.dumps(
            {
                "device": {"kind": "phone", "model": "Nokia"},
                "customer": {"name": "Ana Pop", "phone": "0733 111 222"},
                "complaint": "x",
            }
        )
    )
    status, out, err = run(capsys, db, "order", "register", "--json", str(form))
    assert status == 0, err
    number = str(json.loads(out)["number"])
    assert run(capsys, db, "order", "claim", number, "--start")[0] == 0
    assert run(capsys, db, "order", "add-line", number, "--name", "Ecran", "--price", price)[0] == 0
    assert run(capsys, db, "order", "move", number, "ready")[0] == 0
    return number


def test_a_day_at_the_till(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (a_ready_order(capsys, db, tmp_path) for _order in range(2))
    paid = run(
        capsys, db, "order", "pay", first, "--also", second, "--split", "card=50", "--tendered", "200",
        "--reference", "A1", "--hand-over", "--json", who="alina",
    )  # fmt: skip
    assert paid[0] == 0, paid[2]
    receipt = str(json.loads(paid[1])["receipt"])

    words = ("order", "refund", receipt, "--amount", "10", "--reason", "zgârietură", "--method", "cash")
    refused = run(capsys, db, *words, who="alina")
    assert refused[0] == 1
    assert "manager" in refused[2]
    assert "--approve-as" in refused[2]
    monkeypatch.setenv("TICKETDESK_PIN", demo.OWNER_PIN)
    back = run(capsys, db, *words, "--approve-as", "raluca", who="alina")
    assert back[0] == 0, back[2]
    out = run(capsys, db, "cash", "out", "20", "--reason", "bancă", "--approve-as", "raluca", who="alina")
    assert out[0] == 0, out[2]

    taken_in = run(capsys, db, "order", "register", "--json", str(tmp_path / "form.json"))
    cancel = ("order", "move", str(json.loads(taken_in[1])["number"]), "cancelled", "--reason", "renunță")
    refused = run(capsys, db, *cancel, who="alina")
    assert (refused[0], "--approve-as" in refused[2]) == (1, True)
    assert run(capsys, db, *cancel, "--approve-as", "raluca", who="alina")[0] == 0
    reopen = (*cancel[:3], "created")
    assert "role" in run(capsys, db, *reopen, who="alina")[2]
    refused = run(capsys, db, *reopen, who="raluca")
    assert (refused[0], "owner" in refused[2]) == (1, True)
    assert run(capsys, db, *reopen, "--approve-as", "mircea", who="raluca")[0] == 0

    x = tmp_path / "x.pdf"
    assert run(capsys, db, "shift", "x", "--to", str(x))[0] == 0
    assert x.read_bytes().startswith(b"%PDF-")
    shown = json.loads(run(capsys, db, "shift", "x", "--json")[1])
    cash = shown["cash"]
    assert cash == 30_000 + 15_000 - 1_000 - 2_000
    hidden = json.loads(run(capsys, db, "shift", "x", "--json", who="alina")[1])
    assert hidden["cash"] is None

    short = run(capsys, db, "shift", "close", "--amount", "1", who="alina")
    assert short[0] == 1
    assert "Write why" in short[2]
    z = tmp_path / "z.pdf"
    closed = run(
        capsys, db, "shift", "close", "--amount", f"{cash / 100:.2f}", "--to", str(z), who="alina"
    )  # fmt: skip
    assert closed[0] == 0, closed[2]
    assert "difference 0.00" in closed[1]
    assert z.read_bytes().startswith(b"%PDF-")
    again = run(capsys, db, "shift", "z", "1", "--json")
    assert json.loads(again[1])["seal"]["number"] == 1

    refused = run(capsys, db, "order", "pay", a_ready_order(capsys, db, tmp_path))
    assert (refused[0], "open till" in refused[2]) == (1, True)
    opened = run(capsys, db, "shift", "open", "--count", "4x50", "--count", "10x1", who="alina")
    assert opened[0] == 0
    assert "210.00" in opened[1]
    code, said, _err = run(capsys, db, "verify")
    assert (code, "newer than seal 1" in said) == (0, True)


def test_the_close_of_a_shift_and_its_seal_are_told_by_the_clock_of_the_shop(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, db, "shift", "close", "--amount", "300", who="alina")[0] == 0
    z = json.loads(run(capsys, db, "shift", "z", "1", "--json")[1])
    at = f"{shop_time(datetime.fromisoformat(z['closed_at']), 'Europe/Bucharest'):%Y-%m-%d %H:%M}"
    assert at in run(capsys, db, "shift", "list")[1]
    assert f"of {at}" in run(capsys, db, "verify")[1]


def test_each_payment_of_a_split_receipt_can_be_given_back(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = a_ready_order(capsys, db, tmp_path, "173,27")
    paid = run(capsys, db, "order", "pay", number, "--split", "card=20", "--split", "voucher=10")
    assert paid[0] == 0, paid[2]
    receipt = str(json.loads(run(capsys, db, "order", "show", number, "--json")[1])["payments"][0]["number"])
    assert f"receipt {receipt}" in paid[1]
    assert f"Receipt {receipt}  Cash  143.27" in run(capsys, db, "order", "show", number)[1]
    monkeypatch.setenv("TICKETDESK_PIN", demo.OWNER_PIN)
    words = ("order", "refund", receipt, "--reason", "x", "--approve-as", "raluca")
    which = run(capsys, db, *words)
    assert which[0] == 1
    assert "card (20.00), voucher (10.00), cash (143.27)" in which[2]
    for choice, left in (
        (("--method", "cash", "--amount", "43,27"), "43.27"),
        (("--method", "cash"), "100.00"),
        (("--method", "card"), "20.00"),
        ((), "10.00"),
    ):
        back = run(capsys, db, *words, *choice, who="alina")
        assert (back[0], left in back[1]) == (0, True), back[2]
    none = run(capsys, db, *words, who="alina")
    assert (none[0], "at most 0.00" in none[2]) == (1, True)


def test_a_refund_after_the_device_left_lowers_its_price_unless_it_is_still_owed(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = a_ready_order(capsys, db, tmp_path, "240")
    paid = run(capsys, db, "order", "pay", number, "--hand-over", "--json", who="alina")
    monkeypatch.setenv("TICKETDESK_PIN", demo.OWNER_PIN)
    words = ("order", "refund", str(json.loads(paid[1])["receipt"]), "--reason", "x", "--approve-as", "raluca")
    for choice, total, balance in (((), 14_000, 0), (("--still-owed",), 14_000, 10_000)):
        back = run(capsys, db, *words, "--amount", "100", *choice, who="alina")
        assert back[0] == 0, back[2]
        row = json.loads(run(capsys, db, "order", "show", number, "--json")[1])["row"]
        assert (row["total"], row["balance"]) == (total, balance)


def test_what_is_handed_over_too_much_is_kept_as_credit(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = a_ready_order(capsys, db, tmp_path, "1229,50")
    paid = run(capsys, db, "order", "pay", number, "--tendered", "2000", "--keep-rest")
    assert paid[0] == 0, paid[2]
    assert "2,000.00" in paid[1]
    assert "Change due: 0.00" in paid[1]
    customer = str(json.loads(run(capsys, db, "order", "show", number, "--json")[1])["customer"]["number"])
    assert "770.50" in run(capsys, db, "account", "show", customer)[1]


def test_a_large_discount_on_a_line_takes_a_reason_and_somebody_who_agrees(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = a_ready_order(capsys, db, tmp_path)
    words = ("order", "add-line", number, "--name", "Curățare", "--price", "100", "--discount", "50")
    assert "Write why" in run(capsys, db, *words, who="alina")[2]
    assert "--approve-as" in run(capsys, db, *words, "--discount-reason", "scuze", who="alina")[2]
    monkeypatch.setenv("TICKETDESK_PIN", demo.OWNER_PIN)
    agreed = ("--discount-reason", "scuze", "--approve-as", "mircea", "--json")
    status, added, said = run(capsys, db, *words, *agreed, who="alina")
    assert status == 0, said
    assert json.loads(added)["line"]["discount_reason"] == "scuze"


def test_the_same_close_twice_is_one_close(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    cash = json.loads(run(capsys, db, "shift", "x", "--json")[1])["cash"]
    words = (
        "shift", "close", "--amount", f"{cash / 100:.2f}", "--request", "01a20000-0000-7000-8000-000000000001", "--json",
    )  # fmt: skip
    first = run(capsys, db, *words)
    assert first[0] == 0, first[2]
    assert len([row for row in json.loads(run(capsys, db, "shift", "list", "--json")[1]) if row["closed_at"]]) == 1


def test_a_till_is_not_taken_over_by_guessing_what_is_in_it(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    cash = json.loads(run(capsys, db, "shift", "x", "--json")[1])["cash"]
    guesses = [cash - 500, cash + 500, cash]
    said = [run(capsys, db, "shift", "take-over", "--amount", f"{guess / 100:.2f}", who="raluca") for guess in guesses]
    assert [status for status, _out, _err in said] == [1, 1, 0]
    assert "differs" in said[0][2]
    counts = json.loads(run(capsys, db, "shift", "x", "--json")[1])["counts"]
    assert [count["total"] for count in counts if count["occasion"] == "take_over"] == guesses


def test_a_customer_leaves_money_and_gets_it_back(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    order = a_ready_order(capsys, db, tmp_path)
    number = str(json.loads(run(capsys, db, "order", "show", order, "--json")[1])["customer"]["number"])
    assert run(capsys, db, "account", "pay-in", number, "300", "--method", "transfer")[0] == 0
    assert "300.00" in run(capsys, db, "account", "show", number)[1]
    monkeypatch.setenv("TICKETDESK_PIN", demo.OWNER_PIN)
    back = run(
        capsys, db, "account", "pay-out", number, "100", "--method", "transfer", "--reason", "x", "--approve-as", "mircea"
    )  # fmt: skip
    assert back[0] == 0, back[2]
    paper = tmp_path / "statement.pdf"
    assert run(capsys, db, "account", "statement", number, "--to", str(paper))[0] == 0
    assert paper.read_bytes().startswith(b"%PDF-")
    assert run(capsys, db, "debts")[0] == 0


def test_tills_are_added_and_chosen_and_the_journal_is_sealed(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, db, "till", "add", "Casa 2")[0] == 0
    assert run(capsys, db, "till", "use", "Casa 2", "--station", "T2")[0] == 0
    listed = json.loads(run(capsys, db, "till", "list", "--json")[1])
    assert [(row["name"], row["stations"]) for row in listed] == [("Casa 1", ["Casa 1"]), ("Casa 2", ["T2"])]
    sealed = run(capsys, db, "seal")
    assert sealed[0] == 0
    assert sealed[1].startswith("TD-SEAL 1 ")
    numbers = run(capsys, db, "report", "numbers")
    assert numbers[0] == 0
    assert "Counter sales: none yet\n" in numbers[1]


def test_locations_are_added_changed_and_chosen(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, db, "location", "add", "Centru", "--address", "Piața Unirii 1")[0] == 0
    refused = run(capsys, db, "location", "add", "Vest")
    assert (refused[0], "Write letters: Centru has none" in refused[2]) == (1, True)
    assert run(capsys, db, "location", "add", "Vest", "--letters", "v")[0] == 0
    assert run(capsys, db, "location", "use", "Vest", "--station", "T2")[0] == 0
    assert run(capsys, db, "location", "edit", "Centru", "--rename", "Unirii", "--letters", "c")[0] == 0
    assert run(capsys, db, "location", "edit", "Unirii", "--out-of-use")[0] == 0
    assert run(capsys, db, "location", "list")[1].splitlines() == [
        f"C     {'Unirii':<24} {'Piața Unirii 1':<40} not in use",
        f"V     {'Vest':<24} {'':<40} T2",
    ]
    assert run(capsys, db, "location", "edit", "Unirii", "--in-use")[0] == 0
    listed = json.loads(run(capsys, db, "location", "list", "--json")[1])
    assert [(row["name"], row["active"]) for row in listed] == [("Unirii", True), ("Vest", True)]
    assert "There is no such location." in run(capsys, db, "location", "use", "Centru")[2]


def test_a_card_number_is_refused_as_a_reference(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = a_ready_order(capsys, db, tmp_path)
    refused = run(capsys, db, "order", "pay", number, "--method", "card", "--reference", "4111 1111 1111 1111")
    assert refused[0] == 1
    assert "card number" in refused[2]


@pytest.mark.parametrize("who", ["raluca", "alina"])
def test_the_day_and_the_open_shift_keep_their_cash_from_who_counts_it_blind(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], who: str
) -> None:
    number = a_ready_order(capsys, db, tmp_path, "123.45")
    assert run(capsys, db, "order", "pay", number, who=who)[0] == 0
    day = json.loads(run(capsys, db, "report", "day", "--json", who=who)[1])
    assert day["blind"]
    assert day["figures"]["takings"] is None
    assert [row["method"] for row in day["methods"]] == ["card", "transfer", "voucher"]
    assert {place["amount"] for place in day["places"] if place["shift"]} == {None}
    for words in (("report", "day"), ("shift", "x")):
        text = run(capsys, db, *words, "--lang", "ro", who=who)[1]
        assert "Numerarul se vede după închiderea turei." in text
        assert "123" not in text
    assert json.loads(run(capsys, db, "report", "day", "--json")[1])["figures"]["takings"] >= 12_345


@pytest.mark.parametrize("words", [("shift", "x"), ("report", "day"), ("account", "statement", "1")])
def test_a_paper_that_cannot_be_written_is_refused_in_a_sentence(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    status, _out, err = run(capsys, db, *words, "--to", str(tmp_path / "no such folder" / "paper.pdf"))
    assert status == 1
    assert err.startswith("to: The file ")


def test_a_day_that_is_none_is_refused_in_a_sentence(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = str(tmp_path / "statement.pdf")
    status, _out, err = run(capsys, db, "account", "statement", "1", "--since", "1.1.2026", "--to", paper)
    assert (status, err) == (1, "since: Write the date like 2026-11-23.\n")


def test_a_receipt_is_undone_by_its_number_alone_or_with_its_series(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TICKETDESK_PIN", demo.OWNER_PIN)
    order = a_ready_order(capsys, db, tmp_path)
    for spelt in ("{series}-{number}", "{series} {number}", "{number}"):
        paid = run(capsys, db, "order", "pay", order, "--method", "card", "--json", who="alina")
        assert paid[0] == 0, paid[2]
        receipt = json.loads(paid[1])["receipt"]
        series, number = receipt.split("-")
        words = ("order", "undo", spelt.format(series=series, number=int(number)), "--reason", "greșit")
        undone = run(capsys, db, *words, "--approve-as", "raluca", who="alina")
        assert undone[0] == 0, undone[2]
        assert f"Receipt {receipt} is undone." in undone[1]
    unknown = run(capsys, db, "order", "undo", "1999-1", "--reason", "greșit", "--approve-as", "raluca", who="alina")
    assert (unknown[0], unknown[2]) == (1, "number: There is no receipt 1999-1.\n")
