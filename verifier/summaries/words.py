"""Small tables of English words: enough to tell a finite verb from a noun where it is plain.

The tables are closed classes (auxiliaries, pronouns, prepositions), the irregular verbs, and common
regular verbs. A word that isn't in them is left undecided; what follows is built to be safe then.
"""

from __future__ import annotations

import re

BE = frozenset("is are was were 's 're isn't aren't wasn't weren't".split())
HAVE = frozenset("has have had 've hasn't haven't hadn't".split())
DO = frozenset("does do did doesn't don't didn't".split())
MODALS = frozenset(
    """will would can could may might shall should must 'll cannot won't wouldn't can't couldn't
    shouldn't mustn't needn't""".split()
)
AUXILIARIES = BE | HAVE | DO | MODALS

# base, past and participle; the last only where it differs from the past
_IRREGULAR = """
arise arose arisen; awake awoke awoken; bear bore born; beat beat beaten; become became become;
begin began begun; bend bent; bid bid; bind bound; bite bit bitten; bleed bled; blow blew blown;
break broke broken; breed bred; bring brought; broadcast broadcast; build built; buy bought;
catch caught; choose chose chosen; come came come; cost cost; creep crept; cut cut; deal dealt;
dig dug; draw drew drawn; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen;
feed fed; feel felt; fight fought; find found; flee fled; fly flew flown; forbid forbade forbidden;
forecast forecast; forget forgot forgotten; forgive forgave forgiven; freeze froze frozen;
get got gotten; give gave given; go went gone; grow grew grown; hang hung; have had; hear heard;
hide hid hidden; hit hit; hold held; hurt hurt; keep kept; know knew known; lay laid; lead led;
leave left; lend lent; let let; lie lay lain; light lit; lose lost; make made; mean meant; meet met;
overcome overcame overcome; oversee oversaw overseen; overtake overtook overtaken; pay paid;
put put; quit quit; read read; rebuild rebuilt; ride rode ridden; ring rang rung; rise rose risen;
run ran run; say said; see saw seen; seek sought; sell sold; send sent; set set; shake shook shaken;
shed shed; shine shone; shoot shot; show showed shown; shrink shrank shrunk; shut shut; sing sang
sung; sink sank sunk; sit sat; sleep slept; slide slid; speak spoke spoken; spend spent;
spread spread; spring sprang sprung; stand stood; steal stole stolen; stick stuck; strike struck;
swear swore sworn; sweep swept; swim swam swum; swing swung; take took taken; teach taught;
tear tore torn; tell told; think thought; throw threw thrown; undergo underwent undergone;
understand understood; undertake undertook undertaken; upset upset; wake woke woken; wear wore worn;
win won; withdraw withdrew withdrawn; withstand withstood; write wrote written
"""
_ROWS = [row.split() for row in _IRREGULAR.split(";")]
_BASES = frozenset(row[0] for row in _ROWS)
_PASTS = frozenset(row[1] for row in _ROWS)
_PARTICIPLES = frozenset(row[-1] for row in _ROWS)
_UNCHANGED = frozenset(row[0] for row in _ROWS if row[1] == row[0])  # cut, put: no tense shows

PAST_ONLY = _PASTS - _PARTICIPLES - _BASES
"""Can't be a participle: went, took, began."""
PARTICIPLE_ONLY = _PARTICIPLES - _PASTS - _BASES
"""Can't be a past: gone, taken, begun."""
IRREGULAR_PAST = (_PASTS - _UNCHANGED - _BASES) | {
    "lay",
    "beat",
    "cut",
    "hit",
    "put",
    "set",
    "quit",
}
"""Can be a finite past; `PAST_ONLY` and those that are participles too: met, held, sold."""

