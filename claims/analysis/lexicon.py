"""Word lists of the reason detectors: opposites, hedges and evaluations, as compiled patterns with all verb forms."""

from __future__ import annotations

import re

from .inflection import expand
from .lookup import Lookup


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{expand(words)})(?!\w)", re.IGNORECASE)


def _lower_pattern(words: str) -> re.Pattern[str]:
    """Return a pattern for texts in lower case (see ``inflection.lowered``)."""
    return re.compile(rf"\b(?:{expand(words)})(?!\w)")


_OPPOSITES = {
    "going on": (
        r"{resume|restart|relaunch|continue|proceed|unfreeze|restore|renew|prolong|extend}|resumption|continuation"
        r"|prolongation"
        r"|{go} (?:ahead|on)|{carry} on|{start} (?:again|anew)|in force|without interruption|renewal|{remain|stay} (?:open|valid|in effect|in place)",
        r"{suspend|halt|freeze|interrupt|discontinue|cancel|terminate|stop|cease|stall|pause|postpone|shelve"
        r"|adjourn}|suspension"
        r"|cancellation|cessation|on hold|{break} off|{call} off|{expire|lapse|end|revoke|abolish}|termination"
        r"|postponement|standstill",
    ),
    "open": (
        r"{open|reopen|unblock|unseal}|reopening|open",
        r"{close|shut|block|seal|blockade}|closure|closed|shut",
    ),
    "support": (
        r"{support|back|endorse|favour|favor|approve|advocate|champion}|in favou?r|acceptable|fine with",
        r"{oppose|object|resist|condemn|reject|denounce}|opposition to|unacceptable|inadmissible|against the",
    ),
    "accepted": (
        r"{accept|agree|consent|approve|grant|concede|acquiesce}|acceptance|consent|approval|agreement",
        r"{refuse|reject|decline|veto|deny|rebuff|dismiss|withhold}|refusal|rejection|{rule} out|{turn} down",
    ),
    "lifted": (
        r"{lift|remove|abolish|waive|scrap|revoke|drop|rescind|ease|relax|repeal}|lifting|removal|abolition|easing",
        r"{keep|maintain|retain|uphold|impose|tighten|introduce|reimpose|reinforce}|in place|in force|remain(?:s"
        r"|ed)? immobili[sz]ed"
        r"|tightening|imposition",
    ),
    "more": (
        r"{increase|expand|boost|strengthen|intensify|widen|deepen|grow|rise|double|triple|broaden|augment}"
        r"|{step} up"
        r"|growth|rise|expansion|upward|higher",
        r"{reduce|cut|lower|decrease|shrink|curtail|weaken|narrow|fall|drop|decline|diminish}|{scale} (?:down|back)"
        r"|reduction|decline|downward|lower",
    ),
    "unchanged": (
        r"{keep|maintain|retain|uphold}|(?:remain|stay)(?:s|ed)?|unchanged|in place|in force|as it stands",
        r"{lift|remove|lower|reduce|end|suspend|revoke|abolish|ease|cancel|cut|repeal|waive|scrap|replace|reverse"
        r"|withdraw|soften}"
        r"|{take} (?:the [\w’'-]+ )?off|lifting|removal|reduction|easing",
    ),
    "possible": (
        r"an option|possible|on the table|acceptable|fine with (?:me|us)|conceivable|open to|feasible|negotiable",
        r"out of the question|impossible|unacceptable|inadmissible|off the table|no basis|ruled out|unthinkable"
        r"|non-negotiable|not up for|closed matter",
    ),
    "necessary": (
        r"necessary|needed|required|indispensable|essential|vital",
        r"unnecessary|superfluous|redundant|pointless|unneeded",
    ),
    "leaving": (
        r"{withdraw|leave|evacuate|vacate}|{pull} (?:out|back)|withdrawal|pull-out|pullout|pullback|departure",
        r"{stay|remain|deploy|station|reinforce}|deployment|presence|foothold",
    ),
    "progress": (
        r"progress|breakthrough|{advance|succeed|progress}|success(?:ful|fully)?|{bear} fruit|headway|fruitful",
        r"{stall|fail|stagnate|falter|deadlock}|failure|impasse|stalemate|deadlock|setback|fruitless"
        r"|unsuccessful(?:ly)?",
    ),
    "begun": (
        r"{begin|start|launch|commence|open}|launch|outset",
        r"{end|finish|conclude|complete|stop|terminate}|completion",
    ),
    "confirmed": (
        r"{confirm|acknowledge|admit|recognise|recognize|concede}|confirmation",
        r"{deny|refute|dispute|disavow|contradict}|denial|allegation|alleged(?:ly)?|so-called",
    ),
    "kept": (
        r"{observe|honour|honor|respect|fulfil|fulfill|implement|keep|obey}|compliance|in full|faithful(?:ly)?",
        r"{violate|breach|flout|ignore|infringe|disregard|break}|violations?|breach(?:es)?|non-compliance|infringement",
    ),
    "lawful": (
        r"lawful|legal|legitimate|justified|founded in (?:international )?law|in (?:accordance|line|conformity"
        r"|keeping) with",
        r"unlawful|illegal|illegitimate|unjustified|null and void|no basis in|in violation of|theft|contrary to",
    ),
    "safe": (
        r"safe|harmless|secure|no danger|no risk",
        r"{endanger|threaten|jeopardise|jeopardize}|unsafe|dangerous|harmful|hazardous",
    ),
    "freed": (
        r"{release|free|return|extradite|pardon}|release|return|freed|extradition|{hand} over|{send} back|{let} go"
        r"|back home",
        r"{detain|hold|imprison|retain|arrest|jail}|detention|custody|captivity|behind bars",
    ),
    "allowed": (
        r"{allow|permit|authorise|authorize|let|enable}|permission|permitted|authori[sz]ation",
        r"{ban|forbid|prohibit|bar|prevent|outlaw|embargo}|prohibition|ban|off limits|embargo",
    ),
    "joined": (r"{join|enter|accede}|accession|membership", r"{leave|quit|exit}|departure from|withdrawal from"),
    "conditional": (
        r"without (?:any |further )?(?:pre)?conditions?|unconditional(?:ly)?|no (?:pre)?conditions|immediate(?:ly)?",
        r"only (?:once|if|when|after)|on condition|provided|subject to|until|depends? (?:up)?on|conditional(?:ly)?"
        r"|on the understanding",
    ),
    "joint": (
        r"joint(?:ly)?|together|mutual(?:ly)?|bilateral(?:ly)?|shared",
        r"unilateral(?:ly)?|alone|single-handed(?:ly)?|one-sided",
    ),
    "everyone": (
        r"all|every|whole|entire(?:ly)?|complete(?:ly)?|in full|fully|total(?:ly)?",
        r"partial(?:ly)?|in part|partly|some of|not all|limited to|half of",
    ),
    "permanent": (
        r"permanent(?:ly)?|lasting|indefinite(?:ly)?|for good",
        r"temporary|temporarily|interim|provisional(?:ly)?|short-term|humanitarian pause",
    ),
    "direct": (
        r"direct(?:ly)?|face-to-face|in person|bilateral(?:ly)?|no third part(?:y|ies)",
        r"indirect(?:ly)?|mediat(?:ion|ors?|ed|ing)|intermediar(?:y|ies)|third part(?:y|ies)|good offices|brokered",
    ),
    "public": (r"public(?:ly)?|open(?:ly)?", r"secret(?:ly)?|private(?:ly)?|confidential(?:ly)?|behind closed doors"),
    "won": (r"{win|prevail}|victory", r"{lose}|defeat|loss"),
    "attack": (
        r"{attack|strike|shell|bomb|invade|assault}|aggression|offensive|invasion|shelling|occupation",
        r"{defend|protect}|defence|defense|self-defence|self-defense|protection|liberation",
    ),
}

