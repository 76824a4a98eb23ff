"""Every table and column of a book, declared once: type, unit, required, range, key, reference, meaning, synonyms.

The checks of intake, the data dictionary, the tables of an opened book and the sample writer all read this file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kam.base.texts import _

Kind = Literal["id", "text", "date", "money", "number", "factor", "whole", "share", "flag", "choice"]

DUCKDB_TYPES: dict[Kind, str] = {
    "id": "varchar",
    "text": "varchar",
    "date": "date",
    "money": "decimal(18,4)",
    "number": "decimal(18,4)",
    "factor": "double",
    "whole": "bigint",
    "share": "double",
    "flag": "boolean",
    "choice": "varchar",
}

LEVELS = ("account", "parent")
WAYS_UP = (
    "discover hidden needs",
    "offer custom solutions",
    "create value continuously",
    "build trust and openness",
    "deepen the relationship",
)
FUNCTIONS = ("purchasing", "finance", "technical", "operations", "marketing", "management")
CONTACT_LEVELS = ("executive", "head", "specialist")
DEPARTMENTS = ("sales", "marketing", "production", "service", "logistics", "finance", "research")
OPEN = ("overdue", "due soon", "planned")
"""The statuses of a milestone that is still to be done."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, and what intake refuses."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    key: bool = False
    references: str | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    choices: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Say what it means in the reader's language."""
        object.__setattr__(self, "meaning", _(self.meaning))

    @property
    def duckdb_type(self) -> str:
        """The type the column has in an opened book."""
        return DUCKDB_TYPES[self.kind]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, and what a book gains by having it."""

    name: str
    row: str
    adds: str
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        """Say what it is in the reader's language."""
        object.__setattr__(self, "row", _(self.row))
        object.__setattr__(self, "adds", _(self.adds))

    @property
    def key(self) -> str | None:
        """The column that names a row; sales lines have none."""
        return next((column.name for column in self.columns if column.key), None)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns without which a file of this table cannot be taken in."""
        return tuple(column.name for column in self.columns if column.required)

    def __getitem__(self, name: str) -> Column:
        """Return the column of that name."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def __iter__(self) -> Iterator[Column]:
        """Go through the columns in their order."""
        return iter(self.columns)


def _key(name: str, meaning: str, *synonyms: str) -> Column:
    return Column(name, "id", meaning, required=True, key=True, synonyms=synonyms)


def _account(*, required: bool = True) -> Column:
    return Column(
        "account_id", "id", "the customer", required=required, references="accounts.account_id", synonyms=_ACCOUNT_NAMES
    )


_ACCOUNT_NAMES = (
    "account", "customer", "customer id", "customerid", "customer no", "customer number", "customer key",
    "client", "client id", "reseller", "reseller key", "kunde", "kundennummer", "kunden nr", "client no",
    "numéro client", "cliente", "شناسه مشتری", "کد مشتری", "مشتری",
)  # fmt: skip
_AMOUNT_NOTE = "in the book's currency, without tax"