SPEECH = frozenset(
    """say says said saying tell tells told claim claims claimed believe believes believed think
    thinks thought allege alleges alleged argue argues argued insist insists insisted suggest
    suggests suggested warn warns warned admit admits admitted deny denies denied asked asks ask
    explain explains explained wrote writes vow vows vowed hope hopes hoped fear fears feared
    feel feels felt according reportedly allegedly""".split()
)
"""Words that put what is said into someone's mouth."""
REPORTING = frozenset(
    """announce announces announced report reports reported show shows showed find finds found
    reveal reveals revealed confirm confirms confirmed add adds added note notes noted state
    states stated mean means meant conclude concludes concluded indicate indicates indicated
    predict predicts predicted estimate estimates estimated expect expects expected promise
    promises promised know knows knew see sees saw hear hears heard learn learns learned agree
    agrees agreed ensure ensures ensured demand demands demanded propose proposes proposed
    decide decides decided""".split()
)
"""Verbs that take a clause, often without `that`; an object may follow them too."""

SUBORDINATORS = frozenset(
    """who which that whose whom where when whenever if unless whether because although though
    while whereas lest provided how why what so once""".split()
)
"""Words after which a coordination may belong to a clause of their own."""
TIME_WORDS = frozenset("after before since until till as than despite instead by for of in".split())
"""Prepositions that may open such a clause too, when a verb in -ing follows."""
FRONTED = SUBORDINATORS | frozenset("after before since until till as despite even given".split())
"""Words that, at its start, put a sentence's main clause in second place."""
HYPOTHETICAL = frozenset("if unless whether neither nor either lest otherwise".split())
"""Words with which a sentence is left whole: what they join isn't claimed part by part."""
NEGATIONS = frozenset(
    """not never no neither nor none nobody nothing hardly scarcely barely without cannot few
    little only both either rather""".split()
)

DETERMINERS = frozenset(
    """the a an this that these those his her its their our my your some any each every all both
    another several many most more much few no two three four five six seven eight nine ten
    eleven twelve dozens hundreds thousands millions""".split()
)
PRONOUNS = frozenset("he she it they we i you".split())
THIRD_PERSONS = frozenset(
    "he she it they him her his them this that these those its their both".split()
)
OBJECTS = frozenset("him her it them us me himself herself itself themselves nothing it".split())
PREPOSITIONS = frozenset(
    """of in on at by for from with to into onto over under about against between among through
    during across along around behind beyond near off out up down towards toward upon within
    without via per amid amongst alongside throughout outside inside past as like after before
    until since despite following including""".split()
)
CONJUNCTIONS = frozenset("and or but nor yet so while plus".split())
_ED_NOUNS = re.compile(
    r"(?:need|seed|feed|speed|indeed|hundred|red|bed|breed|exceed|proceed|succeed|weed|deed|greed"
    r"|shed|sled|steed|creed|wed|fed|led|bred|fled|sped|sacred|hatred|kindred|naked|wicked|rugged"
    r"|aged|so-called|unprecedented|\w+-\w*ed|un\w+ed|embed|alfred|mohammed|ahmed|mohamed|fred|ted"
    r"|ned|muhammed|infrared|united|limited|gifted|beloved|talented|three-\w+|biomed)"
)


def is_ed(word: str) -> bool:
    """Whether the lower-case `word` looks like a regular past or participle."""
    return len(word) > 3 and word.endswith("ed") and not _ED_NOUNS.fullmatch(word)  # noqa: PLR2004 - "used"


