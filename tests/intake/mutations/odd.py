"""Values that real files hold where nobody expects them: numbers, days, texts, headers."""

NUMBERS = (
    "1e400", "-1e308", "9" * 40, "0.00000000000000001", "99999999999999.9999", "-0", "NaN", "inf", "-Infinity", "1e5",
    "1.234,56", "1,234.56", "1.234", "1,234", "(50.00)", "50.00-", "12,-", "10€50", "1'234.50", "12,34,567.89", "٬٫",
    "۱۲۳٫۴", "$ 5", "5 %", "1/2", "0x1F", "1_000", "+7", "--5", "10.5k", "1,2,3,4", ".", ",", "1.", ".5", "2 Nos",
    "１２３", "²", "Ⅷ", "1\u00a0234,5", "1 234.5", "TRUE", "#DIV/0!", "#REF!", "Rs. 1,00,000.00 Cr", "ریال 5000",
)  # fmt: skip
DATES = (
    "0000-00-00", "9999-12-31", "2025-02-30", "31/12/2025", "12/31/2025", "01/02/03", "2025", "45678", "45678.5",
    "1735689600", "1735689600000", "20250131", "-1", "1", "2025-W05", "2025-W53-7", "Q1 2025", "2025-01", "Jan-25",
    "1404/01/31", "1403-12-30", "۱۴۰۳/۱۲/۳۰", "31.2.2025", "2568-01-31", "2025-01-31T23:59:60Z", "2025-01-31 24:00:00",
    "2025-01-31 10:00:00+14:00", "29 févr. 2024", "1er janvier 2025", "31 marras 2024", "令和7年1月31日",
    "2025年1月31日",
    "Sun, 05 Jan 2025 10:00:00 GMT", "12-31", "infinity", "-infinity", "2025-1-1", "1.1.25", "yesterday", "1899-12-31",
    "290309-12-22", "0044-03-15 (BC)", "Fri", "00:00", "32/13/2025", "2025-01-31\u200f",
)  # fmt: skip
TEXTS = (
    "", " ", "\t", "\u00a0", "\u200b", "\ufeff", "\x00", "a\x00b", "\x1b[31m", "🧀", "👩‍👩‍👧‍👦", "\u202eevil\u2066",
    "\u200fشرکت\u200c", "'", '"', '""', "\\", "\\N", "NULL", "null", "None", "N/A", "-", "--", "---", ";", "|", ",",
    "a\nb", "a\r\nb", "\r", "'; drop table sales; --", '") from sales; --', "$1", "$a", "?", "%s", "{}", "{0}", "%",
    "=cmd()|'/C calc'!A0", "=1+1", "@SUM(A1)", "+1", "<b>x</b>", "x" * 5000, "Total", "TOTAL", "Grand Total", "Summe",
    "جمع کل", "Total for Nord AG", "Nord AG (3)", "e\u0301", "é", "ﬁ", "İ", "ı", "ß", "\ud7ff", "\uffff", "0", "00",
    "1E+12", "cancelled", "void", "باطل", "Copyright (c) 2026", "sep=;", "// comment", "[tables.sales]", "🇩🇪" * 30,
)  # fmt: skip
HEADERS = (
    "", " ", "Amount", "Total", "Tax", "Discount", "Status", "Currency", "Date", "Customer", "Net", "Gross", "Price",
    "Cost", "Profit", "Quantity", "Order", "No.", "Name", "net_amount", "account_id", "order_date", "row", "file",
    "‹row›", "‹file›", "‹short›", "‹hash›", "‹heading›", "rule", "select", "*", '"', 'a"b', "'", "a'b", "x" * 300,
    "a\nb", "🧀", "Amount (in 000)", "Amount ($000)", "مبلغ (میلیون ریال)", "مبلغ (تومان)", "Discount %", "1", "2025",
    "2025-01-31", "total amount incl. VAT", "Invoice lines/Product", "cancelled at", "currency code", "\u200b",
    "Amount ", "AMOUNT", "%s", "$x", "{a}", "a.b", "a;b", "count(*)", "NULL", "Balance", "YTD", "Document type",
    "month", "sales", "rows", "day", "place", "net", "v", "q", "state", "n", "left_place", "heading", "word", "key",
)  # fmt: skip
STATES = (
    "paid", "cancelled", "Cancelled", "void", "draft", "quote", "refunded", "failed", "pending", "", "storniert",
    "باطل", "پیش‌فاکتور", "x", "1", "0", "Return", "Credit note", "برگشت", "'", "shipped", "🧀",
)  # fmt: skip
CODES = ("EUR", "USD", "eur", "$", "€", "¥", "", "Rs.", "ریال", "TL", "XXX", "EURO", "US$", "1", "'", "﷼", "kr", "🧀")