SALES = Table(
    "sales",
    "one line of an order or invoice; returns and credits are negative lines",
    "everything: revenue, growth, concentration, retention, price behaviour and loyalty",
    (
        Column("order_id", "id", "the order or invoice the line belongs to",
               synonyms=("order", "order no", "order number", "invoice", "invoice no", "invoice number", "invoiceno",
                         "sales order number", "document", "rechnung", "rechnungsnummer", "facture", "factura",
                         "شماره فاکتور", "فاکتور", "شماره سفارش")),
        Column("order_date", "date", "the day of the order or invoice", required=True,
               synonyms=("date", "invoice date", "invoicedate", "posting date", "sales date", "day", "datum",
                         "rechnungsdatum", "date facture", "fecha", "تاریخ", "تاریخ فاکتور", "تاریخ سفارش")),
        Column("account_id", "id", "the customer who bought", required=True, references="accounts.account_id",
               synonyms=_ACCOUNT_NAMES),
        Column("product_id", "id", "what was bought; without it nothing can be told by product or category",
               references="products.product_id",
               synonyms=("product", "product code", "productcode", "product key", "stock code", "stockcode", "sku",
                         "item", "item no", "item number", "article", "article no", "artikel", "artikelnummer",
                         "référence", "producto", "کالا", "کد کالا", "شناسه کالا", "محصول")),
        Column("quantity", "number", "units of the line, negative for a return; without it price and volume cannot be"
               " told apart", unit="units", low=-1e9, high=1e9,
               synonyms=("qty", "units", "order quantity", "quantity ordered", "menge", "anzahl", "quantité",
                         "cantidad", "تعداد", "مقدار")),
        Column("net_amount", "money", f"line total after discounts, {_AMOUNT_NOTE}", required=True, unit="currency",
               low=-9e13, high=9e13,
               synonyms=("net", "amount", "net sales", "sales amount", "line total", "revenue", "total", "value",
                         "umsatz", "netto", "nettobetrag", "betrag", "montant", "montant ht", "importe",
                         "actual", "actuals", "ist", "réel", "réalisé", "consuntivo", "gerçekleşen",
                         "مبلغ", "مبلغ خالص", "فروش")),
        Column("list_amount", "money", f"line total at list price, before discounts, {_AMOUNT_NOTE}", unit="currency",
               low=-9e13, high=9e13,
               synonyms=("list", "gross", "gross amount", "list total", "extended amount", "brutto",
                         "bruttobetrag", "listenpreis", "montant brut", "مبلغ ناخالص")),
        Column("cost_amount", "money", f"line total of what the goods cost us, {_AMOUNT_NOTE}", unit="currency",
               low=-9e13, high=9e13,
               synonyms=("cost", "cogs", "total cost", "total product cost", "cost of goods", "kosten", "coût",
                         "costo", "بهای تمام شده", "هزینه")),
        Column("unit_price", "factor", "net price of one unit; read where there is no net_amount, which then is"
               " quantity × unit_price", unit="currency per unit",
               synonyms=("price", "price each", "unit cost price", "einzelpreis", "preis", "prix", "prix unitaire",
                         "precio", "قیمت", "قیمت واحد", "فی", "مبلغ واحد")),
        Column("currency", "text", "the currency of the line; several need a table of rates",
               synonyms=("currency code", "currency key", "währung", "devise", "moneda", "ارز")),
        Column("amount_with_tax", "factor", "line total with tax; read beside tax_amount where no amount without tax is"
               " given", unit="currency", synonyms=("amount incl tax", "total incl vat", "montant ttc",
                                          "importe con iva")),
        Column("tax_amount", "factor", "tax of the line", unit="currency",
               synonyms=("tax", "vat", "vat amount", "mwst", "tva", "iva", "جمع مالیات و عوارض")),
        Column("tax_rate", "factor", "rate of tax of the line: a share or a percentage",
               synonyms=("vat rate", "tax rate")),
        Column("order_amount", "factor", "amount of the whole order, which may stand on each of its lines; held against"
               " the sum of the lines", unit="currency", synonyms=("order total", "invoice total", "subtotal")),
        Column("discount", "factor", "what was taken off the list price: a share, a percentage or money",
               synonyms=("disc", "disc %", "line discount %", "discount %", "rabatt", "remise", "descuento", "تخفیف",
                         "مبلغ تخفیف")),
        Column("charge", "factor", "what a marketplace, an agent or a bank keeps of the line; whether sales are counted"
               " before or after it is asked", unit="currency",
               synonyms=("fee", "fees", "commission", "marketplace fee", "provision")),
        Column("list_price", "factor", "price of one unit before discounts", unit="currency per unit",
               synonyms=("unit list price", "msrp", "catalogue price")),
        Column("unit_cost", "factor", "what one unit costs us", unit="currency per unit",
               synonyms=("cost price", "buy price", "buyprice", "einkaufspreis")),
        Column("profit", "factor", "net less cost of the line", unit="currency",
               synonyms=("margin amount", "gross profit", "gewinn", "bénéfice", "beneficio", "سود")),
        Column("status", "text", "where the order stands: cancelled and void lines, drafts and quotes are left out",
               synonyms=("order status", "invoice status", "financial status", "canceled", "cancelled", "وضعیت")),
        Column("document_type", "text", "invoice, credit note, return: credits count negative",
               synonyms=("transaction type", "voucher type", "doc type", "belegart", "نوع سند")),
        Column("account_name", "text", "the customer's name", synonyms=("customer name", "نام مشتری")),
        Column("parent", "text", "the group the customer belongs to", synonyms=("parent account", "customer group")),
        Column("industry", "text", "the customer's branch of business",
               synonyms=("segment", "customer segment", "branche", "صنعت")),
        Column("region", "text", "the customer's sales region", synonyms=("territory", "area", "gebiet", "منطقه")),
        Column("manager", "text", "who answers for the customer",
               synonyms=("sales rep", "salesperson", "account manager", "مدیر حساب")),
        Column("product_name", "text", "what the product is called",
               synonyms=("item name", "description", "article name", "شرح کالا")),
        Column("category", "text", "the family the product belongs to",
               synonyms=("product category", "product group", "item group", "warengruppe", "گروه کالا")),
        Column("product_kind", "text", "a product, a service, or a solution made of both"),
    ),
)  # fmt: skip

