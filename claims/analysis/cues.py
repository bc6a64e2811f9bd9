"""The words by which texts say whose words they give.

Verbs and nouns of reporting as English uses them for speech to the public. Verbs that also tell what two people said to
each other ("told", "replied", "urged") are kept apart: inside an account they do not change whose account it is.
"""

from __future__ import annotations

import re

from .inflection import expand, right_before

# Speech and writing that is addressed to the public, or to nobody in particular.
_PUBLIC = (
    "say|add|write|post|tweet|note|stress|emphasize|emphasise|underline|underscore|highlight|claim|state|declare|"
    "announce|"
    "report|confirm|reaffirm|reiterate|repeat|insist|maintain|assert|contend|allege|argue|explain|clarify|specify|"
    "recall|"
    "remark|observe|comment|mention|describe|acknowledge|admit|concede|recognize|recognise|deny|reject|dismiss|dispute|"
    "refute|warn|caution|predict|indicate|suggest|imply|hint|signal|reveal|disclose|conclude|complain|boast|joke|quip|"
    "believe|think|hope|expect|regret|lament|praise|condemn|criticize|criticise|denounce|blame|accuse|point|sum|"
    "continue|"
    "elaborate|summarize|summarise|characterize|characterise|call|speak|voice|express|pledge|vow|promise|estimate|"
    "count|quote|"
    "paraphrase|publish|release|read|go|list|cite|assess|stipulate|testify|speculate|muse|interject|remind|brief|"
    "proclaim|affirm|attest|"
    "convey|relay|detail|outline|find|calculate|document|forecast|project|"
    "fume|moan|thunder|snap|rage|gush|scoff|sneer|exclaim|opine|posit|bristle|murmur|whisper|intone|appeal|reckon|shout|"
    "swear|disagree|dissent|contradict|criticise|evoke|worry|rebuff|rebut|downplay|tout|portray|concur|figure|"
    # saying, by its manner
    "aver|avow|profess|pronounce|expound|enthuse|gloat|grumble|gripe|grouse|mutter|mumble|stammer|growl|yell|chuckle|"
    "interpose|venture|riposte|demur|fulminate|counsel|forewarn|foretell|reveal|divulge|confide|"
    "confess|recount|narrate|restate|reassert|elucidate|theorize|theorise|hypothesize|apologize|apologise|bemoan|"
    # judging and supposing
    "guess|suspect|surmise|conjecture|fear|anticipate|foresee|envisage|envision|deem|liken|brand|castigate|"
    "lambast|lambaste|deride|ridicule|mock|disparage|laud|extol|excoriate|doubt|question|"
    # binding oneself
    "guarantee|vouch|certify|justify"
)
# What two parties also say to each other; an addressee of the other side makes them talk inside an account.
_TALK = (
    "tell|inform|reply|answer|respond|retort|counter|assure|advise|urge|ask|demand|request|thank|invite|propose|offer|"
    "agree|accept|object|notify|apprise|alert|implore|plead|exhort|entreat|petition|undertake"
)
# What only an institution's text or spokesperson does with figures and points; a leader does these in the talks.
_GIVING = (
    "give|put|set|time|have|count|list|quote|place|leave|omit|speak|refer|name|describe|thank|carry|contain|include"
)

# What only a stance in public is, of whoever takes it; a party of the talks may also take it in the talks.
_STANCE = (
    "welcome|hail|applaud|back|endorse|support|slam|decry|protest|salute|oppose|urge|congratulate|commend|deplore|"
    "denounce|blast|defend|rebuke|chide|berate"
)

