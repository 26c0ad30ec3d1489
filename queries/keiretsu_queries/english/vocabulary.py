"""Words that a question may be made of: those of its rules and of the ontology, and plain English around them.

What is none of these, and stands in no name, is looked for in what claims say; a question about what nobody speaks of
is not answered with something else.
"""

from __future__ import annotations

import re
from functools import cache

from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.relations import GROUPS, RELATIONS
from keiretsu_ontology.roles import DEAL_KINDS, OCCURRENCE_KINDS, ROLES
from keiretsu_queries.english import lexicon

_PLAIN = """
    able above according account achieve across act active actual actually ago ahead allow almost alone along already
    although always among amount announced another answer anybody anyone anything apart appear approximately april area
    arrive aside ask assume available average aware away back background based basic basically because begin beginning
    behind being believe belong below beside besides best better beyond big bigger biggest bit both bought brief briefly
    bring brought business busy calendar call called case cause certain certainly chance change charge cheap check china
    chinese choose chose claim claimed clear clearly close combined common commonly companies company compare compared
    complete completely concern concerning confirm connection consider considered contain continue core correct cost
    count countries country couple course cover current currently daily data date dates days decide decided december
    definitely depend describe description detail details determine developed different directly disagree discuss dollar
    dollars doubt due during earlier early easy effect eight either eleven else end ended ends english enough entire
    entirely equal especially estimate estimated euro euros even eventually everybody everyone everything evidence exact
    exactly example except exist existing exists expect expected explain extent face fact facts fairly fall far fast
    february few fewer fewest field fifth figure final finally financial fine firm firms fiscal five follow following
    former formerly forward four fourth free frequently friday full fully further future gave general generally generate
    global globally go goes going gone good got great greater greatest group groups grow grown growth had half happen
    happened happens hard hardly help here high higher highest himself hold hope hour hours house however huge hundred
    idea identify immediately importance important include included including increase indeed independent industry info
    information instead interest interested international involve involved january job join joined july june keep kept
    key kind kinds know known knows lack large larger largest late lately later latest lead leave least led left length
    less level likely limit line link linked list little local locally long longer longest look looked low lower lowest
    main mainly major majority man manner march mark market markets matter maximum mean means meant mention mentioned
    middle might million billion trillion thousand hundred minimum minute minutes modern moment monday money month
    monthly months most mostly move moved moving much must myself named names national near nearly necessary need never
    nevertheless news nine nobody none nor normal normally note nothing november now number numbers obtain obvious
    obviously october office official officially often old older oldest once ones ongoing only open operate opposed
    order original originally others otherwise ought outside overall page paid pair paper paragraph part particular
    particularly parts party past pay people per percent percentage perhaps period person persons picture piece place
    plan planned please plus point possible possibly potential present presently press previous previously price prior
    probably problem process product products project proper provide public publicly purpose put quarter quarterly
    quarters question questions quick quickly quite raise range rank rate rather ratio reach reached read ready real
    really reason reasons recent recently record regard regarding regards region regularly relate related relation
    relationship relative relatively relevant remain remains renminbi report reported reports result results right rise
    risen role room rose roughly round run said same saturday say says second section seem seems seen self sell send
    september serious seven several shall share short should show side sign similar simple simply single situation six
    size small smaller smallest sold somebody someone something sometime sometimes somewhat soon sort source sources
    speak specific specifically spend spent stand start started state stated statement states status stay step stop
    story strong structure subject such suddenly summarize summary sunday sure surely system table taken takes talk
    talks tell ten term terms text th thank thanks thing things think third thirty three throughout thursday tie tied
    ties till times title today together told took top topic total toward towards trade true truth try tuesday
    turn twelve twenty twice two type types typical typically ultimately under understand understood unit units unless
    unlike unofficial up upon usual usually value various version versus via view wait want wanted way wednesday week
    weekly weeks well went whatever whenever wherever whether whichever whoever whole whose wide widely within without
    won word words work worked working works world worldwide worth would wrong yesterday yuan yen hkd cny
    really ever exact precisely somehow anyhow kindly given gives giving having does done doing etc eg ie re vs aka
    am pm bn mn tn m b k q1 q2 q3 q4 fy h1 h2 nd rd st
    launches launched launching unveiled introduced debuted shipped shipping sale sales selling seller stores
    rivalry competing compete competitors rivals opponents peer peers
    ownership owning bought acquirer acquired acquiring
    subsidiaries organisational organizational hierarchy organised organized organisation organization
    employs chief executive officer financial technology operating commercial chairman chairwoman helm
    departure resign resigned resigns stepped step down leave left quit quits appointed appoint named replaced took
    takeover merger merge merged splits split float floated floating flotation ipo listing
    uses used user using usage adopt adopting adoption deploy deployed power powers powered underlying underlie
    wins win winner beats beat outperform ranks ranked scoring scored
    disagreement contradictory contradiction inconsistent conflict conflicting disputed dispute controversy
    uncertain certain sureness reliable trust trustworthy
    fail fails failed failing broke broken breaks vanish disappear disappeared restricted banned affected touch touched
    hit suffer impact
    path route chain chains connect connected connects connection linking links steps hop hops
    consist consists consisted comprise comprises form formed affect affects hurt activate agree agreed agrees
    grew grow grows growing rose rises risen fell falls fallen dropped drop shrank shrink expanded expand
    unanimous days nowadays state art native legally abroad overseas position positions gaps history legal formal
    sit sits sat seat seats serve serves served head heads headed boss company's firm's anyone everyone somebody
    kindly roughly nearly presently officially reportedly allegedly supposedly apparently evidently likely unlikely
    initially eventually permanently temporarily separately respectively together individually collectively
    biggest smallest heaviest strongest weakest deepest richest poorest quickest slowest earliest newest
    spending spends spent budget budgets earmarked earmark allocate allocated commit committed commitment
    purchase purchases deal deals agreement agreements contract contracts announced announcement announce
    collaborate collaborated collaboration cooperate cooperation partnered partnering alliance alliances
    startup startups venture ventures joint body bodies institution authority authorities
    flagship core main principal primary secondary chief top leading lead dominant
    quarterly annual yearly monthly weekly daily hourly calendar fiscal reporting
    consider regarded seen viewed treated deemed counted
    profitability profitable loss losses losing gain gains gained earned earning earnings
    accurate true false wrong right certain
    underlie basis foundation foundations built builds build
    people persons person man woman men women employee employees worker workers staff
    run runs running ran operated operates operating
    technical specification specifications spec specs sheet
    dead alive active inactive closed open opened close closes closing
    recent recently lately new newest old oldest young
    mentioned mention mentions cited cites cite quoting quoted quotes quote attributed
    support supports supporting supported compatible
    model models chip chips product products app apps application applications device devices
    cloud service services platform platforms software hardware system systems tool tools engine
    semiconductor semiconductors silicon processor processors accelerator accelerators gpu gpus cpu cpus npu
    language languages text audio video image images voice speech multimodal
    generation generations series family families lineup range portfolio catalogue catalog
    web page pages article articles press newspaper newspapers agency agencies outlet outlets media journalist
    analyst analysts researcher researchers author authors
    predict predicts predicted forecast forecasts foresee reach exceed
"""
_WORD = re.compile(r"[a-z]{2,}")
_MARKUP = re.compile(r"\\[bwdsWDS]|\(\?[:!=<]+|<e\\?d?\+?>|<d\d>")
_STEM = 4  # letters that a stem has at least
_ENDINGS = (
    "s", "es", "d", "ed", "ing", "ings", "er", "ers", "r", "rs", "or", "ors", "ly", "al", "ally", "ation", "ations",
    "ion", "ions", "ment", "ments", "ity", "ies", "y", "n", "t", "able", "ful", "ance", "ence", "ive", "ness",
    "ship", "ships", "'s", "ting", "ted", "ning", "ned", "ping", "ped", "ic", "ical", "ically", "ous", "ian", "ist",
    "ists", "wise", "ily", "ial",
)  # fmt: skip