ACCOUNTS = Table(
    "accounts",
    "one customer",
    "names instead of ids, parents over subsidiaries, filters by region, industry and manager, claimed rungs",
    (
        _key("account_id", "the customer", *_ACCOUNT_NAMES),
        Column("name", "text", "the customer's name",
               synonyms=("account name", "customer name", "company", "reseller name", "firma", "kundenname", "nom",
                         "nombre", "نام", "نام مشتری")),
        Column("parent_id", "id", "the customer it belongs to, if it is a subsidiary",
               references="accounts.account_id",
               synonyms=("parent", "parent account", "group", "konzern", "groupe", "شرکت مادر")),
        Column("industry", "text", "the branch of business it is in",
               synonyms=("sector", "branch", "business type", "branche", "secteur", "صنعت")),
        Column("region", "text", "the sales region",
               synonyms=("territory", "area", "country", "gebiet", "land", "région", "منطقه", "کشور")),
        Column("manager_id", "id", "its key account manager", references="managers.manager_id",
               synonyms=("manager", "account manager", "sales rep", "salesperson", "kam", "owner",
                         "betreuer", "مدیر حساب")),
        Column("customer_since", "date", "when the relationship began",
               synonyms=("since", "customer from", "kunde seit", "تاریخ شروع")),
        Column("yearly_wallet", "money", "what the customer spends a year, with everybody, on what we could sell it",
               unit="currency per year", low=0, synonyms=("wallet", "annual spend", "potential", "potenzial")),
        Column("claimed_rung", "whole", "the rung its manager says it is on: 1 commodity broker, 2 supplier,"
               " 3 strategic partner", low=1, high=3, synonyms=("rung", "claimed level", "پله")),
        Column("claimed_on", "date", "when the rung was claimed"),
    ),
)  # fmt: skip

PRODUCTS = Table(
    "products",
    "one thing we sell",
    "names, categories (breadth, white space, mix) and the better version to up-sell to",
    (
        _key("product_id", "the product", *SALES["product_id"].synonyms),
        Column("name", "text", "the product's name",
               synonyms=("product name", "description", "bezeichnung", "désignation", "نام کالا", "شرح")),
        Column("category", "text", "the family it belongs to",
               synonyms=("product category", "product line", "productline", "group", "kategorie", "warengruppe",
                         "catégorie", "گروه کالا", "دسته")),
        Column("kind", "choice", "a product, a service, or a solution made of both",
               choices=("product", "service", "solution"), synonyms=("type", "art")),
        Column("better_version_id", "id", "the version above this one, to up-sell to",
               references="products.product_id", synonyms=("better version", "upgrade", "successor")),
        Column("companion_id", "id", "the service that completes this product", references="products.product_id",
               synonyms=("companion", "service product")),
    ),
)  # fmt: skip


