"""Names and phone numbers of people, normalised at the door."""

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.search import tidy
from ticketdesk.texts import _, ngettext

REGIONS = {"RO": "+40", "MD": "+373"}


def normal_phone(typed: str, region: str = "RO") -> str:
    """Give a phone number as E.164 (``+40722000418``), read in the shop's country.

    Raises:
        Refusal: if it cannot be a phone number; the sentence says how many digits are missing.
    """
    # 40 ms that the first picture of the window need not wait for
    import phonenumbers  # noqa: PLC0415

    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        raise Refusal(_("Write the phone number with digits."), "phone") from None
    digits = "".join(c for c in typed if c.isdigit())
    home = region == "RO" and not typed.strip().startswith("+") and not digits.startswith("00")
    missing = 10 - len(digits) if home else 0
    possible = phonenumbers.is_possible_number(number)
    # Romanian numbers have ten digits with their zero; the library takes some shorter ones for possible
    if not possible or (missing > 0 and digits.startswith("0")):
        if missing > 0:
            sentence = ngettext(
                "The number has {digits} digits. Add {count}.",
                "The number has {digits} digits. Add {count}.",
                missing,
            )
            raise Refusal(sentence.format(digits=len(digits), count=missing), "phone")
        raise Refusal(_("This is not a phone number. Check the digits."), "phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(e164: str, region: str = "RO") -> str:
    """Show a phone number as it is said at home: ``0722 000 418``; foreign ones with their country."""
    if region == "RO" and e164.startswith("+407") and len(e164) == 12:
        return f"0{e164[3:6]} {e164[6:9]} {e164[9:]}"
    import phonenumbers  # noqa: PLC0415 - as above

    try:
        number = phonenumbers.parse(e164, region)
    except phonenumbers.NumberParseException:
        return e164
    at_home = phonenumbers.region_code_for_number(number) == region
    style = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def dialled(e164: str) -> str:
    """Give a phone number as it is dialled at home: with a zero instead of a country code of ours."""
    code = next((code for code in REGIONS.values() if e164.startswith(code)), None)
    return e164 if code is None else f"0{e164.removeprefix(code)}"


def phone_digits(typed: str) -> str:
    """Give the digits by which a fragment of a phone is searched: country and leading zero dropped."""
    digits = "".join(c for c in typed if c.isdigit())
    if typed.strip().startswith("+40") or digits.startswith("0040"):
        digits = digits.split("40", 1)[1]
    return digits.lstrip("0")


def tidy_name(typed: str) -> str:
    """Clean a person's or company's name.

    Raises:
        Refusal: if nothing is left of it.
    """
    name = tidy(typed)
    if not name:
        raise Refusal(_("Write the customer's name."), "name")
    return name[:120]


def initials(name: str) -> str:
    """Give two initials for an avatar: ``Ștefan Ungureanu`` → ``ȘU``."""
    parts = [part for part in name.replace("-", " ").split() if part[0].isalpha()]
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()