# These four are for texts in lower case (see ``inflection.lowered``).
_NOT_TO_EACH_OTHER = (
    r"(?! (?:with(?! (?:an?|some|no|evident|obvious|apparent|visible|regret|satisfaction)\b)|over the phone|"
    r"by (?:tele)?phone)\b| to (?!say|add|note|stress|us\b|our |"
    r"(?:the |an? )?(?:[\w’'-]+ ){0,3}?(?:reporters|journalists|press|media|nation|public|newspaper|paper|portal|website|"
    r"agency|gazette|herald|courier|post|times|journal|tribune|observer|chronicle|channel|radio|television|crowd|"
    r"bbc|cnn|reuters|afp|tass|cbs|nbc|abc|axios|bloomberg|politico|xinhua|anadolu)\b))"
)
# What one binds oneself to: "vowed to fight" is no talk between two.
_BINDING = "{pledge|vow|promise|swear|appeal|claim|profess|threaten} to"
# Several words that report together.
_PHRASES = (
    r"{point} to|{hit|fire|shoot} back|{lash} out|branded|faulted|labell?ed|termed|dubbed|likened|{put} it|{rule} out|"
    r"{make} (?:it )?(?:clear|plain|known)|{stand} by|(?:has|have|had) it(?= that|\W*$)|{let} it be known|"
    r"{react|respond|reply|answer|retaliate|counter|begin|end|conclude|open|close|start|finish} by (?:saying|calling|accusing|warning|"
    r"telling|insisting|denying|describing|stating|declaring|noting|urging|demanding)|"
    r"{chime|weigh} in|{put} out (?=an? |the )|{beg} to differ|{text} to say|{take} (?:issue|exception) (?:with|to)|{serve} notice|{cast} doubt|{play} down|"
    r"{brush|shrug|laugh|wave} (?:off|aside|away)|{turn} down|{qualify}(?= [^.,;]{3,60} as )|{pour} (?:cold water|scorn)|{push} back(?=,| against)|{take} aim at|{hit} out at|{rail|inveigh} against|"
    r"{leave} (?:no|little) doubt|{give} (?:an |his |her |its |their )?(?:assurances?|word)(?= that)|{draw} (?:a red|the) line|"
    r"{talk} (?:of|about)|{signal} (?:readiness|willingness|openness|support|interest)|"
    r"{renew} (?:an?|the|his|her|its|their) (?:call|appeal|demand|offer|threat|warning)|"
    r"{fire|send} (?:off|out)(?= an? )|{find|show|suggest|indicate}(?=\.?$)|{sound} the alarm|"
    r"(?:is|was|are|were|remains?|remained|seems?|seemed|sounds?|sounded) (?:\w+ly |also |still |less |more )?(?:adamant|convinced|"
    r"confident|certain|sure|emphatic|insistent|categorical|optimistic|hopeful|doubtful|sceptical|skeptical|afraid|worried|"
    r"satisfied|clear)(?=,|\.| that | the | it | he | she | they | of | about )|{let} (?:it )?slip|{make} no secret|{hold} that|"
    r"{threaten}|{signal} (?=that|the|an?|his|her|its|their)|{hold}(?= [^.,;]{2,70} (?:responsible|accountable|liable)\b)|"
    r"{intimate} (?=that|to)|{rule} (?=that\b)|{accept|take|claim|deny|disclaim} (?:full |sole )?responsibility|"
    r"{voice|express|convey} (?:\w+ )?(?:concern|regret|alarm|support|hope|confidence|doubts?|outrage|dismay)"
    r"{make|repeat|issue|release|level|deliver|raise} (?:the|an?|his|her|its|their|this) (?:[\w-]+ )?(?:announcement|"
    r"accusation|claim|allegation|remark|comment|statement|appeal|denial|warning|correction|rebuttal|clarification|"
    r"assurance|charge|objection)s?"
)
# What is said so is said to the outlet: "said by telephone", where two parties "speak by telephone".
_BY_TELEPHONE = r"(?=(?:,| in| from| on| late| early| \w+day){0,3} ?(?:by|over the) (?:satellite )?(?:tele)?phone\b)"
PUBLIC = re.compile(
    rf"\b(?:(?:{expand(_BINDING)})\b|(?:{expand('{say|add|explain|recall}')})\b{_BY_TELEPHONE}|(?:{expand('{' + _PUBLIC + '}')})\b{_NOT_TO_EACH_OTHER}|(?:{expand(_PHRASES)})\b)"
)
# What people want and suppose, told in the present: in the past a narrator says so of them.
ATTITUDE = re.compile(
    r"\b(?:wants|considers|assumes|foresees|favou?rs|prefers|frets|intends|sees|thinks|doubts|hopes|fears|worries|"
    r"(?<=s )(?:want|assume|foresee|favou?r|prefer|fear|worry))\b"
)
STANCE = re.compile(
    rf"\b(?:(?:{expand('{' + _STANCE + '}')})\b{_NOT_TO_EACH_OTHER}|{expand('{call}')} (?:for|on(?=[^.;,]{{2,70}} to (?!the|an?|be\b)))\b)"
)
TALK = re.compile(rf"\b(?:{expand('{' + _TALK + '}')})\b")
GIVING = re.compile(rf"\b(?:{expand('{' + _GIVING + '}')})\b")
# "point out", "go on", "speak of", "call it": the light verbs above count only with their other half.
LIGHT = re.compile(
    expand(
        r"\b(?:{point} (?:out|to)|{go} on(?: to (?:say|add|note|stress|tell|describe|"
        r"explain|argue|accuse|praise|claim|call|insist|warn)|(?=[,:.“\"]|$))|{sum} (?:it )?up|{speak} (?:only )?(?:of|"
        r"about)|{call} (?:it|the|this|that|them)"
        r"|{read}(?=[:,])|{continue}(?=[:,.]|$)|{put} it|{brief} (?:reporters|journalists|the press)|{think}|"
        r"{believe}|{hope} (?:that|to)?"
        r"|{expect} (?:that)?|{express} [\w“\"‘]|{voice} [\w“\"‘]|{describe} |{quote|cite} (?:[\w’'-]+ ){1,4}as \w+ing|"
        r"{blame} |{accuse} |{promise} (?:that)?|{suggest} that|{find} [\w ]{0,20}that|{find} (?:the |his |her |its |their )?(?:talks|conversation|meeting|call|exchange|discussions?|atmosphere|"
        r"tone|visit|mood|round)\b|{calculate|document} |"
        r"{recognize|recognise} that|{count} on|{count|estimate} \w|{publish} |{release} (?:a|the|its|their) (?:[\w-]+ ){0,2}(?:statement|readout|text|report|version|"
        r"transcript|account)|{appeal} (?:for|to)|{figure} that|{shout}(?=[,:.]|$)|"
        r"{project} that|{document} that|{fear|suspect|doubt|guess|question|anticipate|foresee|envisage|certify|confess} "
        r"(?!of\b|by\b|and\b|to\b|from\b|about\b)|{deem} |{brand} |{liken} |{yell|chuckle|mutter|mumble|stammer}(?=[,:.]|$)|"
        r"{swear} (?!in\b)|{find|show|suggest|indicate}(?=\.?$)|{guarantee} that|{mock} |{counsel} |{pronounce} |{divulge} |{recount} |{narrate} )"
    ),
    re.I,
)
_HALF = re.compile(
    expand(
        r"^(?:{point|go|sum|speak|call|read|continue|brief|think|believe|hope|expect|express|voice|describe|blame|"
        r"accuse|promise|suggest|convey|relay|detail|outline|appeal|figure|shout|project}"
        r"|{recognize|recognise|count|quote|list|cite|signal|mention|publish|release|assess|find|calculate|document}"
        r"|{fear|suspect|doubt|guess|question|anticipate|foresee|envisage|certify|confess|deem|brand|liken|yell|chuckle|mutter|"
        r"mumble|stammer|swear|guarantee|mock|counsel|pronounce|divulge|recount|narrate})$"
    ),
    re.I,
)
# To whom one speaks in public.
AUDIENCE = re.compile(
    r"\s(?:(?:\w+ly|also|later|then) )?(?:(?:the|a|an|his|her|its|their|state|local|gathered|visiting|several|"
    r"assembled) )*"
    r"(?:(?:[\w’'-]+ ){0,4}?)(?:reporters?|journalists?|correspondents?|media|press|news (?:agency|conference|"
    r"briefing|channel)|newspapers?|agency|briefing|"
    r"broadcaster|television|TV|radio|channel|audience|crowd|parliament|lawmakers|senators|deputies|congress|"
    r"assembly|nation|world|public|viewers|[Ll]ower [Hh]ouse|[Uu]pper [Hh]ouse|[Cc]ommons|[Ss]enate|[Bb]undestag|[Dd]uma|[Kk]nesset|MPs|"
    r"listeners|interviewer|conference|Reuters|AFP|AP|TASS|RIA(?: Novosti)?|Interfax|BBC|CNN|CBS|NBC|ABC|Fox News|"
    r"Bloomberg|Axios|Xinhua|DPA|"
    r"Anadolu|Kommersant|Izvestia|[A-Z]{2,5}|(?:the )?[A-Z][\w-]+ (?:Times|Post|Herald|Courier|Gazette|Journal|News|"
    r"Tribune|Observer|Chronicle|Monitor|Today|Mail)|us|the (?:Herald|Courier|Gazette|Post|Times|Journal|Tribune|"
    r"Observer|Chronicle))\b"
)
# Words before a name that make all that follows its account.
BEFORE_NAME = re.compile(
    r"(?<!\w)(?P<cue>according to|in the (?:words|view|telling|account|version|opinion|eyes|reading) of|as (?:told|put|\w+ed) by|"
    r"(?:listed|reported|announced|confirmed|stated|released|published|(?<!speech )(?<!interview )(?<!address )given|quoted|"
    r"issued|distributed|circulated|described|said) by|"
    r"(?:an?|the) (?:statement|readout|press release|communiqué|communique|post|summary|reply|response|answer|word|message|"
    r"verdict|retort|tweet) (?:by|from|of)|"
    r"(?:denial|rebuke|rebuttal|protest|word) from|citing|quoting|per|"
    r"for|so (?:reported|said|wrote)|from)\s+(?=\S)",
    re.I,
)
# "according to a statement released on Monday by the ministry": what follows is who speaks.
ISSUED_BY = re.compile(
    r"(?:the|an?|its|their|this) (?:[\w-]+ ){0,3}?(?:statement|readout|release|communiqué|communique|summary|"
    r"account|report|post|message|"
    r"transcript|note|document|text)s? (?:(?:that (?:was|were) )?(?:released|issued|published|posted|distributed|"
    r"circulated|put out|made public|"
    r"provided|shared|given|made) (?:\w+ ){0,3}?)?(?:by|from|of|on the website of) ",
    re.I,
)
# Possessive accounts: "by her account", "in its summary", "in the Kremlin's version".
POSSESSED = (
    r"(?:account|telling|words|view|opinion|version|reading|summary|readout|statement|text|press release|communiqué|"
    r"communique|post|judg(?:e)?ment|assessment|analysis|"
    r"description|estimate|count|reckoning|phrase|assessment|report|release)"
)
POSSESSED_NOUN = re.compile(rf"\b{POSSESSED}\b")
OWNER = re.compile(r"(?:his|her|its|their)\b")
# What an institution's text gives: "gave the length as", "puts the number at".
GIVEN = re.compile(
    r"\s+(?:the |a |an )?(?:(?:same|exact|total|final|different|higher|lower|own) )*(?:figures?|numbers?|lengths?|values?|"
    r"totals?|durations?|dates?|count|toll|sum|amount|version|account|them|it) ",
    re.I,
)
ACCOUNT_OF = re.compile(
    rf"(?<!\w)(?P<cue>(?:by|in|on|from|to|according to)) (?!an? |another |one )(?=[^,;]{{1,60}}\b{POSSESSED}\b)", re.I
)
WAS_WORD = re.compile(
    r"\b(?:is|was|were|are) (?P<name>[^.,;“\"]{2,40}?)(?:['’]s?) (?:own )?(?:word|words|phrase|description|term|"
    r"answer|reply|verdict|comment)\b"
)
# Nouns that speak for an institution already named.
DOCUMENT = re.compile(
    r"(?<!\w)(?:the|its|this|that|their|a|his|her)\s+(?:(?:same|official|written|short|longer|final|full|two-page|"
    r"published|joint)\s+)*"
    r"(?:statement|readout|press release|release|text|document|communiqué|communique|agency|ministry|foreign "
    r"ministry|office|press office|"
    r"press service|government|embassy|bureau|chancery|directorate|department|secretariat|council|commission|diwan|"
    r"court|report|summary|post|message|administration|chancellery|presidency|palace|state media|note|"
    r"transcript)(?!\w)",
    re.I,
)
SPEAKER_NOUN = re.compile(
    r"(?<!\w)(?:the|a|an|his|her|its|one|another)\s+(?:[\w-]+\s+){0,3}?(?:spokes(?:man|woman|person)|aide|"
    r"advis[eo]r|official|minister|"
    r"(?:foreign |press )?secretary|envoy|diplomat|ambassador|leader|president|chancellor|premier|prime minister|"
    r"negotiator|chief|"
    r"general|commander|representative)(?!\w)",
    re.I,
)
PRONOUN = re.compile(r"(?<!\w)(?:he|she|it|they)(?!\w)", re.I)
# Between a subject and its verb: adverbs, auxiliaries, an aside between commas, where and when.
GAP = re.compile(
    r"(?:['’]s?)?(?:\s+(?:[\w-]+\s+){0,3}?(?:statement|readout|government|office|foreign ministry|ministry|press "
    r"service|text|version|press office|summary|"
    r"spokes(?:man|woman|person)|side|delegation|account|communiqué|report|administration|embassy|presidency|agency|"
    r"post|leader|president|aide|official))?"
    r"(?:\s(?:who|which|whose) [^,;“”\"]{2,60}?)?(?:,[^,;“”\"]{2,90},|\s\([^)]{1,60}\)|\s(?:in|on|at) (?:a|an|his|"
    r"her|its|the) [^,;]{2,60}?)?"
    r"(?:,? (?:(?:is|was|are|were)(?= (?:\w+ )?\w+ing\b)|has|had|have|would|will|did|does|could|may|might|must|can|"
    r"also|later|then|further|further|only|again|too|now|earlier|"
    r"subsequently|separately|meanwhile|however|nevertheless|once|just|never|not|himself|herself|itself|for (?:his|"
    r"her|its|their) part|in turn|"
    r"\w+ly|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|afterwards|today|yesterday|this (?:morning|evening|"
    r"week)),?)*\s",
    re.I,
)