def _skill(name: str, meaning: str) -> Column:
    return Column(name, "whole", meaning, low=1, high=5, unit="rating 1–5")


MANAGERS = Table(
    "managers",
    "one key account manager",
    "who answers for which account, workload, skills",
    (
        _key("manager_id", "the manager", "employee key", "employee id", "employee number", "sales rep"),
        Column("name", "text", "the manager's name", synonyms=("full name", "manager name", "نام مدیر")),
        Column("region", "text", "where the manager works", synonyms=("territory", "gebiet")),
        Column("started_on", "date", "when the manager took up the work", synonyms=("hire date", "start date")),
        _skill("communication", "says things clearly and listens"),
        _skill("negotiation", "negotiates and persuades"),
        _skill("strategic_thinking", "sees the customer's business and where it goes"),
        _skill("problem_solving", "solves problems and finds new ways"),
        _skill("coordination", "leads projects and teams across departments"),
        _skill("resilience", "patient, and stands up again"),
        _skill("product_knowledge", "knows our products and the customer's industry"),
    ),
)

CONTACTS = Table(
    "contacts",
    "one person inside a customer",
    "who decides, who is against us, how many levels and functions know us",
    (
        _key("contact_id", "the person", "contact"),
        _account(),
        Column("name", "text", "the person's name", required=True, synonyms=("contact name", "full name", "نام")),
        Column("title", "text", "the position", synonyms=("job title", "position", "سمت")),
        Column("function", "choice", "the department", choices=FUNCTIONS, synonyms=("department", "abteilung")),
        Column("level", "choice", "how high", choices=CONTACT_LEVELS, synonyms=("seniority", "hierarchy")),
        Column("influence", "whole", "weight in decisions about us: 1 little … 5 decides", low=1, high=5),
        Column("attitude", "whole", "towards us: −2 works against us … +2 champions us", low=-2, high=2),
        Column("reports_to", "id", "the person above", references="contacts.contact_id"),
        Column("left_on", "date", "when the person left the customer or the post"),
    ),
)

TOUCHES = Table(
    "touches",
    "one contact between one of ours and one of theirs",
    "coverage, rhythm, key-person risk, value given against selling",
    (
        _key("touch_id", "the touch"),
        _account(),
        Column("touch_date", "date", "when", required=True, synonyms=("date", "activity date", "تاریخ")),
        Column("contact_id", "id", "with whom", references="contacts.contact_id"),
        Column("manager_id", "id", "who of ours", references="managers.manager_id"),
        Column("channel", "choice", "how", choices=("meeting", "visit", "call", "mail", "event")),
        Column("purpose", "choice", "why: value is given with nothing asked in return",
               choices=("value", "selling", "service", "relationship")),
        Column("note", "text", "what was said"),
    ),
)  # fmt: skip

SURVEYS = Table(
    "surveys",
    "one person's answers to one survey",
    "the customer's voice: how it sees us, satisfaction, recommendation",
    (
        _key("survey_id", "the answer sheet"),
        _account(),
        Column("survey_date", "date", "when", required=True, synonyms=("date", "response date", "تاریخ")),
        Column("contact_id", "id", "who answered", references="contacts.contact_id"),
        Column("perception", "whole", "“how do you see us?” 1 one of many sellers, 2 a good supplier, 3 a partner in"
               " our goals", low=1, high=3),
        Column("nps", "whole", "“would you recommend us?” 0 never … 10 surely", low=0, high=10),
        Column("csat", "whole", "satisfaction: 1 poor … 5 excellent", low=1, high=5),
        Column("comment", "text", "in the customer's words"),
    ),
)  # fmt: skip

CASES = Table(
    "cases",
    "one problem, dispute or question a customer brought",
    "open problems, how fast they are solved, promises kept",
    (
        _key("case_id", "the case"),
        _account(),
        Column("opened_on", "date", "when it came", required=True),
        Column("closed_on", "date", "when it was solved; empty while open"),
        Column("kind", "choice", "what it is", choices=("problem", "dispute", "question")),
        Column("severity", "whole", "1 a wish … 5 the customer cannot work", low=1, high=5),
        Column("title", "text", "in a few words"),
        Column("department", "choice", "who of ours solves it", choices=DEPARTMENTS),
        Column("owner", "text", "the person who answers for it"),
        Column("target_days", "whole", "days within which it should be solved", low=0, high=3650, unit="days"),
    ),
)

