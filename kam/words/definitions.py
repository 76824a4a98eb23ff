"""What each figure on a page means: one definition, the same in the app and in the README."""

DEFINITIONS = {
    "revenue": "Sum of net amounts over the twelve months ending with the as-of month (T12M), returns netted.",
    "growth": "Revenue over the revenue of the twelve months before, less one; not told where there was none before.",
    "margin rate": "Net less cost, over net, on the lines that have a cost; the covered share is shown if under 100 %.",
    "discount rate": "One less net over list, on lines with a list amount and a positive quantity.",
    "Pareto class": "A: the largest accounts that together first reach 80 % of revenue; B: to 95 %; C: the rest.",
    "steadiness": "Months with revenue out of twelve, and the coefficient of variation of the twelve monthly sums.",
    "NRR and GRR": "Over the accounts with revenue a year ago: what they bring now, none less than nothing, over what"
    " they brought then (net); the same with each account capped at what it brought then (gross). For sales without"
    " contracts this is the definition of retention.",
    "concentration": "Share of the largest fifth of accounts; HHI is the sum of squared shares, and one over it the"
    " number of equal accounts that would be as concentrated. A parent at 10 % of revenue or more is a dependence"
    " (ASC 280).",
    "key account": "P(key) is the share of 10,000 draws in which an account is among the first places of the list. Each"
    " draw"
    " takes weights near the stated ones and a score from each interval (SMAA-2, Lahdelma & Salminen 2001). The"
    " list takes 20 % of the active accounts, at least 5, unless the policy says otherwise.",
    "score": "Four criteria from 0 to 100: revenue (70 % size among the accounts, 30 % active months), growth (the mean"
    " of what is known of growth, what is left of the wallet, and what is bought in base versions), strategic"
    " role and collaboration (ratings 1–5, newest of each rater; collaboration also by behaviour). Unknown is"
    " the whole interval from 0 to 100; age and disagreement widen it.",
    "class": "Key: P(key) of 80 % or more; borderline: between 20 % and 80 %; of the rest rising with a growth score of"
    " 70 or more, maintain with a revenue score of 50 or more, else transactional. Key for its role: key or"
    " borderline with a revenue score under 50 and a strategic role of 75 or more.",
    "portfolio matrix": "Attractiveness, the weighted score cut at 50, by the expected rung cut at 2 (McDonald &"
    " Woodburn):"
    " strategic and star are attractive, strategic and status see a supplier or more in us, streamline neither.",
    "worth of a rating": "The mean change of P(key) over the five ratings that could be given, each as likely as the"
    " others.",
    "rung": "How the customer sees us: commodity broker, supplier or strategic partner. Each signal (surveys, sales,"
    " people, work done together) multiplies the odds of the rungs by how likely it is on each (weights of"
    " evidence, Good 1950). Unknown if fewer than three groups of evidence speak, no rung reaches 60 %, or the"
    " account has fallen silent: it has bought nothing for three months or more, and for more than three times"
    " as long as it used to wait.",
    "certainty": "The probability of the rung given the evidence. Evidence fades with a half-life of twelve months, and"
    " the signals of one group together speak once.",
    "expected rung and gap": "The mean of 1, 2 and 3 weighted by the rungs' probabilities; the gap is the claimed rung"
    " less that.",
    "pull of a signal": "Weight times the logarithm of how much likelier the signal is for a partner than for a broker:"
    " +0.69 doubles the odds of partner against broker.",
    "move on the ladder": "An account that stood on one known rung on the earlier day and stands on another"
    " known one on the later. From or to the unknown is no move, only a shift of the expected rung: it may be"
    " noise.",
    "slip risk": "An account above the lowest rung whose evidence only ages (without any news for six months no rung"
    " would reach 60 %), or turns: signals that are a level lower than half a year ago now speak for the"
    " rung below, and together halved the odds of the rung against it.",
    "next step": "How much the probability of the rung above the likeliest one would rise if one signal showed its next"
    " higher level, all else as it is; times revenue it is the revenue lifted.",
    "worth of evidence": "For an account on no known rung, what one more signal would do, over all levels it"
    " might show, each as likely as the rungs' probabilities make it: the chance that the rung is known"
    " afterwards, and the expected fall of entropy (Lindley 1956). Chance times revenue is the revenue settled on"
    " average. Where fewer than two groups speak, signals of as many further groups as three need are taken"
    " together.",
    "rung and outcome": "Margin rate, discount rate and retention of these twelve months by the rung of a year"
    " before, judged without price behaviour so that prices do not prove themselves. The 90 % range comes from"
    " drawing the accounts of a rung again 1,000 times (bootstrap, Efron 1979); a difference whose range holds 0"
    " is none that these accounts can show.",
    "status of a milestone": "Done, done late (after the day first promised), due soon (within 30 days), overdue, or"
    " planned; by the day now expected, as of the book's last day.",
    "slip": "Days between the day first promised and the day it was done or is now expected.",
    "progress of an objective": "Way covered from baseline to target, beside the share of the time that has passed;"
    " measured from sales and surveys wherever they can tell.",
    "status of an objective": "Green while progress keeps up with at least 90 % of the time used, amber to 60 %, red"
    " below.",
}