# Acts that are done by words and told as acts: "declared independence", "claimed forty lives".
_DEED = re.compile(
    r"\s+(?:(?:its|their|his|her|the|a|an) )?(?:[\w-]+ ){0,3}?(?:independence|war|emergency|martial law|ceasefire|truce|"
    r"victory|bankruptcy|lives|mourning|holiday|curfew|amnesty|"
    r"candidacy|neutrality|persona non grata|responsibility)\b",
    re.I,
)


# A standing claim to land, and what markets and companies post.
_OF_ITS_OWN = re.compile(
    r"[^.;“\"]{1,60}? (?:as (?:its|their|his|her) own|as (?:\w+ )?(?:an? )?(?:integral )?part of|in (?:its|their) entirety|in full)\b"
)
_WITHDRAWN = re.compile(
    r"\s+(?:its|their|his|her|the) (?:[\w-]+ ){0,2}?(?:ambassadors?|envoys?|diplomats?|consuls?|charg[ée]|troops|forces|"
    r"delegation|negotiators|staff|soldiers)\b"
)
_RECEIVED = re.compile(
    r"\s+(?:the )?(?:(?:[A-ZÀ-Þ][\w’'-]+|president|delegation|guests?|visitors?|him|her|them) ){1,4}(?:with|at|in|to|on)\b"
)
_RESULT = re.compile(
    r"\s+(?:an?|its|their|the|his|her) (?:[\w.,%-]+ ){0,3}?(?:drop|gains?|loss(?:es)?|profits?|rise|fall|surplus|deficit|records?|"
    r"increase|decline|growth|revenues?|sales|earnings|results?)\b"
)
_MEETING = re.compile(
    r"\s+(?:(?:an?|the|its|their|his|her) )?(?:[\w-]+ ){0,4}?(?:talks|visit|trip|tour|meeting|summit|session|round|agreement|"
    r"deal|treaty|accord|negotiations|exercises?|drills?)\b"
)
# Nouns that look like verbs: "a different note", "no promise", "his claim"; after a plural they are verbs again.
_NOUN_LIKE = re.compile(
    r"(?:worry|worrie|note|promise|claim|report|comment|state|post|call|hope|estimate|count|quote|release|list|document|forecast|"
    r"project|signal|hint|joke|point|voice|brief|detail|outline|regret|dispute|caution|protest|support|back|demand|request|"
    r"offer|reply|answer|objection|welcome|praise|blame|read|address|thanks?|blast|order|stress|argument|time|place|sum|"
    r"figure|snap|cite|fear|show|question|doubt|suspect|guess|brand|rebuke|mock|counsel|venture|guarantee|yell|"
    r"mutter|chuckle|growl|gripe|grumble|laud|recap|remark|counter)s?",
    re.I,
)
_DETERMINED = re.compile(
    r"\b(?:an?|the|no|any|this|that|his|her|its|their|our|every|each|another|one|some)(?: [\w’'-]*[^\Ws]){0,2} $", re.I
)


