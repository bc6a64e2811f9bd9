"""The acts of diplomatic English: what a readout says that somebody did with words.

An act is found by its cue, a verb with all its forms or a set phrase ("take note of", "at the initiative of"). The
classes follow speech-act theory (Searle, *A Taxonomy of Illocutionary Acts*, 1975: directives, commissives, assertives,
expressives), cut as finely as readouts weigh their words. Each class has a step on the ladder of commitment.
"""

from __future__ import annotations

from enum import StrEnum

from .lookup import Lookup


class Act(StrEnum):
    """What is done in words."""

    INITIATE = "initiate"
    REQUEST = "request"
    OFFER = "offer"
    PROPOSE = "propose"
    INVITE = "invite"
    RAISE = "raise"
    AGREE = "agree"
    COMMIT = "commit"
    PROMISE = "promise"
    ACCEPT = "accept"
    REFUSE = "refuse"
    DENY = "deny"
    DISCUSS = "discuss"
    CONSIDER = "consider"
    NOTE = "note"
    HOPE = "hope"
    STATE = "state"
    WELCOME = "welcome"
    OBJECT = "object"


_SELF = r"(?:he|she|they|it|we|i)"
_WILL = r"(?:will|would|could|can|might|may|is (?:ready|prepared|willing)|was (?:ready|prepared|willing))"
_SOME = r"(?:[\w'’-]+ ){0,2}"

