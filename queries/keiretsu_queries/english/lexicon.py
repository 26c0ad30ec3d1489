"""Words of questions: what people call measures, kinds of things, offices and ties, and the topics that they mean."""

from __future__ import annotations

# Words that open sentences or join them: never a name by themselves, though an alias may be spelt so.
_COMMON = """
    a about after against all also an and any are as at away be become been before began between both but by came can
    changed come could date day deal did difference do does done each either end ever every far find first for found
    from get give given had has have he her his how i if in into is it its last latest let like list long made make
    many may me month more most much name new next no not now of off on once one only or other our out over own part
    people quarter say says see she should show since so some still such take tell than that the their them then there
    these they thing things this those through time to together told too two under until up us use used uses using was
    we well were what when where whether which while who whom whose why will with would year yes yet you your ai ceo cto
    cfo ipo usd rmb please who's what's q1 q2 q3 q4 compare which's january february march april june july august
    september october november december
"""
COMMON = frozenset(_COMMON.split())

# What people call a measure -> the metrics that it may mean, best first.
METRIC_WORDS: dict[str, tuple[str, ...]] = {
    "sales": ("revenue",), "turnover": ("revenue",), "revenues": ("revenue",), "top line": ("revenue",),
    "profit": ("net-income", "profit", "income-from-operations"), "net profit": ("net-income",),
    "profits": ("net-income", "profit"), "bottom line": ("net-income",), "earn": ("net-income", "revenue"),
    "operating profit": ("income-from-operations",), "operating income": ("income-from-operations",),
    "ebita": ("adjusted-ebita",), "ebitda": ("adjusted-ebitda",), "capex": ("capital-expenditure",),
    "capital spending": ("capital-expenditure",), "capital expenditures": ("capital-expenditure",),
    "marketing expenses": ("sales-and-marketing-expenses",), "marketing spending": ("sales-and-marketing-expenses",),
    "cash": ("liquid-assets", "net-cash"), "cash flow": ("operating-cash-flow", "free-cash-flow"),
    "operating cash flow": ("operating-cash-flow",), "equity": ("shareholders-equity",),
    "assets": ("total-assets", "net-assets"), "shares": ("shares-outstanding",), "dividend": ("dividends",),
    "worth": ("valuation",), "valued": ("valuation",), "value": ("valuation",), "staff": ("employees",),
    "workers": ("employees",), "headcount": ("employees",), "price tag": ("price",), "cost": ("price",),
    "prices": ("price",), "priced": ("price",), "order growth": ("daily-orders", "orders"),
    "users": ("monthly-active-users", "daily-active-users", "registered-users"),
    "active users": ("monthly-active-users", "daily-active-users"), "download": ("downloads",),
    "parameter count": ("parameters",), "parameter": ("parameters",), "params": ("parameters",),
    "active parameter": ("active-parameters",), "activated parameters": ("active-parameters",),
    "total parameters": ("parameters",), "model size": ("parameters",), "context window": ("context-length",),
    "context size": ("context-length",), "context": ("context-length",), "token context": ("context-length",),
    "training data": ("training-tokens",), "trained on": ("training-tokens",), "pretrained on": ("training-tokens",),
    "tokens of training": ("training-tokens",), "languages": ("supported-languages",), "layer": ("layers",),
    "expert": ("experts",), "score": ("benchmark-score",), "scores": ("benchmark-score",),
    "scored": ("benchmark-score",), "benchmark scores": ("benchmark-score",), "result on": ("benchmark-score",),
    "transistor": ("transistors",), "nanometres": ("process-node",), "nanometers": ("process-node",),
    "nm": ("process-node",), "process": ("process-node",), "die size": ("die-area",), "core": ("cores",),
    "clock speed": ("clock-frequency",), "clock rate": ("clock-frequency",), "frequency": ("clock-frequency",),
    "bandwidth": ("memory-bandwidth", "interconnect-bandwidth"), "power": ("power-draw",),
    "power consumption": ("power-draw",), "watts": ("power-draw",), "tdp": ("power-draw",),
    "throughput": ("inference-throughput",), "battery": ("battery-life",), "regions": ("cloud-regions",),
    "data centers": ("data-centres",), "datacenters": ("data-centres",), "share of the market": ("market-share",),
    "market shares": ("market-share",), "size of the market": ("market-size",), "derivatives": ("derivative-models",),
    "brands": ("integrated-brands",), "hotels": ("hotels",), "stakes": ("stake",), "margins": ("operating-margin",),
    "operating margin": ("operating-margin",), "gmv": ("gross-merchandise-volume",), "r&d": ("research-spending",),
    "ranking": ("rank",), "ranked": ("rank",), "volume": ("trading-volume",),
}  # fmt: skip