_NOUN_BY_NEXT = re.compile(
    r"\s+(?:of|about|between|from|by|is|was|are|were|has|have|had|said|says?|came|made|but|and)\b", re.I
)
_POSSESSOR = re.compile(r"(?:['’]s|s['’]|\b[A-Za-z]+(?:an|ese|ish|ic|ous|al|ive|ed))\s$")


_OBJECT_NEXT = re.compile(r"\s+(?:it|them|him|us|this|that|the|an?|its|his|her|their)\b")
_REACH = 80  # code points before a word in which an article or a possessor right before it stands


def is_noun(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word of the lexicon stands as a noun where it is: after an article, before "of" or a verb."""
    if _NOUN_LIKE.fullmatch(match[0]) is None:
        return False
    owned = text[: match.start()].endswith(("'s ", "’s "))
    if match[0].endswith("s") and not owned and _OBJECT_NEXT.match(text, match.end()):
        return False  # "the ministry calls them candid"
    if right_before(_DETERMINED, text, match.start(), within=_REACH) is not None:
        return True
    return (
        _NOUN_BY_NEXT.match(text, match.end()) is not None
        or right_before(_POSSESSOR, text, match.start(), within=_REACH) is not None
    )


def light_end(text: str, match: re.Match[str]) -> int:
    """Return where a cue ends that has a particle: "points out", "went on to say"."""
    particle = PARTICLE.match(text, match.start())
    return particle.end() if particle else match.end()


PARTICLE = re.compile(
    expand(r"(?:{point} out|{go} on to \w+|{put} it|{hit|fire|shoot} back|{lash} out|{sum} up)\b"), re.I
)
QUARREL = re.compile(expand("{argue|disagree|claim|blame|accuse|dispute|contradict|trade}"), re.I)
JOURNALISTS = re.compile(r"\s(?:the )?(?:reporters|journalists)\b")
# Verbs that things do too: "the move signals", "the attack suggests".
WEAK = re.compile(
    expand(
        r"^(?:{suggest|indicate|signal|imply|hint|find|project|estimate|count|express|voice|highlight|underline|underscore|"
        r"go|read|list|document|detail|outline|convey|relay|mention|point|recall|speak|contradict|describe|cite|quote|appeal|"
        r"figure|rule|make|cast|threaten|forecast|calculate|publish|release|report|regret|offer|answer|confirm|show}|branded|termed)"
    ),
    re.I,
)


_DEEDS = (
    (re.compile(r"declar|claim"), _DEED),
    (re.compile(r"claim"), _OF_ITS_OWN),
    (re.compile(r"welcom"), _RECEIVED),
    (re.compile(r"recall"), _WITHDRAWN),
    (re.compile(r"post"), _RESULT),
    (re.compile(r"conclud"), _MEETING),
)


def tells_deed(text: str, match: re.Match[str]) -> bool:
    """Tell whether a verb tells what is done and not what is said: "recalled its ambassador", "welcomed him at"."""
    verb = match[0].lower()
    return any(begins.match(verb) and goes_on.match(text, match.end()) for begins, goes_on in _DEEDS)


def is_reporting(text: str, match: re.Match[str]) -> bool:
    """Tell whether a verb of the public lexicon reports where it stands; the light ones need their other half."""
    return _HALF.match(match[0]) is None or LIGHT.match(text, match.start()) is not None


# What somebody did not say is the outlet's observation. For texts in lower case (see ``inflection.lowered``).
UNSAID = re.compile(
    expand(
        r"\b(?:(?:did|does|do|has|have|had|would|could|is|was|were)(?:n['’]t| not|not| never| neither)(?: \w+ly| "
        r"publicly| immediately)? "
        r"(?:{say|mention|comment|elaborate|specify|disclose|confirm|address|respond|identify|name|refer|repeat|"
        r"report|give})"
        r"|{decline|refuse} to (?:comment|say|elaborate|specify|name|confirm)|{make} no mention|would not be drawn|"
        r"{have} no (?:immediate |further )?comment|{say} (?:[\w’'-]+ ){1,4}had no (?:immediate |further )?comment|"
        r"{be} careful not to \w+|there (?:is|was|were) no (?:official |immediate )?(?:mention|word|comment|statement|response|confirmation)|no (?:immediate |official )?(?:comment|response|reaction|reply|word) "
        r"(?:from|was)|{reach} for comment|none of [^.;]{3,40} could be (?:reached|verified|confirmed)|could not (?:be (?:immediately |independently )?(?:verified|reached|confirmed)|"
        r"(?:immediately |independently )(?:verify|confirm))|"
        r"(?:was|were|is|are) not (?:authori[sz]ed|allowed|permitted) to|asked not to be (?:named|identified|quoted)|"
        r"{give} no (?:toll|figures?|details?|number|reasons?|explanation|indication|date|timeline|further)|"
        r"{move} (?:on )?to the next question|took no questions|{stop} short of|(?:rarely|seldom|hardly ever) {comment}|"
        r"{say} nothing(?= "
        r"(?:of|about|on|more|further)\b|\W*$)|without (?:saying|mentioning|elaborating|specifying|giving))\b"
    ),
)
# What stands after a side's name: Moscow's "version is another: …", Kyiv's "statement has it that …".
VERSION = re.compile(
    rf"^['’]?s? (?:[\w-]+ )?{POSSESSED}\b(?:[^,;:.“\"]{{0,60}}:\s|,? (?:\w+ )?(?:has it|is|was|holds|goes|reads|"
    rf"runs) that\b)",
    re.I,
)
