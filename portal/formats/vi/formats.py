"""Dates and numbers as Vietnamese offices write them: 05/03/2024, 17:30 05/03/2024, 1.234,5.

FORMAT_MODULE_PATH = "portal.formats" puts this file before Django's own `vi` formats.
`E` is the month as the catalogue in portal/locale writes it inside a sentence: tháng 01, tháng 02, tháng 3.
Source: Decree 30/2020/NĐ-CP, annex I, part II: a zero stands before days below 10 and months 1 and 2.
"""

DATE_FORMAT = "d/m/Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "H:i d/m/Y"
YEAR_MONTH_FORMAT = r"E \nă\m Y"
MONTH_DAY_FORMAT = r"\n\gà\y d E"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "H:i d/m/Y"
FIRST_DAY_OF_WEEK = 1

DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%H:%M:%S.%f"]
DATETIME_INPUT_FORMATS = [
    "%H:%M %d/%m/%Y",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y",
    "%H:%M %d-%m-%Y",
    "%d-%m-%Y %H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