# What people call a kind of thing, beside its label.
KIND_WORDS: dict[str, str] = {
    "companies": "company", "firms": "company", "firm": "company", "corporations": "company", "businesses": "company",
    "model": "ai_model", "models": "ai_model", "ai models": "ai_model", "language models": "ai_model",
    "llms": "ai_model", "model families": "model_family", "families": "model_family", "people": "person",
    "persons": "person", "executives": "person", "units": "business_unit", "unit": "business_unit",
    "divisions": "business_unit", "subsidiaries": "business_unit", "segments": "business_unit",
    "organizations": "organisation", "organization": "organisation", "apps": "application", "technologies":
    "technology", "processors": "chip", "accelerators": "chip", "gpus": "chip", "cities": "place", "countries": "place",
    "policies": "policy", "licenses": "licence", "license": "licence", "news agencies": "news_agency",
    "leagues": "sports_league", "platforms": "platform", "glasses": "device", "benchmarks": "benchmark",
}  # fmt: skip

# What a thing may have, after "of X" or "X's" -> topics of `show`.
PARTS: dict[str, str] = {
    r"ceo|chief executive(?: officer)?|boss|head": "has_chief_executive,has_officer",
    r"chair(?:man|woman|person)?": "has_chair",
    r"cfo|cto|coo|chief [a-z]+ officer|president|executives?|officers?|managers?|leaders?|management":
        "has_officer,has_chief_executive,has_chair",
    r"directors?|board(?: members?)?": "has_director,has_chair",
    r"founders?|co-?founders?": "founded_by,founding,founders",
    r"owners?|shareholders?": "has_shareholder,subsidiary_of,unit_of,stake",
    r"parent(?: company)?": "unit_of,subsidiary_of,part_of,reported_in,has_shareholder",
    r"customers?|clients?": "has_customer,adoption,supply,used_by,integrated_in",
    r"suppliers?|vendors?": "supplied_by,adoption,supply,integration",
    r"investors?|backers?": "has_investor,has_shareholder,investment,stake",
    r"competitors?|rivals?|competition": "competitor_of",
    r"makers?|developers? of|creators?|manufacturers?": "developed_by,offered_by,manufactured_by,launch",
    r"units?|subsidiaries|subsidiary|divisions?|segments?|business groups?":
        "has_unit,has_subsidiary,has_part,reports_on,reorganisation",
    r"members?|versions?|variants?|sizes?|editions?": "has_variant,has_part,model-sizes",
    r"successors?": "predecessor_of",
    r"predecessors?": "successor_of",
    r"licen[cs]e[ds]?": "licensed_under,licensing",
    r"sponsors?": "sponsored_by,sponsorship",
    r"headquarters|headquartered|seat|offices?": "located_in,incorporated_in",
    r"ticker|symbol|stock exchanges?|listed|traded": "listed_on,listing",
    r"(?:former|old|earlier|previous) names?|renamed|formerly": "renaming",
    r"specifications?|specs|technical data": "figures,technology",
    r"deals?|partnerships?|alliances?|joint ventures?|agreements?|cooperation": "deals,business",
    r"acquisitions?|takeovers?|purchases?|divestments?|disposals?": "acquisition",
    r"investments?|stakes?|holdings?": "investment,investor_in,planned-investment,stake,owns_stake_in",
    r"spin-?offs?|ipo|flotation": "spin_off,listing",
    r"figures|numbers|financials": "figures",
    r"technolog(?:y|ies)": "technology",
    r"features?|capabilit(?:y|ies)|modalit(?:y|ies)": "technology,supported-languages",
    r"restrictions?|restricted|export controls?": "restricts,restricted_by,exposed_to",
}  # fmt: skip