@cache
def words() -> frozenset[str]:
    """Return every word that a question may be made of."""
    rows: tuple[str, ...] = (
        *(row.label for row in METRICS.values()), *(row.label for row in KINDS.values()), *GROUPS.values(),
        *(f"{row.label} {row.inverse_label}" for row in RELATIONS.values()),
        *(row.label for table in (ROLES, DEAL_KINDS, OCCURRENCE_KINDS) for row in table.values()),
    )  # fmt: skip
    told = " ".join((_PLAIN, *lexicon.COMMON, *rows)).casefold()
    return frozenset(_WORD.findall(told)) | spoken()


@cache
def spoken() -> frozenset[str]:
    """Return the words of the lexicon: measures, kinds, parts, offices and verbs, beside those that join sentences."""
    forms = (*lexicon.PARTS, *lexicon.OFFICES, *lexicon.DONE_TO, *lexicon.DOES)
    bare = (_MARKUP.sub(" ", form).replace("?", "") for form in forms)
    listed = " ".join((*bare, *lexicon.METRIC_WORDS, *lexicon.KIND_WORDS, *lexicon.OFFICES.values()))
    return frozenset(_WORD.findall(listed)) | lexicon.COMMON


@cache
def mendable() -> frozenset[str]:
    """Return the words that a slip may be mended to: those of rules and measures, in their usual forms."""
    formed = (
        f"{word}{end}" for word in spoken() if len(word) >= _STEM for end in ("s", "d" if word[-1] == "e" else "ed")
    )
    measured = _WORD.findall(" ".join(row.label.casefold() for row in METRICS.values()))
    return spoken() | frozenset(formed) | frozenset(measured)


@cache
def _stems() -> frozenset[str]:
    return frozenset(word for word in words() if len(word) >= _STEM)


def is_plain(word: str) -> bool:
    """Say whether a word, or what it is made from, is one that a question may be made of.

    Example:
        >>> is_plain("developers"), is_plain("currently"), is_plain("zebras")
        (True, True, False)
    """
    if word in words() or not _WORD.search(word):
        return True
    cut = (word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _STEM)
    return any(stem in _stems() or f"{stem}e" in _stems() for stem in cut)