_REGULAR = """
accept accuse achieve act add address adopt affect agree aim allow announce appear apply appoint
approve argue arrest arrive ask attack attend attract avoid award ban base believe belong blame
block call cancel carry cause celebrate change charge claim close collapse collect compare compete
complain complete concern conclude confirm connect consider consist contain continue control convict
cover crash create criticise criticize damage date deal debut decide declare decline decrease defeat
defend deliver demand deny depend describe design destroy develop die direct discover discuss divide
dominate donate drop earn elect emerge employ enable encourage end enjoy enter establish estimate
evolve examine expand expect experience explain explore express extend face fail feature fill finish
fix fire focus follow force form found fund gain gather generate handle happen help highlight hire
host identify ignore impact implement imply impose improve include increase indicate inform injure
insist intend introduce invest investigate invite involve issue join jump kick kill land last launch
learn like limit link list live locate look love maintain manage mark marry matter measure mention
move name need note notice obtain occur offer open operate oppose order organise organize originate
own participate pass perform persist place plan play plead plunge point praise predict prefer
prepare present prevent produce promise promote propose protect prove provide publish pull push
qualify question raise range rank reach receive recognise recognize recommend record recover reduce
refer reflect refuse register regulate reject relate release rely remain remember remove rename
replace report represent request require rescue resign resolve respond restrict result resume retain
retire return reveal reverse review sack save score search seem separate serve share shift sign slam
solve sound stage start state stay stop strengthen struggle study submit suffer suggest supply
support surge surpass surround survive suspend suspect switch talk target tend test thank threaten
total trade train transform travel treat trigger try turn use value vary visit vote vow want warn
watch welcome work
"""
BASE_VERBS = _BASES | frozenset(_REGULAR.split())


def _third_person(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{base}es"
    return f"{base[:-1]}ies" if re.search(r"[^aeiou]y$", base) else f"{base}s"


THIRD_PERSON = frozenset(map(_third_person, BASE_VERBS)) | {"has", "is", "does"}
# Read as verbs only where an object or the like follows: plural nouns look the same.
NOUN_TOO = THIRD_PERSON & frozenset(
    """acts addresses aims attacks awards bans bases bids bites blocks blows breaks breeds calls
    causes changes charges claims closes compares concerns controls costs covers crashes cuts
    damages dates deals debuts declines decreases demands designs draws drinks drives drops ends
    estimates experiences faces falls features feeds feels fights finds fires flies forces
    forecasts forms funds gains grows hangs helps highlights hits holds hosts impacts increases
    issues jumps kicks kills lands leads lets lights likes limits links lists lives looks loves
    makes marks matters means measures meets moves names needs notes notices offers opens orders
    passes places plans plays points presents promises pulls pushes questions ranges ranks reads
    records releases reports requests results returns reverses reviews rides rings rises runs
    sacks scores searches sees sets shares shifts shows signs slams sounds stages starts states
    stays stops struggles studies supplies supports surges suspects switches takes talks targets
    tests thanks totals trades trains travels treats tries triggers turns uses values views
    visits votes vows wants warns watches wins works""".split()
)
FINITE = AUXILIARIES | IRREGULAR_PAST | (THIRD_PERSON - NOUN_TOO) | {"am", "'d", "n't", "ca", "wo"}
"""Words that are finite verbs wherever they stand, or nearly."""

NEVER_PASSIVE = frozenset(
    """died retired resigned arrived happened occurred worked lived graduated collapsed disappeared
    emerged survived recovered competed participated belonged refused responded apologised
    apologized agreed debuted remained appeared seemed lasted stayed waited""".split()
)
"""Regular pasts that are never participles of a passive."""
INTRANSITIVE = NEVER_PASSIVE | frozenset(
    """returned moved continued declined dropped increased decreased soared plunged surged jumped
    climbed rallied failed served joined attended reached ended started opened closed finished
    qualified crashed escaped travelled traveled wanted earned scored visited""".split()
)
"""Regular pasts that seldom belong to the noun before them as a participle."""
GIVING = frozenset(
    """awarded named offered paid told asked fined handed ordered denied granted shown elected
    appointed called sentenced given sent voted crowned declared considered dubbed charged left
    made promised lent taught""".split()
)
"""Participles that have an object in the passive too: was awarded a medal."""
PLURALS = frozenset(
    "people men women children police media data teeth feet mice fish sheep".split()
)
"""Nouns that take a bare present verb without an -s of their own."""