RATINGS = Table(
    "ratings",
    "one rater's judgement of one account on one criterion",
    "strategic role and collaboration: who is key beyond what sales can tell",
    (
        _key("rating_id", "the rating"),
        _account(),
        Column("criterion", "choice", "what is judged", required=True,
               choices=("strategic role", "collaboration")),
        Column("score", "whole", "1–5 against the written anchors", required=True, low=1, high=5),
        Column("rated_on", "date", "when", required=True),
        Column("rater", "text", "by whom", required=True),
        Column("evidence", "text", "what was seen"),
    ),
)  # fmt: skip

RATING_ANCHORS: dict[str, dict[int, str]] = {
    "strategic role": {
        1: "Nobody in its market asks what it buys; leaving it out of a list of our customers would go unnoticed.",
        3: "Known in its region or segment; some others have asked it about us, and it lets us name it.",
        5: "Leads its market or shapes its standards; others buy what it has chosen, and it speaks for us in public.",
    },
    "collaboration": {
        1: "Asks for prices and nothing else; each order is put out to tender, and our people meet purchasing alone.",
        3: "Tells us its needs a few months ahead, tries a proposal now and then, opens doors beyond purchasing.",
        5: "Plans with us for years ahead, shows us figures and goals, puts its own people into joint projects.",
    },
}
"""What a rating of 1, 3 and 5 is, in the customer's behaviour, by criterion; 2 and 4 lie between."""

OPPORTUNITIES = Table(
    "opportunities",
    "one chance to sell more to an account, or a category ruled out for it",
    "the pipeline by account, and which white space is already being worked",
    (
        _key("opportunity_id", "the opportunity"),
        _account(),
        Column("title", "text", "in a few words", required=True),
        Column("category", "text", "the product category"),
        Column("product_id", "id", "the product", references="products.product_id"),
        Column("source", "choice", "where it was found", choices=("interview", "data", "swot", "market trend")),
        Column("need", "text", "the hidden need or pain point behind it"),
        Column("stage", "choice", "how far it is",
               choices=("found", "qualified", "proposed", "negotiation", "won", "lost", "not eligible")),
        Column("worth", "money", "yearly worth", unit="currency per year", low=0),
        Column("probability", "share", "chance of winning it", low=0, high=1),
        Column("opened_on", "date", "when it was found"),
        Column("expected_on", "date", "when the decision is expected"),
        Column("closed_on", "date", "when it was won or lost"),
        Column("rivals", "whole", "competing bidders", low=0, high=99),
        Column("next_step", "text", "what happens next"),
        Column("owner", "text", "who does it"),
    ),
)  # fmt: skip

COMPETITORS = Table(
    "competitors",
    "one rival at one account",
    "who attacks us where, and what sets us apart",
    (
        _key("competitor_id", "the row"),
        _account(),
        Column("rival", "text", "the rival's name", required=True),
        Column("category", "text", "the product category"),
        Column("state", "choice", "what it does there", choices=("holds", "attacks", "left")),
        Column("strengths", "text", "where it is better"),
        Column("weaknesses", "text", "where it is worse"),
        Column("our_difference", "text", "what sets us apart here"),
        Column("noted_on", "date", "when it was noted"),
    ),
)

RISKS = Table(
    "risks",
    "one thing that may go wrong at one account",
    "expected loss, what is done about it, and by whom",
    (
        _key("risk_id", "the risk"),
        _account(),
        Column("title", "text", "in a few words", required=True),
        Column("kind", "choice", "what kind",
               choices=("management change", "technical", "economic", "rival", "relationship", "supply", "legal")),
        Column("probability", "share", "chance within twelve months", required=True, low=0, high=1),
        Column("impact", "share", "share of the account's margin lost if it happens", required=True, low=0, high=1),
        Column("raised_on", "date", "when it was seen"),
        Column("mitigation", "text", "what is done"),
        Column("owner", "text", "who does it"),
        Column("due_on", "date", "until when"),
        Column("status", "choice", "where it stands", choices=("open", "mitigated", "closed", "happened")),
    ),
)  # fmt: skip