# In the order of precedence: where two cues overlap, the earlier class wins, and within a class the longer one.
CUES: dict[Act, tuple[str, ...]] = {
    Act.INITIATE: (
        r"(?:at|on|upon) the (?:initiative|instigation|motion)(?= of\b)",
        r"at the (?:suggestion|prompting|proposal|urging|behest)(?= of\b)",
        r"(?:at|on|upon) (?:[\w’'-]+ ){1,4}?(?:initiative|instigation|suggestion|prompting|urging|proposal|motion)",
        r"of (?:his|her|its|their|our|my) own (?:accord|motion|will|free will|volition)",
        r"(?:at|on|upon) the (?:[\w’'-]+ ){1,4}(?:side|party)(?:'s|’s)? (?:initiative|instigation|suggestion)",
        r"{initiate}",
        r"unprompted|without being asked|unbidden",
    ),
    Act.OFFER: (
        rf"{{suggest|propose|indicate|say}} that {_SELF} {_WILL} (?:{_SOME})?"
        r"(?:help|assist|participate|take part|mediate|host)",
        rf"{{suggest|propose}} that {_SELF} {_WILL}",
        r"{offer}(?! of\b)",
        r"{volunteer}",
        rf"{{express|voice|reaffirm|confirm|state|declare|indicate|signal|reiterate}} {_SOME}"
        r"(?:readiness|willingness|preparedness)",
        r"(?:ready|willing|prepared) to",
        r"{stand} ready",
        r"{extend|make} (?:an? )?offer",
        r"{place|put} (?:[\w’'-]+ ){1,4}at (?:the|his|her|their) disposal",
        r"(?:an|the|his|her|its|their) offer\b",
    ),
    Act.REQUEST: (
        r"would (?:much |very much |greatly )?(?:appreciate|welcome|be grateful)(?: it)? (?:if|for)",
        # A polite request in the conditional: what would help, be of use, be welcome.
        r"(?:could|would|can|might) (?:[\w’'-]+ ){0,2}?(?:use|do with"
        r"|(?:benefit|gain|profit)(?: [\w’'-]+)? from|be (?:of (?:\w+ )?(?:use|help|value)"
        r"|helpful|useful|valuable|welcome|indispensable|needed) (?:if|for|to|in))",
        r"would be (?:glad|happy|pleased|grateful|thankful)(?: to see)? (?:if|for)",
        r"would like (?:[\w’'-]+ ){1,4}to",
        r"counts? on (?:the )?(?:[\w’'-]+ ){0,3}(?:help|support|assistance|involvement|mediation)",
        r"(?:at|on|upon) the (?:[\w’'-]+ ){0,2}request(?= of\b)",
        r"(?:at|on|upon) (?:[\w’'-]+ ){1,4}?(?:request|invitation)",
        r"{ask|beg|urge|implore|entreat|beseech|request|demand|press|pressure|petition|solicit}",
        r"{seek}(?! to\b)",
        r"{call|prevail} (?:up)?on",
        r"{call|appeal|plead|push|press} (?:[\w’'-]+ )?for",
        r"{appeal} to",
        r"{make|renew|repeat|convey|submit|address|put} (?:forward )?(?:an? |the |his |her |their )?"
        r"(?:\w+ )?(?:request|appeal|plea|demand|call)",
        r"{want} (?:him|her|them|us|me)\b",
        r"(?:request|appeal|plea|demand)s?\b",
    ),
    Act.INVITE: (r"{invite}", r"{extend|issue|convey} (?:an? |the )?(?:\w+ )?invitation", r"invitation"),
    Act.PROPOSE: (
        r"{propose|suggest|recommend|advance|float}",
        r"{put|bring} (?:forward|forth)",
        r"{table}",
        r"(?:proposal|suggestion|initiative)s?\b",
    ),
    Act.REFUSE: (
        r"{refuse|reject|decline|dismiss|rebuff|spurn}",
        r"{rule|turn} (?:[\w’'-]+ )?(?:out|down)",
        r"{brush} aside",
        r"{withhold}",
        r"(?:refusal|rejection)",
        r"{stop} short of",
    ),
    Act.DENY: (r"{deny|refute|disavow|contradict|rebut}", r"(?:denial)", r"contrary to", r"{dispute}"),
    Act.OBJECT: (
        r"{object|protest|oppose|condemn|denounce|criticize|criticise|deplore|regret|complain}",
        r"{express|voice|convey|raise} (?:[\w’'-]+ ){0,3}(?:concern|concerns|alarm|dissatisfaction|indignation"
        r"|protest)",
        r"{lodge} (?:an? )?(?:\w+ )?protest",
    ),
    Act.AGREE: (
        r"{agree}",
        r"(?:{reach|conclude|strike|have}|{come} to) (?:an? |the |full |complete |no |any )?(?:\w+ )?"
        r"(?:agreement|understanding|deal|consensus|accord)",
        r"(?:were|was|are|is) (?:\w+ )?(?:in|of one) (?:\w+ )?(?:agreement|accord|mind)",
        r"{shake} hands (?:on|up ?on)?",
        r"(?:was|were|been|have|has|had) (?:\w+ )?(?:settled|decided|arranged|fixed)",
        r"{decide|arrange|settle|finalise|finalize|approve|endorse}",
        r"{see|saw} eye to eye",
        r"agreements?\b|understanding\b|accord\b",
        r"{join} (?:him|her|them|us|me) in",
    ),
    Act.COMMIT: (
        r"{commit|undertake|bind|guarantee|vow|swear|oblige}",
        r"{give|obtain|secure|receive|have|make} (?:[\w’'-]+ ){0,5}?(?:commitment|undertaking|guarantee)s?",
        r"{assure}",
        r"commitments?\b|guarantees?\b",
    ),
    Act.PROMISE: (
        r"{promise|pledge}",
        r"(?:word|assurances?|pledges?)\b",
        r"{take} it upon (?:himself|herself|themselves|myself|ourselves)",
    ),
    Act.ACCEPT: (
        r"{accept|consent|concede|acquiesce}",
        r"{give|lend} (?:his|her|its|their|my|our) (?:\w+ )?(?:consent|approval|blessing|assent)",
        r"{bow} to",
        r"(?:fine|okay|ok) with (?:me|us|him|her|them)",
    ),
    Act.CONSIDER: (
        r"{consider|study|weigh|explore|examine|contemplate}",
        r"{look} (?:at|into)",
        r"{think} (?:about|it over|over)",
        r"{give} (?:[\w’'-]+ ){0,3}(?:thought|consideration)",
        r"{take} (?:[\w’'-]+ ){1,5}(?:for study|under consideration|into consideration|under advisement)",
    ),
    Act.RAISE: (
        r"{raise|broach}",
        r"{bring|take} up",
        r"brought (?:[\w’'-]+ ){1,4}up",
        r"{press} (?:the )?(?:matter|issue|question|case)",
        r"{draw} attention to",
    ),
    Act.NOTE: (
        r"{take} (?:due |good |careful )?(?:note|cognizance|cognisance)",
        r"{note|acknowledge|hear|listen}",
        r"{take} (?:[\w’'-]+ ){1,4}into account",
        r"{mention}",
        r"{touch} (?:up)?on",
    ),
    Act.DISCUSS: (
        r"(?:nothing|not a word|no word|no mention|not a single word) (?:was |were |has been |had been |is )?"
        r"(?:\w+ )?(?:said|made|spoken|mentioned|uttered)?(?: [\w’'-]+){0,5}? (?:of|about|on|concerning)",
        r"{discuss|review|debate|tackle|examine}",
        r"{exchange} (?:views|opinions|assessments|notes)",
        r"exchange of (?:views|opinions|assessments)",
        r"{speak|talk} (?:at length |briefly |in detail )?(?:about|of|on|over)",
        r"{talk} (?:[\w’'-]+ )?over",
        r"{dwell} (?:up)?on",
        r"{go} (?:through|over|into)",
        r"{deal} with",
        r"(?:was|were) (?:also )?(?:the )?(?:subject|topic|focus)",
        r"discussions?\b(?= (?:was|were) (?:also )?given)|discussion was also given",
    ),
    Act.HOPE: (
        r"{hope|wish|expect|trust|anticipate}",
        r"{express|voice|share} (?:the |his |her |its |their )?(?:\w+ )?(?:hope|hopes|expectation|confidence|wish"
        r"|interest)",
        r"{speak} (?:out )?(?:in favour|in favor|for) ?(?:of)?",
        r"{look} forward",
        r"{advocate}",
    ),
    Act.WELCOME: (
        r"{welcome|thank|congratulate|praise|commend|applaud|salute|appreciate|hail}",
        r"{express|convey|voice} (?:[\w’'-]+ ){0,3}(?:appreciation|gratitude|thanks|satisfaction)",
        r"{pay} tribute",
    ),
    Act.STATE: (
        r"{state|stress|insist|reaffirm|reiterate|underline|underscore|emphasise|emphasize|affirm|assert|maintain"
        r"|declare"
        r"|explain|recall|remind|confirm|repeat|point|qualify|contend|argue|warn|claim|announce|inform|say|tell"
        r"|add|write"
        r"|describe|remark|observe|clarify|answer|reply|respond|outline|admit}",
        r"{make} (?:it )?(?:[\w’'-]+ )?(?:clear|plain)",
        r"{make} the case",
        r"{regard|view|see} (?:[\w’'-]+ ){1,6}as",
    ),
}

# How far the one who acts is bound afterwards (7: by an agreement; 0: not at all); acts without a step bind nobody.
STEPS: dict[Act, int] = {
    Act.AGREE: 7,
    Act.COMMIT: 6,
    Act.PROMISE: 6,
    Act.ACCEPT: 5,
    Act.OFFER: 4,
    Act.PROPOSE: 3,
    Act.REQUEST: 3,
    Act.CONSIDER: 2,
    Act.DISCUSS: 1,
    Act.NOTE: 1,
    Act.RAISE: 1,
    Act.HOPE: 1,
    Act.REFUSE: 0,
    Act.DENY: 0,
}

CUE_LOOKUP: Lookup[Act] = Lookup({act: "|".join(cues) for act, cues in CUES.items()})