# By axis and side of it, 1 or -1: two classes of words that exclude each other when they are said of the same thing.
OPPOSITES: Lookup[tuple[str, int]] = Lookup(
    {(axis, side): words for axis, both in _OPPOSITES.items() for side, words in zip((1, -1), both, strict=True)}
)

# What takes a statement out of plain fact, by how far it takes it: a possibility, or what is merely ready or planned.
HEDGE_STRONG = _lower_pattern(
    r"may|might|could|perhaps|possibly|possible|possibility|maybe|conceivabl[ey]|potential(?:ly)?|in principle"
    r"|in theory"
    r"|theoretical(?:ly)?|provisional(?:ly)?|tentative(?:ly)?|preliminary|supposedly|allegedly|reportedly"
    r"|apparently|purportedly"
    r"|ostensibly|so-called|presumably|seemingly|{seem|appear}|rumou?red|whether|if (?:the|and|all|it|they|he|she"
    r"|conditions)"
    r"|subject to|provided(?: that)?|on condition|on the understanding|as appropriate|in due course|at some point"
    r"|at an appropriate time"
    r"|one day|not (?:ruled|excluded)|{depend} (?:up)?on|circumstances permitting|conditional(?:ly)?|prospects?"
    r"|idea of|option of"
    r"|preferable|desirable|ideally|eventual(?:ly)?|hypothetical(?:ly)?|in general terms|if necessary|when the time"
)
HEDGE_WEAK = _lower_pattern(
    r"would|should|ready to|prepared to|willing(?:ness)? to|readiness|preparedness|{intend|plan|aim|seek|hope|wish"
    r"|try|strive|expect}"
    r"|intention|{believe|think|consider}|likely|probably|probable|approximately|need to|ought to|{look} into|{aspire}"
)
ASSERTED = _lower_pattern(
    r"will|shall|must|definite(?:ly)?|certain(?:ly)?|without doubt|undoubtedly|has (?:been|already)|have (?:been"
    r"|already)|had (?:been|already)"
    r"|was (?:agreed|decided|settled)|were (?:agreed|decided|settled)|final(?:ly)?|already|agreed|{guarantee"
    r"|ensure}|firm(?:ly)?"
    r"|categorical(?:ly)?|clear(?:ly)?|confirmed"
)