# Verbs -> topics, where the thing that is named is what it is done to ("who made X", "X was made by") ...
DONE_TO: dict[str, str] = {
    r"ma[dk]es?|develop(?:s|ed)?|buil[dt]s?|create[sd]?|design(?:s|ed)?|produce[sd]?|manufacture[sd]?|behind":
        "developed_by,manufactured_by,offered_by,co_development,launch",
    r"offer(?:s|ed)?|sells?|sold|provide[sd]?|release[sd]?|launch(?:es|ed)?|publish(?:es|ed)?|announce[sd]?":
        "offered_by,developed_by,launch,announcement,acquisition",
    r"owns?|owned|control(?:s|led)?|holds?(?: an?)?(?: stake in| shares (?:of|in))?|held":
        "has_shareholder,subsidiary_of,unit_of,stake,developed_by",
    r"found(?:s|ed)?|start(?:s|ed)?|set up|establish(?:es|ed)?": "founded_by,founding,founders",
    r"r[au]ns?|leads?|led|heads?|headed|manage[sd]?": "has_chief_executive,has_chair,has_officer,developed_by",
    r"chairs?|chaired": "has_chair",
    r"works? (?:for|at)|worked (?:for|at)": "people",
    r"us(?:e|es|ed|ing)|adopt(?:s|ed)?|employs?|deploy(?:s|ed)?|took up|taken up|integrate[sd]?|chose|picked":
        "used_by,integrated_in,basis_of,technology_used_by,adoption,integration,cooperation,has_customer",
    r"buys?|bought|acquire[sd]?|took over|taken over": "acquisition,has_shareholder",
    r"invest(?:s|ed)? in|put money into|back(?:s|ed)?|funds?|funded": "investment,has_investor,has_shareholder,stake",
    r"competes? with|competed with|rivals?": "competitor_of",
    r"suppl(?:y|ies|ied)": "supplied_by,supply",
    r"restrict(?:s|ed)?|bans?|banned|limit(?:s|ed)?": "restricted_by",
    r"host(?:s|ed)?": "available_on,located_in,adoption",
    r"sponsor(?:s|ed)?": "sponsored_by,sponsorship",
    r"succeed(?:s|ed)?|replace[sd]?": "predecessor_of",
    r"supports?|supported": "supported_by",
}  # fmt: skip
# ... and where it is the thing itself that does it ("what did X make").
DOES: dict[str, str] = {
    r"make|develop|build|create|design|produce|manufacture": "develops,manufactures,co_development,launch",
    r"offer|sell|provide|release|launch|publish": "offers,develops,launch,acquisition",
    r"own|control|hold": "owns_stake_in,has_subsidiary,has_unit,stake,people",
    r"found|start|set up": "founded,founding",
    r"run|lead|head|manage|chair": "people",
    r"use|adopt|employ|deploy|integrate|contain|include":
        "uses,integrates,built_on,uses_technology,adoption,integration",
    r"buy|acquire|take over": "acquisition",
    r"divest|dispose|give up": "acquisition,spin_off",
    r"invest|back|fund|put money": "investment,investor_in,owns_stake_in,planned-investment,stake",
    r"compete": "competitor_of",
    r"supply": "supplier_of,supply",
    r"support|handle|cover|understand": "supports,supported-languages,processes",
    r"restrict|ban": "restricts",
    r"sponsor": "sponsor_of",
    r"replace|succeed": "successor_of",
    r"plan|intend|announce|promise|pledge|target|aim":
        "planned-investment,planned_launch,announcement,spin_off,operates_in,investment,gross-merchandise-volume",
    r"process|take as input|accept": "processes,supports",
    r"operate": "operates_in,located_in",
    r"run on|rest on|build on": "built_on,integrates,uses",
    r"partner|work|cooperate|collaborate|deal|do business": "deals,business",
}  # fmt: skip
EVENTS = (
    "launch,planned_launch,announcement,showcase,founding,reorganisation,renaming,listing,appointment,milestone,"
    "change,deals,events"
)
ABOVE = "unit_of,subsidiary_of,part_of,variant_of,reported_in,has_shareholder,reorganisation"
PLACES = "located_in,incorporated_in,operates_in,available_on,listed_on,people"