SWOT = Table(
    "swot",
    "one statement about the customer's own business",
    "where we could help the customer with its own goals",
    (
        _key("swot_id", "the statement"),
        _account(),
        Column("quadrant", "choice", "of the customer's own business", required=True,
               choices=("strength", "weakness", "opportunity", "threat")),
        Column("statement", "text", "what is so", required=True),
        Column("how_we_help", "text", "what we could do about it"),
        Column("noted_on", "date", "when it was noted"),
    ),
)  # fmt: skip

REFERRALS = Table(
    "referrals",
    "one time a customer recommended us",
    "whether key accounts recommend us, and what it brought",
    (
        _key("referral_id", "the referral"),
        _account(),
        Column("referred_on", "date", "when", required=True),
        Column("referred_name", "text", "to whom"),
        Column("won", "flag", "whether that became a customer"),
        Column("new_account_id", "id", "the customer it became", references="accounts.account_id"),
        Column("revenue", "money", "what it has brought so far", unit="currency", low=0),
    ),
)

VALUE_DELIVERED = Table(
    "value_delivered",
    "one thing the customer gained from us beyond the goods",
    "win-win: what the customer gets beside what we get",
    (
        _key("value_id", "the entry"),
        _account(),
        Column("delivered_on", "date", "when", required=True),
        Column("kind", "choice", "what it was",
               choices=("advice", "training", "saving", "access", "introduction", "innovation")),
        Column("description", "text", "in a few words"),
        Column("amount", "money", "worth to the customer", unit="currency", low=0),
        Column("confirmed", "flag", "whether the customer agrees"),
    ),
)  # fmt: skip

PLANS = Table(
    "plans",
    "one key account plan",
    "plans with objectives, milestones and their progress",
    (
        _key("plan_id", "the plan"),
        _account(),
        Column("name", "text", "the plan's name", required=True),
        Column("manager_id", "id", "who leads it", references="managers.manager_id"),
        Column("starts_on", "date", "first day", required=True),
        Column("ends_on", "date", "last day", required=True),
        Column("status", "choice", "where it stands", choices=("draft", "active", "closed")),
        Column("customer_goal", "text", "the customer's own goal it serves"),
        Column("reviewed_on", "date", "when it was last reviewed"),
    ),
)

OBJECTIVES = Table(
    "objectives",
    "one objective of a plan",
    "progress towards what a plan wants, measured from sales where sales can tell",
    (
        _key("objective_id", "the objective"),
        Column("plan_id", "id", "its plan", required=True, references="plans.plan_id"),
        Column("title", "text", "in one sentence", required=True),
        Column("metric", "choice", "what is measured; a reading is typed where no data can tell",
               choices=("revenue", "margin", "margin rate", "discount rate", "quantity", "categories",
                        "share of wallet", "nps", "rung", "coverage", "reading")),
        Column("category", "text", "only this product category"),
        Column("product_id", "id", "only this product", references="products.product_id"),
        Column("window_months", "whole", "months the metric is taken over", low=1, high=60, unit="months"),
        Column("unit", "text", "the unit of baseline and target"),
        Column("baseline", "number", "the value at the start"),
        Column("target", "number", "the value wanted"),
        Column("starts_on", "date", "when work begins"),
        Column("due_on", "date", "when the target should be met"),
        Column("owner", "text", "the one person who answers for it"),
        Column("serves", "choice", "what it is tied to",
               choices=("criterion", "rung signal", "opportunity", "customer goal")),
        Column("serves_note", "text", "which one"),
    ),
)  # fmt: skip

