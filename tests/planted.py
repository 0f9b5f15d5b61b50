"""What people in the tests are called and what they write. None of it may be seen in a log: `log_watch` looks for it.

Give these to the people of your test, and the whole suite proves that the product keeps them to itself.
"""

TOKEN = "7000000001:AAplantedTokenOfTheTestsNeverInLogs"
NAME = "Планидин Варфоломей"
OTHER_NAME = "Засекречина Евлампия"
PHONE = "+79005550143"
MESSAGE = "сокровенное слово техника"

PLANTED = (NAME, OTHER_NAME, "Планидин", "Засекречина", PHONE, PHONE.removeprefix("+7"), MESSAGE)
