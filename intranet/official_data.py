"""What the directory of staff may hold: data of the office, never a person's own numbers or mailbox."""

import re

from django.core.exceptions import ValidationError

BETWEEN_NUMBERS = re.compile(r"[^\d\s.\-()+]+|\s[-–]\s")
IDENTITY_DIGITS = (9, 12)
MOBILE = re.compile(r"(?:0|84)[35789]\d{8}")
BIRTH_DATE = re.compile(r"(?<!\d)\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*(?:19|20)\d\d(?!\d)")
PRIVATE_MAILBOXES = re.compile(
    r"(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|proton|protonmail|zoho|mail)\.(?:com|me)(?:\.vn)?"
)


def private_number_in(text: str) -> str:
    """What kind of private data a text holds, e.g. "số căn cước" for "062 204 001 234"; "" for none.

    Example: `private_number_in("0260 3862 000 (máy lẻ 12)")` is "".
    """
    if BIRTH_DATE.search(text):
        return "ngày sinh"
    numbers = [re.sub(r"\D", "", part) for part in BETWEEN_NUMBERS.split(text)]
    if any(MOBILE.fullmatch(number) for number in numbers):
        return "số di động"
    has_identity = any(len(number) in IDENTITY_DIGITS for number in numbers)
    return "số căn cước hoặc chứng minh nhân dân" if has_identity else ""


def is_private_mailbox(address: str) -> bool:
    """Whether a mail address belongs to a public mailbox provider, e.g. "lan@gmail.com"."""
    return bool(PRIVATE_MAILBOXES.fullmatch(address.rpartition("@")[2].lower()))


def refuse_private_number(text: str) -> None:
    """A validator. Errors: ValidationError when the text looks like a number of the person, not of the office."""
    if kind := private_number_in(text):
        raise ValidationError(f"Nội dung giống {kind}. Danh bạ chỉ ghi dữ liệu công vụ, không ghi dữ liệu cá nhân.")


def refuse_private_email(address: str) -> None:
    """A validator. Errors: ValidationError when the mailbox is not one of the office."""
    if is_private_mailbox(address):
        raise ValidationError("Hãy ghi hộp thư công vụ, không ghi hộp thư cá nhân.")
