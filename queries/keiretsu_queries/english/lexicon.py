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
    september october november december chinese
"""
COMMON = frozenset(_COMMON.split())

# What people call a measure -> the metrics that it may mean, best first.
METRIC_WORDS: dict[str, tuple[str, ...]] = {
    "sales": ("revenue",), "turnover": ("revenue",), "revenues": ("revenue",), "top line": ("revenue",),
    "profit": ("net-income", "profit", "income-from-operations", "profit-share"), "net profit": ("net-income",),
    "profits": ("net-income", "profit"), "bottom line": ("net-income",), "earn": ("net-income", "revenue"),
    "operating profit": ("income-from-operations",), "operating income": ("income-from-operations",),
    "ebita": ("adjusted-ebita",), "ebitda": ("adjusted-ebitda",), "capex": ("capital-expenditure",),
    "capital spending": ("capital-expenditure",), "capital expenditures": ("capital-expenditure",),
    "marketing expenses": ("sales-and-marketing-expenses",), "marketing spending": ("sales-and-marketing-expenses",),
    "cash": ("liquid-assets", "net-cash"), "cash flow": ("operating-cash-flow", "free-cash-flow"),
    "operating cash flow": ("operating-cash-flow",), "equity": ("shareholders-equity",),
    "assets": ("total-assets", "net-assets"), "shares": ("shares-outstanding",), "dividend": ("dividends",),
    "worth": ("valuation",), "valued": ("valuation",), "value": ("valuation",), "staff": ("employees",),
    "workers": ("employees",), "headcount": ("employees",), "workforce": ("employees",),
    "people worked": ("employees",),
    "people work": ("employees",), "people are employed": ("employees",), "employ": ("employees",),
    "employee": ("employees",), "employed": ("employees",), "price tag": ("price",), "cost": ("price",),
    "prices": ("price",), "priced": ("price",), "order growth": ("daily-orders", "orders"),
    "users": ("monthly-active-users", "daily-active-users", "registered-users"),
    "active users": ("monthly-active-users", "daily-active-users"), "download": ("downloads",),
    "parameter count": ("parameters",), "parameter": ("parameters",), "params": ("parameters",),
    "active parameter": ("active-parameters",), "activated parameters": ("active-parameters",),
    "total parameters": ("parameters",), "model size": ("parameters",), "context window": ("context-length",),
    "context size": ("context-length",), "context": ("context-length",), "token context": ("context-length",),
    "training data": ("training-tokens",), "trained on": ("training-tokens",), "pretrained on": ("training-tokens",),
    "tokens of training": ("training-tokens",), "languages": ("supported-languages",), "layer": ("layers",),
    "expert": ("experts",), "score": ("benchmark-score", "inference-throughput"), "scores": ("benchmark-score",),
    "scored": ("benchmark-score",), "benchmark scores": ("benchmark-score",), "result on": ("benchmark-score",),
    "transistor": ("transistors",), "nanometres": ("process-node",), "nanometers": ("process-node",),
    "nm": ("process-node",), "process": ("process-node",), "die size": ("die-area",), "core": ("cores",),
    "clock speed": ("clock-frequency",), "clock rate": ("clock-frequency",), "frequency": ("clock-frequency",),
    "bandwidth": ("memory-bandwidth", "interconnect-bandwidth"), "power": ("power-draw",),
    "power consumption": ("power-draw",), "watts": ("power-draw",), "tdp": ("power-draw",),
    "throughput": ("inference-throughput",), "battery": ("battery-life",), "regions": ("cloud-regions",),
    "data centers": ("data-centres",), "datacenters": ("data-centres",), "share of the market": ("market-share",),
    "market shares": ("market-share",), "size of the market": ("market-size",), "derivatives": ("derivative-models",),
    "brands": ("integrated-brands",), "hotels": ("properties",), "stakes": ("stake",), "margins": ("operating-margin",),
    "operating margin": ("operating-margin",), "gmv": ("gross-merchandise-volume",), "r&d": ("research-spending",),
    "ranking": ("rank",), "ranked": ("rank",), "volume": ("trading-volume",), "go public raise": ("listing-proceeds",),
    "raise in its ipo": ("listing-proceeds",), "raised in its ipo": ("listing-proceeds",),
    "raise": ("listing-proceeds",),
    "ipo proceeds": ("listing-proceeds",), "proceeds": ("listing-proceeds", "disposal-proceeds"),
    "loss": ("disposal-loss", "loss-per-order"), "lose": ("disposal-loss",), "lost": ("disposal-loss",),
    "tokens was": ("training-tokens",), "tokens were": ("training-tokens",), "tokens is": ("training-tokens",),
    "pre-training": ("training-tokens",), "pretraining": ("training-tokens",), "training corpus": ("training-tokens",),
    "often downloaded": ("downloads",), "downloaded": ("downloads",), "installs": ("downloads",),
    "battery last": ("battery-life",), "battery of": ("battery-life",), "fast is the clock": ("clock-frequency",),
    "clocked": ("clock-frequency",), "clock": ("clock-frequency",), "ghz": ("clock-frequency",),
    "take to develop": ("development-time",), "took to develop": ("development-time",),
    "take to design": ("development-time",), "spend on marketing": ("sales-and-marketing-expenses",),
    "spent on marketing": ("sales-and-marketing-expenses",), "marketing costs": ("sales-and-marketing-expenses",),
    "spend on research": ("research-spending", "product-development-expenses"), "vram": ("memory",), "ram": ("memory",),
    "data centre": ("data-centres",), "data center": ("data-centres",), "orders per day": ("daily-orders",),
    "orders a day": ("daily-orders",), "daily users": ("daily-active-users",), "dau": ("daily-active-users",),
    "mau": ("monthly-active-users",), "monthly users": ("monthly-active-users",), "hotel": ("properties",),
    "spend on ai": ("planned-investment", "capital-expenditure"), "bigger": ("parameters",), "cheaper": ("price",),
    "cards": ("compute-capacity",), "petaflops": ("compute-capacity",), "earnings": ("net-income",),
    "parameters are active": ("active-parameters",), "parameters active": ("active-parameters",),
    "parameters does it activate": ("active-parameters",), "price": ("price", "offer-price"),
    "investment": ("planned-investment", "investment"), "training cost": ("relative-cost",),
    "training costs": ("relative-cost",), "cost relative": ("relative-cost",),
    "customer management": ("customer-management-revenue",),
    "growth streak": ("growth-streak",), "goodwill": ("goodwill-impairment",), "gdp": ("gross-domestic-product",),
    "cmr": ("customer-management-revenue",), "transistor count": ("transistors",),
    "made on": ("process-node",), "technology node": ("process-node",), "membership": ("members",),
    "iphone sales": ("shipments",), "sold in china": ("shipments",), "sales in china": ("revenue",),
    "stake": ("stake",), "developer": ("developers",), "area": ("die-area",), "fast is": ("clock-frequency",),
    "expensive": ("price",), "data was": ("training-tokens",), "tokens": ("training-tokens", "context-length"),
    "dialects": ("supported-languages",), "open models": ("open-models",),
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
    "startups": "company", "start-ups": "company", "startup": "company",
    "newspapers": "news_agency", "media": "news_agency", "regulators": "government_body", "regulator":
    "government_body", "teams": "organisation", "products": "product", "semiconductors": "chip", "places": "place",
    "exchanges": "organisation", "markets": "market", "events": "event", "services": "service",
    "leagues": "sports_league", "platforms": "platform", "glasses": "device", "benchmarks": "benchmark",
}  # fmt: skip

# What a thing may have, after "of X" or "X's" -> topics of `show`.
PARTS: dict[str, str] = {
    r"(?:newer|later|next|more recent) (?:versions?|models?|generations?|releases?)": "predecessor_of",
    r"ceos?|chief executives?(?: officers?)?|boss(?:es)?|head|in charge|at the helm|top executive":
        "has_chief_executive",
    r"chair(?:man|woman|person)?(?: of the board)?": "has_chair",
    r"executives?|officers?|managers?|leaders?|management|leadership|offices":
        "has_chief_executive,has_chair,has_officer",
    r"directors?|board(?: members?)?|board of directors": "has_director,has_chair",
    r"founders?|co-?founders?": "founded_by,founding,founders",
    r"owners?|shareholders?|majority owner": "has_shareholder,subsidiary_of,unit_of,stake,bought_by",
    r"parent(?: company| group)?|mother company|owned by": "subsidiary_of,unit_of,part_of,has_shareholder,reported_in",
    r"customers?|clients?": "has_customer,adoption as provider,supply as provider,customers",
    r"suppliers?|vendors?|providers?": "supplied_by,adoption as customer,supply as customer,integration as integrator",
    r"users?|adopters?": "used_by,integrated_in,adoption as product,integration as product",
    r"investors?|backers?": "has_investor,has_shareholder,investment as investee",
    r"partners?": "partner_of,deals",
    r"competitors?|rivals?|competition": "competitor_of",
    r"makers?|developers?|creators?|manufacturers?|producers?": "developed_by,manufactured_by,offered_by,launch",
    r"units?|subsidiaries|subsidiary|divisions?|segments?|business groups?|arms?":
        "has_unit,has_subsidiary,has_part,reports_on",
    r"members?|versions?|variants?|sizes?|editions?": "has_variant,has_part,model-sizes",
    r"successors?": "predecessor_of",
    r"predecessors?": "successor_of",
    r"licen[cs]e[ds]?|licensing": "licensed_under,licensing",
    r"sponsors?": "sponsored_by,sponsorship",
    r"headquarters|headquartered|seat|based|offices?|located|location": "located_in,incorporated_in",
    r"incorporated|registered|domicile[d]?": "incorporated_in",
    r"tickers?|symbols?|stock exchanges?|listed|traded|listings?": "listed_on,listing",
    r"(?:former|old|earlier|previous|original) names?|renamed|formerly|called before|previously called": "renaming",
    r"specifications?|specs|technical data|data ?sheet": "figures,technology",
    r"joint ventures?": "joint_venture",
    r"acquisitions?|takeovers?|purchases?|buyouts?": "acquisition",
    r"divestments?|disposals?|divestitures?": "acquisition as seller",
    r"investments?": "investment,investor_in,planned-investment,stake",
    r"stakes?|holdings?|shareholdings?|shares? (?:in|of)": "stake,owns_stake_in,has_shareholder",
    r"spin-?offs?|ipo|flotation|demerger": "spin_off,listing,listing-proceeds",
    r"reorgani[sz]ations?|restructurings?": "reorganisation",
    r"deals?|partnerships?|alliances?|agreements?|cooperations?|collaborations?|contracts?": "deals,business",
    r"figures|numbers|financials|results": "figures",
    r"technolog(?:y|ies)": "technology",
    r"features?|capabilit(?:y|ies)|modalit(?:y|ies)": "technology,supported-languages",
    r"inputs?": "processes",
    r"restrictions?|restricted|export controls?|sanctions?": "restricted_by,restricts,exposed_to",
    r"risks?|threats?|dangers?|exposed|exposure": "exposed_to,weighs_on,mitigated_by",
    r"benchmarks?|scores?": "benchmark-score,evaluated_on",
    r"forecasts?|outlook|guidance": "figures",
}  # fmt: skip

# Offices that only the words of a claim tell apart -> these words.
OFFICES: dict[str, str] = {
    r"cfo|finance chief|head of finance|chief financial officer": "chief financial officer",
    r"cto|technology chief|chief technology officer": "chief technology officer",
    r"coo|chief operating officer": "chief operating officer",
    r"cco|chief commercial officer": "chief commercial officer",
    r"president": "president",
}

# Verbs -> topics, where the thing that is named is what it is done to ("who made X", "X was made by") ...
DONE_TO: dict[str, str] = {
    r"ma[dk]es?|making|develop(?:s|ed|ing)?|buil[dt]s?|create[sd]?|design(?:s|ed)?|produce[sd]?|manufacture[sd]?|"
    r"behind|invent(?:s|ed)?|trained":
        "developed_by,manufactured_by,offered_by,co_development,launch",
    r"offer(?:s|ed)?|sells?|provide[sd]?|release[sd]?|launch(?:es|ed)?|publish(?:es|ed)?|announce[sd]?|put out":
        "offered_by,developed_by,launch,announcement",
    r"sold|selling|gave up|disposed of|divested": "acquisition as target,offered_by",
    r"owns?|owned|control(?:s|led)?|hold(?:s|ing)?(?: an?)?(?: (?:stakes?|shares?) (?:in|of))?|held":
        "has_shareholder,subsidiary_of,unit_of,stake,bought_by,developed_by",
    r"(?:co-?)?found(?:s|ed)?|start(?:s|ed)?|set up|establish(?:es|ed)?":
        "founded_by,founding,founders,joint_venture as subject",
    r"r[au]n(?:s|ning)?|lead(?:s|ing)?|led|head(?:s|ed|ing)?|manag(?:e[sd]?|ing)|in charge of|at the helm of":
        "has_chief_executive,has_chair",
    r"chairs?|chaired": "has_chair",
    r"works? (?:for|at)|worked (?:for|at)|employed (?:by|at)": "people",
    r"us(?:e|es|ed|ing)|adopt(?:s|ed)?|employs?|deploy(?:s|ed)?|took up|taken up|integrate[sd]?|chose|picked|rel(?:y|"
    r"ies|ied) (?:up)?on|builds? (?:up)?on|built (?:up)?on|based on|runs? on":
        "used_by,integrated_in,basis_of,technology_used_by,adoption as product,integration as product,adoption as "
        "provider",
    r"buys?|bought|acquire[sd]?|took over|taken over|purchase[sd]?": "acquisition as target,has_shareholder",
    r"invest(?:s|ed|ing)? in(?:to)?|put money into|back(?:s|ed)?|funds?|funded|finance[sd]?":
        "has_investor,investment as investee,has_shareholder,stake",
    r"compet(?:es?|ed|ing) (?:with|against)|rivals?": "competitor_of",
    r"suppl(?:y|ies|ied)|deliver(?:s|ed)? to": "supplied_by,supply as customer,adoption as customer",
    r"restrict(?:s|ed)?|bans?|banned|limit(?:s|ed)?": "restricted_by",
    r"host(?:s|ed)?": "available_on,distribution as product,distribution as provider,located_in,adoption",
    r"sponsor(?:s|ed)?": "sponsored_by,sponsorship",
    r"succeed(?:s|ed)?|replace[sd]?|followed|took over from|take over from": "predecessor_of",
    r"supports?|supported": "supported_by",
    r"licen[cs]e[sd]?": "licensed_under,licensing",
    r"beats?|surpass(?:es|ed)?|outperform(?:s|ed)?|ahead of": "surpassed_by,comparable_to",
}  # fmt: skip
# ... and where it is the thing itself that does it ("what did X make").
DOES: dict[str, str] = {
    r"run on|ran on|runs on|rest on|build on|built on|based on|stand on": "built_on,integrates,uses",
    r"make|making|made|develop|buil[dt](?! (?:up)?on)|create|design|produce|manufacture":
        "develops,manufactures,co_development,launch,offers",
    r"offer|provide|release|launch|publish|put out": "offers,develops,launch",
    r"sell|sold|divest|dispose(?:d)? of|give up|gave up": "acquisition as seller,spin_off as parent,offers",
    r"consist of|compris(?:e|ing)|made up of|contain":
        "has_unit,has_subsidiary,has_part,has_variant,reports_on,integrates",
    r"affect|hit|hurt|weigh on|touch|concern": "weighs_on,restricts,exposed_to,restricted_by",
    r"own|control|hold|held": "owns_stake_in,has_subsidiary,has_unit,stake,people,acquisition",
    r"found|start|set up": "founded,founding,joint_venture as partner",
    r"run|ran|lead|led|head|manage|chair": "people",
    r"use|using|adopt|employ|deploy|integrate|include|rely (?:up)?on|relie(?:s|d) (?:up)?on":
        "uses,integrates,built_on,uses_technology,adoption as customer,integration as integrator,supply as customer",
    r"buy|bought|acquire|take over|took over|taken over|purchase|pay|paid": "acquisition as acquirer",
    r"invest|back|fund|put money": "investment as investor,investor_in,owns_stake_in,planned-investment,stake",
    r"compete": "competitor_of",
    r"supply|supplie|deliver": "supplier_of,supply as provider,adoption as provider",
    r"support|handle|cover|understand|speak": "supports,supported-languages,processes",
    r"restrict|ban": "restricts",
    r"sponsor": "sponsor_of",
    r"replace|succeed": "successor_of",
    r"beat|surpasse?|outperform|comparable|as good as|better than|faster than|match":
        "surpasses,comparable_to,relative-speed,relative-cost",
    r"plan|intend|announce|promise|pledge|target|aim|want|going":
        "planned-investment,planned_launch,announcement,spin_off,operates_in,investment,gross-merchandise-volume",
    r"cancel|cancelled|call off|called off|scrap|scrapped|shelve|float|spin off|spun off": "spin_off,listing",
    r"process|take as input|accept|see|hear": "processes,supports,uses",
    r"operate|active|present": "operates_in,located_in",
    r"expos": "exposed_to",
    r"face|threaten": "exposed_to,restricted_by",
    r"partner|work|worked|cooperate|collaborate|deal|do business|team(?:ed)? up": "deals,business",
    r"rename|call": "renaming",
    r"move|moved|reorgani[sz]e": "reorganisation,unit_of",
    r"sign": "deals",
    r"lose|lost": "disposal-loss",
    r"score|perform|fare|do(?= (?:on|at|in)\b)": "benchmark-score,rank",
}  # fmt: skip
EVENTS = (
    "launch,planned_launch,announcement,showcase,founding,reorganisation,renaming,listing,appointment,milestone,"
    "change,deals,events"
)
ABOVE = "unit_of,subsidiary_of,part_of,variant_of,reported_in,has_shareholder,reorganisation"
PLACES = "located_in,incorporated_in,operates_in,available_on,listed_on,people"
# Words that name a measure only where so many are asked for: "how many users", but "the users of".
COUNTED = frozenset(
    [
        "customers",
        "customer",
        "users",
        "members",
        "founders",
        "developers",
        "developer",
        "buyers",
        "shares",
        "share",
        "process",
        "places",
        "stake",
        "stakes",
        "employ",
        "employed",
        "employee",
        "lose",
        "lost",
        "raise",
        "tokens",
        "cards",
        "clock",
        "area",
        "bigger",
        "cheaper",
        "expensive",
        "downloaded",
    ]
) | {"people work", "people worked", "people are employed"}
COUNTING = (
    r"\b(?:how (?:many|much|big|large|high|fast|often|long|small|great|far)|number of|amount|total|count of|size of|"
    r"percent(?:age)?|(?:what|which|whose) (?:share|stake|percentage|number|loss)|than|most|fewest|largest|biggest|"
    r"highest|"
    r"lowest|smallest|cheapest)\b"
)
# What a sentence may begin with or say that changes nothing.
POLITE = (
    r"(?:(?:hi|hello|hey|dear|ok|okay|well|so|and|but|now|also|please|thanks|thank you|excuse me|sorry)\b[,!. ]*)+",
    r"(?:can|could|would|will) (?:you|someone|anybody|anyone) (?:please |kindly |maybe |perhaps )*"
    r"(?:tell|show|give|explain to|let|remind|inform)(?: me| us)?(?: know)?(?: again)?,? ?(?:about(?= [a-z]+ (?:is|"
    r"are|was)))?",
    r"(?:please )?(?:tell|show|give|remind) (?:me|us)(?: again)?,? ?",
    r"(?:do|does|would) (?:you|anyone|anybody|we) (?:happen to )?know,? ?(?:if|whether)? ?",
    r"i(?: would|'d| am|'m)? (?:like|want|need|wish|wonder|love|curious|trying|interested)(?:ing)?(?: to (?:know|"
    r"learn|find "
    r"out|see|understand|ask|check))?,? ?(?:if|whether|about)? ?",
    r"(?:any idea|quick question|question|just wondering|wondering|i wonder|we wonder)(?: about)?[,:]? ?(?:if|"
    r"whether)? ?",
    r"(?:what i want to know is|my question is|the question is|let me know|find out|look up|check)[,:]? ?(?:if|"
    r"whether)? ?",
    r"(?:is it (?:true|correct|right|so|the case|known)|am i right|are we sure|is it a fact) that ",
    r"(?:as far as (?:you|we|is) know[n]?|to your knowledge|according to (?:the|this|your) (?:graph|data|sources?)|"
    r"in (?:the|this|your) (?:graph|data|sources?))[, ]+",
)
