"""Selling over the counter from the command line, and prices typed without VAT."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ticketdesk.cli import main
from ticketdesk.services import demo


@pytest.fixture
def db(tmp_path: Path) -> str:
    """Give the address of a small demo shop, whose till is open."""
    url = str(tmp_path / "cli.db")
    assert main(["demo", "--orders", "3", "--db", url]) == 0
    return url


def run(capsys: pytest.CaptureFixture[str], db: str, *words: str) -> tuple[int, Any, str]:
    capsys.readouterr()
    status = main([*words, "--json", "--db", db, "--as", "alina"])
    out = capsys.readouterr()
    return status, json.loads(out.out) if status == 0 else None, out.err


def test_a_sale_is_split_shown_and_taken_back(
    db: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, sold, said = run(
        capsys, db, "sale", "sell", "--line", "Husă=80,00", "--line", "Cablu=20", "--split", "card=60",
        "--reference", "0042", "--tendered", "50",
    )  # fmt: skip
    assert status == 0, said
    assert (sold["total"], sold["change"]) == (10_000, 1_000)
    assert [(line["price"], line["price_net"], line["vat"]) for line in sold["lines"]] == [
        (8_000, 6_612, 2_100), (2_000, 1_653, 2_100),
    ]  # fmt: skip
    assert [(part["gross"], part["net"] + part["vat"]) for part in sold["rates"]] == [(10_000, 10_000)]
    assert sorted((paid["method"], paid["amount"]) for paid in sold["payments"]) == [("card", 6_000), ("cash", 4_000)]
    number = str(sold["number"])
    capsys.readouterr()
    assert main(["sale", "sell", "--line", "Folie=5", "--db", db, "--as", "alina", "--lang", "en"]) == 0
    assert re.search(r"receipt \d{4}-\d{5}, sale \d{4}-\d{5}\.", capsys.readouterr().out)
    assert run(capsys, db, "sale", "show", number)[1]["lines"][1]["total_net"] == 1_653
    refused = run(capsys, db, "sale", "back", number, "--line", "2", "--reason", "Defect")
    assert refused[0] == 1
    assert "--approve-as" in refused[2]
    monkeypatch.setenv("TICKETDESK_PIN", demo.OWNER_PIN)
    back = run(capsys, db, "sale", "back", number, "--line", "2", "--reason", "Defect", "--approve-as", "raluca")
    assert back[0] == 0, back[2]
    assert back[1]["total"] == -2_000
    capsys.readouterr()
    assert main(["sale", "show", number, "--db", db, "--as", "alina", "--lang", "en"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert ["taken back" in line for line in shown[1:3]] == [False, True]


def test_what_cannot_be_sold_is_refused_with_how_to_mend_it(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words, sentence in (
        (("--item", "nimic"), "Unknown code"),
        (("--line", "Husă"), "like Husă=80,00"),
        (("--line", "Husă=80", "--split", "card"), "card=100,00"),
        (("--line", "Husă=80", "--method", "credit"), "known customer"),
        (("--line", "Husă=80", "--method", "card", "--reference", "4111 1111 1111 1111"), "card number"),
        ((), "Scan or choose"),
    ):
        status, _nothing, said = run(capsys, db, "sale", "sell", *words)
        assert status == 1
        assert sentence in said


def test_a_price_without_vat_comes_to_the_same_in_either_form(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("--line", "Husă=100 + TVA"), ("--line", "Husă=100", "--net"), ("--line", "Husă=100+VAT", "--net")):
        sold = run(capsys, db, "sale", "sell", *words)[1]
        assert (sold["total"], sold["lines"][0]["price_net"]) == (12_100, 10_000)
    reduced = run(capsys, db, "sale", "sell", "--line", "Manual=10,05", "--net", "--vat", "11")[1]
    assert (reduced["total"], reduced["rates"][0]["rate"]) == (1_116, 1_100)


def test_a_line_of_an_order_takes_a_price_without_vat(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    number = str(run(capsys, db, "order", "list", "--view", "active")[1][0]["number"])
    for words in (("100 + TVA",), ("100", "--net"), ("109,01 + TVA", "--vat", "11")):
        status, made, said = run(capsys, db, "order", "add-line", number, "--name", "Ecran", "--price", *words)
        assert status == 0, said
        assert made["line"]["price"] == 12_100
    line = run(capsys, db, "order", "show", number)[1]["lines"][-1]
    assert (line["total"], line["total_net"], line["facts"]["vat"]) == (12_100, 10_901, 1_100)
