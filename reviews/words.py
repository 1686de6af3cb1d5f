"""Words that say what is to be done, words that only sound so, and words for posts.

In English and in Urdu, as recommendations are written here. Unknown words are let through where a
sentence still orders something ("is to", "must", "کیا جائے"): the gate stops what nobody can do,
not what it has not read before.
"""

import re

# What can be seen to be done, as the first word of an order.
OF_DEEDS = """
acknowledge acquire act activate add adopt allocate amend analyse analyze appoint approve arm
arrange arrest assess assign attach audit authorise authorize ban begin bring build buy call cancel
carry catalogue certify change charge check circulate clear close collate collect commission compare
compel complete conduct confirm connect construct convene copy count cover create cut date declare
define delegate deliver demolish deploy designate destroy detail develop disarm disclose dismantle
display dispatch distribute document draft draw drill enact end enforce enlist enrol enter equip
erect establish evacuate evaluate exclude exercise expand extend fence file fill find finish fit fix
form forward freeze fund furnish gather give grant guard hand harden hire hold identify implement
impose include inform inspect install instruct introduce investigate invite issue join keep label
launch lay lead let license limit link list lock log maintain make man map mark measure meet merge
monitor mount move name notify obtain occupy offer open operate order organise organize paint patrol
pay permit place plan plant post prepare present preserve print procure prohibit prop prosecute
protect prove provide publish purchase put quarantine raise read rebuild recall record recruit
rectify reduce refer refuse register regulate rehearse relocate remove renew rent repair repeal
replace report require rescind reserve restore restrict retain return revise revoke rotate run scan
screen seal search secure seize select send separate serve set shift show shut sign site staff start
station stop store submit supply survey suspend take teach tell test time track train transfer
translate turn undertake update upgrade use vacate verify visit wall warn watch weigh withdraw
write
"""
VERBS = frozenset(OF_DEEDS.split())
# Words after which the order itself comes later in the clause.
LEADS = frozenset(
    {"after", "as", "at", "before", "by", "do", "during", "each", "every", "for", "from", "if",
     "in", "never", "on", "once", "to", "until", "when", "where", "while", "with", "within"}
)  # fmt: skip
ORDERS = re.compile(
    r"\b(must|shall|should|ought to|will|is to|are to|has to|have to|needs? to)\b", re.IGNORECASE
)
URDU_ORDERS = re.compile(
    r"(جائے|جائیں|کریں|کرے|کیجیے|دیں|دے|رکھیں|رکھے|بنائیں|بنائے|لگائیں|لگائے|بھیجیں|بھیجے|"
    r"لکھیں|لکھے|لیں|لے|دلائیں|سکھائیں|چلائیں|ہٹائیں|کرائیں|کرائے|ہو گا|ہوگا|ہوں گے|لازم ہے)"
    r"(?=[\s۔،,.:؛]|$)"
)
WEAK = (
    r"consider\w*|explor\w+|encourag\w+|strengthen\w*|improv\w+|enhanc\w+|examin\w+|"
    r"review(?:ed)?|look(?:ed)? (?:in)?to|streamlin\w+|optimi[sz]\w+|sensiti[sz]\w+"
)
VAGUE = re.compile(
    rf"\b(?:should|may|might|could|can|needs? to|ought to|must|shall|is to|are to|will)"
    rf"\s+(?:also\s+|further\s+)?(?:be\s+)?(?:further\s+)?(?:{WEAK})\b"
    rf"|\b(?:be|being)\s+(?:further\s+)?(?:strengthened|improved|enhanced|considered|explored)\b"
    r"|\b(?:efforts?|steps|measures)\s+(?:\w+\s+){0,3}(?:be\s+)?(?:made|taken)\b"
    r"|\b(?:make|take)\s+(?:all\s+|every\s+)?(?:necessary\s+|possible\s+)?(?:efforts?|steps)\b"
    r"|\bas far as possible\b|\bwherever possible\b|\bstrive to\b|\bendeavou?r to\b|\btry to\b"
    rf"|^\W*(?:example\W+)?(?:{WEAK})\b",
    re.IGNORECASE,
)
URDU_VAGUE = re.compile(
    r"(غور کیا جا|غور کریں|بہتر بنایا جا|بہتر بنائ|بہتری لائی جا|مضبوط کیا جا|مضبوط بنایا جا|"
    r"مضبوط کریں|م[ؤو]ثر بنایا جا|مستحکم کیا جا|کوشش کی جا|کوششیں کی جا|اقدامات کی[ےئ]|"
    r"اقدامات اٹھائے جا|جائزہ لیا جا سکتا|ہونا چاہی|کیا جا سکتا)"
)
# A word that makes a name the name of a post.
POST = re.compile(
    r"\b(igp?|aig|dig|rpo|cpo|ccpo|dpo|ssp|sp|asp|sdpo|dsp|sho|dc|adc|ac|io|moharrar|commandant|"
    r"inspector|superintendent|officer|secretary|commissioner|director|minister|chief|commander|"
    r"head|manager|engineer|registrar|chairman|chairperson|president|nazim|mayor|tehsildar|"
    r"prosecutor|surgeon|principal|ombudsman|coordinator|administrator)\b"
    r"|(آئی جی|ڈی آئی جی|آر پی او|ڈی پی او|ایس ایس پی|ایس پی|ڈی ایس پی|ایس ایچ او|ڈپٹی کمشنر|"
    r"کمشنر|سیکرٹری|ڈائریکٹر|افسر|کمانڈنٹ|انسپکٹر|وزیر|سربراہ|ناظم|انچارج)",
    re.IGNORECASE,
)
JOINED = re.compile(r"\s+(?:and|or|with|as well as)\s+|\s*[&/;+\n]\s*|\s+(?:اور|یا|نیز)\s+|\s*؛\s*")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


def begins_an_action(text: str) -> bool:
    """Whether some sentence of it orders something to be done."""
    if ORDERS.search(text) or URDU_ORDERS.search(text):
        return True
    return any(word.casefold() in VERBS for word in _openings(text))


def is_vague(text: str) -> bool:
    """Whether what it orders cannot be seen to be done, and nothing else in it can."""
    vague = VAGUE.search(text) or URDU_VAGUE.search(text)
    if vague is None:
        return False
    rest = f"{text[: vague.start()]}. {text[vague.end() :]}"
    return not any(word.casefold() in VERBS for word in _openings(rest))


def owners_named(owner: str) -> int:
    """How many posts stand in it: "SP City and DC" are two, "Secretary Home and Health" is one."""
    return sum(POST.search(part) is not None for part in JOINED.split(owner)) or 1


def _openings(text: str) -> list[str]:
    """The words that may open an order, of each clause: the first; after an adverb the second;
    after "For each …" or "Before …" any, because the order comes later."""
    found = []
    for clause in re.split(r"[.:;,\n•–—()]|\band\b|\bthen\b", text):
        words = WORD.findall(clause)
        first = words[0].casefold() if words else ""
        if first in LEADS:
            found += words
        else:
            found += words[: 2 if first.endswith("ly") else 1]
    return found
