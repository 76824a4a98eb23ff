"""What each figure of accounts, their sales and their people means, with places for the numbers of the rules."""

from kam.base.texts import _

OF_ACCOUNTS = {
    "revenue": _("Sum of net amounts over the twelve months ending with the as-of month (T12M), returns netted."),
    "growth": _(
        "Revenue over the revenue of the twelve months before, less one; not told where there was none before."
    ),
    "margin rate": _(
        "Net less cost, over net, on the lines that have a cost; the covered share is shown if under 100 %."
    ),
    "discount rate": _(
        "One less net over list, on lines with a list amount and a positive quantity (a positive amount, where the "
        "quantity is unknown)."
    ),
    "Pareto class": _(
        "A: the largest accounts that together first reach {pareto_a} of revenue; B: to {pareto_b}; C: the rest."
    ),
    "steadiness": _("Months with revenue out of twelve, and the coefficient of variation of the twelve monthly sums."),
    "NRR and GRR": _(
        "Over the accounts with revenue a year ago: what they bring now, none less than nothing, over what they "
        "brought then (net); the same with each account capped at what it brought then (gross). For sales without "
        "contracts this is the definition of retention."
    ),
    "bridge": _(
        "What made revenue or margin change against the year before; the parts add up to the cent. Of what an account "
        "bought of a product in both years: list price, discount (undivided where a list price is missing), unit cost "
        "(of margin only), volume at last year's mean price within the account's category, and mix, dearer or cheaper "
        "products there. What began or ended counts whole: new and lost accounts, added and dropped products; the rest "
        "is returns and other. Where product or quantity is unknown, what continuing accounts bought more and less is "
        "not divided further. Items without a cost in one of the years stay out of the margin bridge."
    ),
    "discount erosion": _(
        "Account by category with a discount rate above that of the year before and no more units bought; the cost is "
        "what these units would have brought more at last year's discounts, over the products bought in both years."
    ),
    "cohort": _(
        "Accounts by the calendar quarter of their first purchase (net above 0), and how many bought in each quarter "
        "since. Those of the quarter in which the data begin may have bought for years before."
    ),
    "concentration": _(
        "Share of the largest {top} of accounts; HHI is the sum of squared shares, and one over it the number of equal "
        "accounts that would be as concentrated. A parent at {dependence} of revenue or more is a dependence (ASC "
        "280)."
    ),
    "key account": _(
        "P(key) is the share of {weightings} draws in which an account is among the first places of the list. Each "
        "draw takes weights near the stated ones and a score from each interval (SMAA-2, Lahdelma & Salminen 2001). "
        "The list takes {places}."
    ),
    "score": _(
        "Four criteria from 0 to 100: revenue ({size} size among the accounts, {regular} active months), growth (the "
        "mean of what is known of growth and of white space, both by place among the accounts, of what is left of the "
        "wallet, and of what is bought in base versions), strategic role and collaboration (ratings 1–5, newest of "
        "each rater; collaboration also by behaviour). Unknown is the whole interval from 0 to 100; age (half of the "
        "way in {rating_half_life} months) and disagreement widen it."
    ),
    "class": _(
        "Key: P(key) of {key_from} or more; borderline: between {borderline_from} and {key_from}; of the rest rising "
        "with a growth score of {rising} or more, maintain with a revenue score of {maintained} or more, else "
        "transactional. Key for its role: key or borderline with a revenue score under {small} and a strategic role of "
        "{strong_role} or more."
    ),
    "portfolio matrix": _(
        "Attractiveness, the weighted score cut at {halfway}, by the expected rung cut at {strong} (McDonald & "
        "Woodburn): strategic and star are attractive, strategic and status see a supplier or more in us, streamline "
        "neither."
    ),
    "worth of a rating": _(
        "The mean change of P(key) over the five ratings that could be given, each as likely as the others."
    ),
    "white space": _(
        "Categories that an active account bought nothing of in twelve months, told apart as open opportunity (in the "
        "register, not yet won, lost or ruled out), held by a rival (its newest note), not eligible (ruled out in the "
        "register) and gap; where several fit, the first counts. A gap is expected to bring a year: the share of its "
        "peers that buy the category × the median share of revenue that buyers spend on it × the account's revenue. "
        "Peers are the {peers} accounts of its industry nearest in size; their share is drawn towards that of all "
        "accounts as if by {prior} more (Beta prior). In the range lie {range} of what that share and the spend of the "
        "buyers leave open."
    ),
    "lift": _(
        "How many times as often buyers of one category buy another as all accounts do, drawn towards once as if by "
        "{prior} more accounts (association rules, Agrawal, Imieliński & Swami 1993). Told of the category an account "
        "buys that says most, if at least {together} accounts buy both."
    ),
    "hit rate of the ranking": _(
        "Gaps ranked as of a year ago, against the categories taken up since: share of accounts that took up one of "
        "their first {first}, of those with more than {first} gaps, beside a ranking by how many accounts buy each "
        "category. The standard error is that of matched pairs (Agresti & Min 2005)."
    ),
    "up-sell": _(
        "Spend of twelve months on products that have a better version; the gain is that spend times how much more a "
        "unit of the better version brings on average in the book."
    ),
    "solution gap": _(
        "Products bought without the service that completes them. Expected a year: share of their other buyers that "
        "take the service × the median of its spend over theirs × the account's spend on the products."
    ),
    "rung": _(
        "How the customer sees us: commodity broker, supplier or strategic partner. Each signal (surveys, sales, "
        "people, work done together) multiplies the odds of the rungs by how likely it is on each (weights of "
        "evidence, Good 1950). Unknown if fewer than {groups} groups of evidence speak, no rung reaches {known_from}, "
        "or the account has fallen silent: it has bought nothing for {silence} months or more, and for more than "
        "{rhythm} times as long as it used to wait."
    ),
    "certainty": _(
        "The probability of the rung given the evidence. Evidence fades with a half-life of {evidence_half_life} "
        "months, and the signals of one group together speak once."
    ),
    "expected rung and gap": _(
        "The mean of 1, 2 and 3 weighted by the rungs' probabilities; the gap is the claimed rung less that."
    ),
    "pull of a signal": _(
        "Weight times the logarithm of how much likelier the signal is for a partner than for a broker: +0.69 doubles "
        "the odds of partner against broker."
    ),
    "move on the ladder": _(
        "An account that stood on one known rung on the earlier day and stands on another known one on the later. From "
        "or to the unknown is no move, only a shift of the expected rung: it may be noise."
    ),
    "slip risk": _(
        "An account above the lowest rung whose evidence only ages (without any news for {slip_months} months no rung "
        "would reach {known_from}), or turns: signals that are a level lower than {slip_months} months ago now speak "
        "for the rung below, and together halved the odds of the rung against it."
    ),
    "next step": _(
        "How much the probability of the rung above the likeliest one would rise if one signal showed its next higher "
        "level, all else as it is; times revenue it is the revenue lifted."
    ),
    "worth of evidence": _(
        "For an account on no known rung, what one more signal would do, over all levels it might show, each as likely "
        "as the rungs' probabilities make it: the chance that the rung is known afterwards, and the expected fall of "
        "entropy (Lindley 1956). Chance times revenue is the revenue settled on average. Where fewer than two groups "
        "speak, signals of as many further groups as {groups} need are taken together."
    ),
    "rung and outcome": _(
        "Margin rate, discount rate and retention of these twelve months by the rung of a year before, judged without "
        "price behaviour so that prices do not prove themselves. The {range} range comes from drawing the accounts of "
        "a rung again {resamples} times (bootstrap, Efron 1979); a difference whose range holds 0 is none that these "
        "accounts can show."
    ),
    "lifetime value": _(
        "What an account will bring in the next twelve months, each month discounted by {discount}: purchases expected "
        "(BG/NBD, Fader, Hardie & Lee 2005) times what a purchase is worth (gamma-gamma, Fader & Hardie 2013), in "
        "margin, or in revenue where the book has no costs. A purchase is a day on which the account brought more than "
        "it sent back. The models are fitted to all accounts of the book, whoever is in view."
    ),
    "P(alive)": _(
        "The chance that an account has not left, given how often it bought, when last and since when; 1 for one that "
        "bought once, since the model lets accounts leave after a repeat purchase only."
    ),
    "range of a lifetime value": _(
        "What the account may bring: in {in_range} of 100 futures it brings between the two ends. Drawn are the "
        "parameters, whether it has left, how often it buys and what that is worth; for “same as last year”, how "
        "accounts of its size fared in the back-test; for the simple value, the retention. It holds the expected value "
        "always. Accounts vary by themselves: a market that turns is not in it."
    ),
    "back-test of lifetime value": _(
        "The models are fitted without the last twelve months (a third of a shorter history) and foretell them, beside "
        "“same as last year”: what each account brought in as many months before. Accounts are valued by whichever "
        "missed what an account brought by less on average. The model is refused under {accounts_needed} accounts or "
        "{repeaters_needed} that came back, where the data do not fix its parameters, where over {unprofitable} of the "
        "accounts that came back earned nothing, and where it cannot be tested."
    ),
    "simple value": _(
        "Margin of twelve months times r/(1 + d − r), for all years ahead: r is the share of last year's accounts of "
        "the same industry that stayed (of all accounts if that industry had fewer than {of_industry}), d the discount "
        "of a year. Its range is that of r (Beta posterior)."
    ),
    "coverage": _(
        "Of the posts that should know us (management; heads of purchasing, technical, operations, finance and "
        "marketing; by weight) the share with somebody of that function, and at least that level, whom we met within "
        "{active_days} days. Over all accounts it is weighted by revenue."
    ),
    "net support": _(
        "Sum of influence (1–5) times attitude (−2…+2) over twice the sum of influence, of the people whose attitude "
        "is known: from −100 % to +100 %."
    ),
    "anti-supporter exposure": _(
        "Revenue times the influence held by people with a negative attitude, over the influence of all people there."
    ),
    "key-person risk": _(
        "The largest share of the active ties (pairs of ours and theirs who met within {active_days} days, weighted by "
        "the influence of theirs) that one person holds, on their side and on ours. An account hangs on one person if "
        "one of theirs holds more than {hangs_on_one}. That somebody with an influence of {influential} or more left "
        "within a year is an alert."
    ),
    "value contact share": _("Touches made to give value, over all touches with a purpose, in twelve months."),
    "NPS": _(
        "100 × (share of answers 9–10 less share of answers 0–6) over the answers of twelve months, each counted once. "
        "Its standard error is 100·√[(p + d − (p − d)²)/n]; a change is called one beyond {sure_errors} errors of the "
        "difference, with {fewest_answers} answers or more in both years."
    ),
    "time to resolve": _(
        "Median days from opening to closing of the problems and disputes closed within twelve months, and the share "
        "closed within their own target. Open ones are not in it: they stand beside it."
    ),
    "referrals": _(
        "Recommendations a customer made so far, those that became customers, and what these have bought: by the sales "
        "where they show the new customer and nothing before the referral, else as stated."
    ),
    "value delivered": _(
        "What the customer gained from us beyond the goods in twelve months, in money, as far as somebody wrote it "
        "down; confirmed means the customer agrees."
    ),
}