STRATEGIES = Table(
    "strategies",
    "one way to reach an objective, with its resources",
    "how objectives are to be reached, with team, budget, time and partners",
    (
        _key("strategy_id", "the strategy"),
        Column("plan_id", "id", "its plan", required=True, references="plans.plan_id"),
        Column("objective_id", "id", "the objective it serves", references="objectives.objective_id"),
        Column("title", "text", "in one sentence", required=True),
        Column("way_up", "choice", "which way up the ladder", choices=WAYS_UP),
        Column("department", "choice", "who of ours leads", choices=DEPARTMENTS),
        Column("team", "text", "who takes part"),
        Column("budget", "money", "money set aside", unit="currency", low=0),
        Column("days", "number", "working days set aside", unit="days", low=0),
        Column("partners", "text", "outside partners"),
    ),
)

MILESTONES = Table(
    "milestones",
    "one dated step of a plan",
    "what is done, due and overdue, with slip against the baseline",
    (
        _key("milestone_id", "the milestone"),
        Column("plan_id", "id", "its plan", required=True, references="plans.plan_id"),
        Column("objective_id", "id", "the objective it serves", references="objectives.objective_id"),
        Column("title", "text", "in a few words", required=True),
        Column("baseline_on", "date", "the day first promised", required=True),
        Column("forecast_on", "date", "the day now expected; empty = the baseline"),
        Column("done_on", "date", "the day it was done; empty while open"),
        Column("department", "choice", "who of ours", choices=DEPARTMENTS),
        Column("owner", "text", "the one person who answers for it"),
        Column("way_up", "choice", "which way up the ladder", choices=WAYS_UP),
        Column("depends_on", "id", "the milestone that must be done first", references="milestones.milestone_id"),
    ),
)

READINGS = Table(
    "readings",
    "one reading of an objective that no data can measure",
    "progress of objectives that sales and surveys cannot tell",
    (
        _key("reading_id", "the reading"),
        Column("objective_id", "id", "the objective", required=True, references="objectives.objective_id"),
        Column("read_on", "date", "when", required=True),
        Column("value", "number", "in the objective's unit", required=True),
        Column("note", "text", "how it was read"),
    ),
)

RATES = Table(
    "rates",
    "what one unit of a currency is worth in the book's currency from a day on",
    "sales in several currencies: each line is converted at the last rate on or before its day",
    (
        _key("rate_id", "the rate"),
        Column("currency", "text", "the currency's code", required=True, synonyms=("currency code", "from", "ارز")),
        Column("day", "date", "from when the rate holds", required=True, synonyms=("date", "valid from", "تاریخ")),
        Column("rate", "factor", "units of the book's currency for one unit of this", required=True,
               synonyms=("exchange rate", "kurs", "taux", "نرخ")),
    ),
)  # fmt: skip

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        SALES, ACCOUNTS, PRODUCTS, MANAGERS, CONTACTS, TOUCHES, SURVEYS, CASES, RATINGS, OPPORTUNITIES, COMPETITORS,
        RISKS, SWOT, REFERRALS, VALUE_DELIVERED, PLANS, OBJECTIVES, STRATEGIES, MILESTONES, READINGS, RATES,
    )
}  # fmt: skip

PEOPLE = ("contacts", "touches", "surveys", "referrals")
"""The tables that tell of single people at the customers."""


SCENARIOS = Table(
    "scenarios",
    "one what-if that was kept",
    "scenarios to compare and to come back to, with who kept them and when",
    (
        _key("scenario_id", "the scenario"),
        Column("name", "text", "what it is called", required=True),
        Column("note", "text", "what it is for"),
        Column("levers", "text", "the scenario, as its link writes it", required=True),
    ),
)
"""Written in the app alone: no file of a book holds it."""


def create_table_sql(table: Table, *, name: str | None = None) -> str:
    """Write the SQL of an empty table with the schema's columns and types.

    >>> create_table_sql(READINGS)[:60]
    'create table "readings" ("reading_id" varchar, "objective_id'
    """
    columns = ", ".join(f'"{column.name}" {column.duckdb_type}' for column in table)
    return f'create table "{name or table.name}" ({columns})'