# Evaluations by polarity and intensity, -3 to 3; the numbers order the words, no more.
EVALUATIONS: Lookup[int] = Lookup(
    {
        3: (
            r"excellent|terrific|tremendous(?:ly)?|fantastic|wonderful|great|historic|outstanding|superb|amazing"
            r"|brilliant|perfect"
            r"|(?:very|highly|extremely|exceptionally|remarkably) (?:positive|productive|good|warm|friendly|useful"
            r"|constructive|fruitful"
            r"|successful|substantive|cordial)|triumph(?:ant)?|magnificent|unprecedented(?:ly)?|beautiful|incredible"
            r"|incredibly"
        ),
        2: (
            r"positive(?:ly)?|productive(?:ly)?|good|warm(?:ly|th)?|friendly|cordial(?:ly)?|fruitful|successful(?:ly)?"
            r"|constructive(?:ly)?"
            r"|encouraging|promising|amicable|brotherly|fraternal|trusting|mutual (?:trust|respect|understanding)"
            r"|respectful|relaxed"
            r"|deep satisfaction|satisfaction|harmonious|generous|exemplary|kind|pleasant|heartfelt|sincere|close"
        ),
        1: (
            r"useful|substantive|meaningful|businesslike|business-like|candid(?:ly)?|frank(?:ly)?|open|serious"
            r"|thorough|detailed|in-depth"
            r"|straightforward|professional|calm|polite|correct|courteous|lengthy|pragmatic|workmanlike|comprehensive"
            r"|interesting"
        ),
        -1: (
            r"tough|blunt(?:ly)?|direct|firm(?:ly)?|reserved|cool|formal|brief|short|sober|stern(?:ly)?|pointed(?:ly)?"
            r"|strained|uneasy"
            r"|mixed|limited|modest|slow|slowwalk(?:ing|ed)?|cautious|concern(?:s|ed)?|inconclusive|stiff|robust"
            r"|strong-worded"
        ),
        -2: (
            r"difficult|tense|heated|cold|icy|frosty|chilly|disappointing|unproductive|unfriendly|hostile|negative"
            r"|unconstructive|bad|sharp(?:ly)?"
            r"|fruitless|stalled|regret(?:s|ted|table)?|grave|alarm(?:ed|ing)?|harmful|worrying|confrontational"
            r"|acrimonious|angry|angrily"
            r"|useless|empty|pointless|failed|unacceptable|provocative|provocation|deplorable|dismay|stormy"
            r"|quarrelsome|not (?:a )?good"
        ),
        -3: (
            r"terrible|disastrous|disgraceful|outrageous|barbaric|brutal|catastrophic|shameful|appalling|horrific"
            r"|heinous|criminal|vile|absurd"
            r"|hateful|fake|hoax|theft|stolen|lies|ridiculous|war of (?:aggression|conquest)|unprovoked|dumping"
            r"|categorically"
        ),
    }
)

# What an evaluation of the talks speaks of; other evaluations speak of things.
TALKS = _pattern(
    r"conversations?|calls?|talks?|discussions?|meetings?|negotiations?|dialogue|exchange|atmosphere|spirit|tone"
    r"|session|round|summit"
    r"|consultations?|contacts?|hour|visit|it was|manner|mood"
)
