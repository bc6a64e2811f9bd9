"""What a noun phrase that speaks is: somebody of the event, a pronoun, a document, an office, a stranger.

"The president of Zavod" is known, "a nurse in Zavod" and "Zavod's opposition" are strangers: whether a side's name makes
somebody speak for it depends on the noun beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from . import naming
from .countries import country
from .inflection import word_set
from .phrases import DETERMINERS, OBJECTS, PREPOSITIONS, PRONOUNS, Phrase, Word
from .roster import Mention, MentionKind
from .structures import Span


class SubjectKind(StrEnum):
    """What the subject of a frame is; ``OUTLET`` is "we" and "I" outside quotation marks."""

    KNOWN = "known"
    BOTH = "both"
    PRONOUN = "pronoun"
    DOCUMENT = "document"
    NOUN = "noun"
    STRANGER = "stranger"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is said to say it.

    ``span`` covers the words that name them, ``named`` also their asides. ``name`` is that of a stranger or of a person
    whom only this phrase gives to a side; ``described`` is who speaks without a name ("a Tarsovan official"); ``side``
    the mention of the side, if there is one. ``personal`` tells a human being from a body.
    """

    kind: SubjectKind
    span: Span
    named: Span
    side: Mention | None = None
    name: str = ""
    described: str = ""
    personal: bool = False


# Nouns that speak for the state or body whose name stands beside them.
OFFICE_PEOPLE = word_set(
    "official officials spokesman spokeswoman spokesperson spokespeople diplomat diplomats source sources negotiator "
    "negotiators envoy envoys ambassador minister ministers president premier chancellor leader leaders aide aides adviser "
    "advisers advisor advisors commander commanders general generals officer officers representative representatives "
    "secretary chief head insider insiders delegate delegates counterpart lawmaker lawmakers lawyers authorities governor "
    "director deputy chairman chairwoman king queen prince emir sultan sherpa consul attache attaché attachés admiral "
    "colonel captain mediator mediators number policeman policewoman policemen inspector inspectors prosecutor prosecutors "
    "commodore brigadier marshal major lieutenant sergeant undersecretary councillor commissioner bureaucrat staffer "
    "executive executives staffers agent agents boss bosses manager coach counsel chairperson chair treasurer clerk superintendent "
    "vice-president monarch princess emperor taoiseach"
)
_BODIES_OF_OFFICE = word_set(
    "government ministry forces force army military troops navy side delegation team leadership police intelligence embassy "
    "administration presidency office chancellery palace service department mission command guard guards council cabinet "
    "house diwan directorate staff mediation account version text statement readout summary communique communiqué post "
    "consulate parliament capital media"
)
OFFICIAL = OFFICE_PEOPLE | _BODIES_OF_OFFICE
TEXTS = word_set(
    "statement statements readout release text document communiqué communique report summary post message note transcript "
    "letter tweet account version paper dossier"
)
WRITTEN = word_set(
    "survey study poll notice timeline analysis memo filing log bulletin dispatch leaflet census audit review research briefing lawsuit complaint petition suit indictment affidavit "
    "estimate estimates data figures findings forecast model circular telegram cable email memorandum letter"
)
_DOCUMENTS = TEXTS | word_set(
    "agency ministry office service government embassy bureau chancery directorate department secretariat council "
    "commission diwan court administration chancellery presidency palace media delegation side cabinet"
)
PRIVATE = word_set(
    "opposition former ex exiled ousted jailed analyst analysts expert experts economist economists historian historians "
    "journalist journalists reporter reporters correspondent correspondents editor editors activist activists blogger bloggers resident residents scientist scientists "
    "professor researcher researchers businessman businesswoman newspaper newspapers daily bank banks company companies "
    "voters protesters critics citizens people refugees survivors witness witnesses families family observers commentators "
    "commentator pundits pundit tank watchdog charity student students writer poet singer farmer farmers trader traders "
    "investors markets market outlet outlets website channel tabloid fans soldier soldiers fishermen driver drivers "
    "lawyer doctor doctors nurse patient author villagers locals men women man woman critic scholar scholars nationals "
    "dockworker dockworkers worker workers analysts brokers broker herders herder skipper skippers pensioner pensioners postman neighbour neighbours neighbor "
    "neighbors consultant consultants strategist strategists lobbyist campaigner campaigners midwife miner miners pilot "
    "shopkeeper shopkeepers passer-by onlookers bystanders fisherman truckers trucker parents wife husband son daughter "
    "brother sister cousin friend friends colleague colleagues politician politicians oligarch tycoon broadcaster television agencies dissident group groups union opposition's mother father widow tv"
)
HUMAN = (
    PRIVATE
    | OFFICIAL
    | word_set(
        "scientist owner operator manager spokesmen engineer fisherman passenger sailor sailors crew teacher priest bishop "
        "monks mayor police executive executives insiders persons organisers organizers organization organisation committee "
        "association league federation commission agency alliance coalition ministers governments capitals embassies sides "
        "states parties delegations presidents"
    )
)
# Who belongs to a body that is named after them: "two people on the Tarsovan team", "a source at her ministry".
MEMBERS = word_set(
    "staff those member members people person persons somebody someone figure figures participant participants colleague"
)
BODIES = _BODIES_OF_OFFICE | word_set(
    "position thinking plans plan deliberations discussions proposal ministries embassies talks circle entourage camp negotiations bureau agency directorate"
)
HUMAN |= {f"{noun}s" for noun in HUMAN}
_THINGS = word_set(
    "law treaty agreement deal accord constitution contract plan resolution article rule rules banner pact truce ceasefire "
    "protocol decree bill move decision attack strike data figures evidence poll survey polls reports claims talks meeting "
    "call conversation visit war fighting war's"
)
_NOBODY = word_set(
    "some many others nobody none all few most neither everyone everybody much more both this that these those"
)
_NO_ONE_OF = word_set("your my our each every neither either")
_MASSES = word_set("police people media government parliament men women state congress intelligence opposition")
_RANKS = word_set(
    "foreign defence defense interior finance trade energy economy press prime state presidential royal federal justice "
    "transport health culture sports labour labor external internal public information national official written short joint "
    "same final full latest russian-language oil agriculture home"
)
_INDEFINITE = word_set("a an one another two three several some")
_SENT = word_set("ambassador ambassadors envoy envoys emissary representative negotiator consul")
_PLACED = word_set("of for at in to from close with inside within near on familiar")
_MEDIA = re.compile(
    r"\b(?:TASS|RIA|RIA Novosti|Interfax|Reuters|AP|AFP|Associated Press|Agence France-Presse|Xinhua|CNN|BBC|NBC|ABC|CBS|"
    r"Fox|Axios|Bloomberg|Politico|Al Jazeera|Anadolu|IRNA|Tasnim|Fars|ISNA|Kyodo|Yonhap|ANI|PTI|DPA|dpa|ANSA|EFE|Kommersant|"
    r"Izvestia|Vedomosti|Sputnik|RT|Ukrinform|Meduza|Times|Post|Herald|Courier|Gazette|Journal|Tribune|Observer|Guardian|"
    r"Economist|Ledger|Sentinel|Dispatch|Bulletin|Chronicle|Examiner|Inquirer|Weekly|Daily|Zeitung|magazine|tabloid|portal|blog|"
    r"Telegraph|Spiegel|Monde|Figaro|[Nn]ews|newspapers?|media|broadcasters?|television|TV|radio|daily|channel|outlets?|"
    r"website|news agency|news agencies|wire)\b"
)
_CAPITALS = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.&-]*(?: (?:of|for|de|van|von|al|and|the|bin|der|la)(?: (?:the|la))?(?= [A-ZÀ-ÖØ-ÞĀ-Ž])"
    r"| [A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.&-]*)*"
)


ONE_OF_THEM = word_set("one another others")  # of those who have spoken
_SOME = word_set("one some two three four several many most another few both")
_NAME_AT_END = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+ [A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+$")


_NAME_AFTER_NOUN = re.compile(r"\b(?P<noun>[a-z]+) (?P<name>[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+(?: [A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+){1,2})$")
# "Secretary of State Marco Rubio", "Ambassador to the U.N. John Danforth".
_TITLED = re.compile(
    r"\b[A-Z]\w+ (?:of|for|to)(?: the)? (?P<of>(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w.’'-]* (?:and )?){1,4}?"
    r"(?P<name>[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+ [A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+))$"
)
_NAME_IN_ASIDE = re.compile(r", (?P<name>[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]+(?: [A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+){1,3})(?:,|$)")


def subject_of(phrase: Phrase, masked: str, mentions: Sequence[Mention], both: Sequence[Span]) -> Subject | None:
    """Return what a phrase names, or None if it cannot speak."""
    first = phrase.first_part
    core, named = _span(phrase.core), phrase.span
    if len(phrase.core) == 1 and first[0].low in PRONOUNS | OBJECTS.keys() | ONE_OF_THEM:
        return _pronoun(phrase)
    rest = phrase.core[len(first) + 1 :]
    if len(first) == 1 and first[0].low in _SOME and rest and phrase.core[len(first)].low == "of":
        found = subject_of(Phrase(rest, len(rest)), masked, mentions, both)
        return replace(found, span=core, named=named, described=_decapitalized(core.of(masked))) if found else None
    officials = {word.low for word in first} & OFFICIAL
    if _names_both(phrase, mentions, both) or (officials and any(one.overlaps(core) for one in both)):
        return Subject(SubjectKind.BOTH, core, named)
    if found := _of_author(phrase, masked, mentions, both) or _titled(phrase, mentions):
        return found
    head = [one for one in mentions if core.start <= one.span.start < first[-1].end]
    if head:
        return _led_by(head, phrase, masked, mentions)
    found = _appositive(phrase, masked, mentions) or _placed(phrase, masked, mentions) or _unknown(phrase, masked)
    return _with_name(found, phrase, masked) if found else None


def _titled(phrase: Phrase, mentions: Sequence[Mention]) -> Subject | None:
    """Return the person whose name ends a long title: "Union Minister for Water Resources Harish Kaulgud"."""
    core, first = phrase.core, phrase.first_part
    if len(first) == len(core) or not first[0].is_capital or first[-1].low not in OFFICE_PEOPLE:
        return None
    end = core[-1].end
    person = next((one for one in mentions if one.person is not None and one.span.end == end), None)
    before = next((word for word in reversed(core) if person and word.end <= person.span.start), None)
    if (
        person is None
        or before is None
        or before.low in PREPOSITIONS | DETERMINERS
        or person.kind is not MentionKind.PERSON
    ):
        return None
    return Subject(SubjectKind.KNOWN, _span(core), phrase.span, person, personal=True)


def _pronoun(phrase: Phrase) -> Subject | None:
    word, core = phrase.core[0].low, _span(phrase.core)
    if word == "you":
        return None
    if word in ONE_OF_THEM:
        return Subject(SubjectKind.NOUN, core, phrase.span, personal=True)
    kind = SubjectKind.OUTLET if word in {"we", "i"} else SubjectKind.PRONOUN
    return Subject(kind, core, phrase.span, personal=word in {"he", "she", "him", "her"})


def _with_name(found: Subject, phrase: Phrase, masked: str) -> Subject:
    """Return somebody with the name that an aside gives: "her skipper, Yannick Kerdoret"."""
    if (
        found.kind not in {SubjectKind.NOUN, SubjectKind.STRANGER}
        or not phrase.asides
        or phrase.first_part[-1].is_capital
    ):
        return found
    named = _NAME_IN_ASIDE.match(masked[phrase.asides[0].start : phrase.asides[-1].end])
    return replace(found, kind=SubjectKind.STRANGER, name=named["name"], personal=True) if named else found


def _decapitalized(text: str) -> str:
    return text[0].lower() + text[1:]


def _of_author(phrase: Phrase, masked: str, mentions: Sequence[Mention], both: Sequence[Span]) -> Subject | None:
    """Return whose text a phrase names: "a survey by Shelfwise", "a detention notice from the Port Authority"."""
    first, core = phrase.first_part, phrase.core
    if first[-1].low not in TEXTS | WRITTEN:
        return None
    place = len(first)
    while place < len(core) and not (core[place].low in {"by", "from", "of"} and place + 1 < len(core)):
        place += 1
    rest = core[place + 1 :]
    if not rest or not any(word.is_capital or word.low in _DOCUMENTS for word in rest):
        return None
    of = core[place].low == "of"
    found = subject_of(Phrase(rest, len(rest)), masked, mentions, both)
    if found is None or found.kind is SubjectKind.PRONOUN or (of and found.kind is not SubjectKind.KNOWN):
        return None
    return replace(found, span=_span(core), named=phrase.span)


def is_relay(subject: Subject, masked: str) -> bool:
    """Tell whether a stranger is a news medium, which hands on what others say."""
    return subject.kind is SubjectKind.STRANGER and _MEDIA.search(subject.span.of(masked)) is not None


def is_human(subject: Subject, masked: str) -> bool:
    """Tell whether a subject can hold an opinion: it has a name of its own, or a noun for people or bodies."""
    if subject.kind is SubjectKind.NOUN:
        return subject.span.of(masked).lower().rsplit(maxsplit=1)[-1] in HUMAN | TEXTS
    if subject.kind is not SubjectKind.STRANGER or subject.personal:
        return True
    text = subject.span.of(masked)
    if subject.name[:1].isupper() and text.lower().rsplit(maxsplit=1)[-1] in WRITTEN | TEXTS:
        return True
    if text[0].isupper() and " " not in text and not text.endswith("s"):
        return True
    return bool(set(re.findall(r"[\w’'-]+", text.lower())) & HUMAN) or _CAPITALS.search(text, 1) is not None


def _span(words: Sequence[Word]) -> Span:
    return Span(words[0].start, words[-1].end)


def _names_both(phrase: Phrase, mentions: Sequence[Mention], both: Sequence[Span]) -> bool:
    """Tell whether a phrase names two sides: "both sides", "the two leaders", "Issoure and Bandal"."""
    span = _span(phrase.first_part)
    if any(one.start <= span.start + 4 and one.overlaps(span) for one in both):
        return True
    inside = [one for one in mentions if one.span.overlaps(span)]
    if len({one.source for one in inside}) < 2:
        return False
    between = {word.low for word in phrase.first_part if inside[0].span.end <= word.start < inside[-1].span.start}
    return "and" in between


def _led_by(head: Sequence[Mention], phrase: Phrase, masked: str, mentions: Sequence[Mention]) -> Subject | None:
    """Return what a phrase names whose first part holds a side's name: the side's people, its office, or a stranger."""
    people = [one for one in head if one.person is not None and one.kind is MentionKind.PERSON]
    side = people[-1] if people else head[-1]
    core = _span(phrase.core)
    rest = [word for word in phrase.first_part if word.start >= side.span.end]
    before = {word.low for word in phrase.first_part if word.end <= side.span.start}
    lower = {word.low for word in rest if not word.is_capital}
    inside = set() if side.kind is MentionKind.OFFICE else _inside_words(side, masked)
    if (before | lower | inside) & PRIVATE and not people:
        return _unknown(phrase, masked)
    name = " ".join(word.text for word in rest if word.is_capital)
    if people and not rest:
        return Subject(SubjectKind.KNOWN, core, phrase.span, side, personal=True)
    if name and (lower & OFFICIAL or side.kind in {MentionKind.TITLE, MentionKind.OFFICE}):
        return Subject(SubjectKind.KNOWN, core, phrase.span, side, naming.bare_name(name), personal=True)
    if name and not lower and _is_title(rest):
        return Subject(SubjectKind.KNOWN, core, phrase.span, side)
    if name or (lower and not lower & (OFFICIAL | WRITTEN | TEXTS)):
        return _unknown(phrase, masked)
    apposed = _person_beside(phrase, side, mentions)
    described = "" if apposed else _described(phrase, masked)
    return Subject(SubjectKind.KNOWN, core, phrase.span, apposed or side, described=described, personal=bool(apposed))


def _inside_words(side: Mention, masked: str) -> set[str]:
    return set(side.span.of(masked).lower().split())


def _is_title(rest: Sequence[Word]) -> bool:
    return {word.low for word in rest} <= OFFICIAL | _RANKS


def _person_beside(phrase: Phrase, side: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """Return the person whom an aside names: "Voskan's spokesman, Milan Drustan"."""
    if not phrase.asides:
        return None
    start, end = phrase.asides[0].start, phrase.asides[-1].end
    for one in mentions:
        if start <= one.span.start < end and one.person is not None and one.source == side.source:
            opened = [word for word in phrase.asides if word.end <= one.span.start]
            if not any(word.low in {"who", "whose", "which", "citing", "with"} for word in opened):
                return one
    return None


def _described(phrase: Phrase, masked: str) -> str:
    """Return the words for somebody without a name who speaks, or an empty string for an office or a state."""
    noun = phrase.first_part[-1].low
    if noun not in OFFICE_PEOPLE | PRIVATE | MEMBERS:
        return ""
    text = _span(phrase.core).of(masked)
    return _decapitalized(text) if phrase.core[0].low in DETERMINERS else text


def _appositive(phrase: Phrase, masked: str, mentions: Sequence[Mention]) -> Subject | None:
    """Return whom an aside ties to a side: "Fan Yulin, a ministry spokesman", "its premier, Ragna Dahl"."""
    if not phrase.asides:
        return None
    start = phrase.asides[0].start
    for one in mentions:
        if not start <= one.span.start < phrase.asides[-1].end:
            continue
        opened = {word.low for word in phrase.asides if word.end <= one.span.start}
        told = {word.low for word in phrase.asides if one.span.end <= word.start}
        if opened & {"who", "whose", "which", "citing", "with"} or (told | opened) & PRIVATE:
            return None
        core = _span(phrase.core)
        if one.person is not None and one.kind is MentionKind.PERSON:
            return Subject(SubjectKind.KNOWN, core, phrase.span, one, personal=True)
        placed = naming.is_located(masked, one.span.start) and not opened & OFFICIAL
        if placed or (len(opened) > 1 and opened & HUMAN and not opened & OFFICIAL):
            return None  # "Marta Lund, a dockworker in Lusk"
        if opened & OFFICIAL or told & OFFICIAL or one.kind in {MentionKind.TITLE, MentionKind.OFFICE}:
            name = naming.bare_name(core.of(masked)) if phrase.core[-1].is_capital else ""
            return Subject(SubjectKind.KNOWN, core, phrase.span, one, name, personal=bool(name))
    return None


def _placed(phrase: Phrase, masked: str, mentions: Sequence[Mention]) -> Subject | None:
    """Return the side whose people or office a phrase names by a preposition: "a spokesman for the Karskan guard"."""
    first, core = phrase.first_part, _span(phrase.core)
    if len(first) == len(phrase.core):
        return None
    words = {word.low for word in first}
    later = [one for one in mentions if first[-1].end < one.span.start < core.end]
    joined = {word.low for word in phrase.core[len(first) :] if not later or word.end <= later[0].span.start}
    if not later or not joined & _PLACED or joined & PRIVATE or (words & _SENT and "to" in joined):
        return None  # "the US ambassador to Moscow" is not Moscow's
    side = later[0]
    member = words & MEMBERS and {word.low for word in phrase.core[len(first) :]} & BODIES
    if words & PRIVATE and not member:
        return None
    if (
        not words & OFFICIAL
        and not member
        and naming.ROLE.search(_span(first).of(masked)) is None
        and not first[-1].is_capital
    ):
        return None
    if first[-1].is_capital and first[-1].low not in OFFICIAL and "of" not in joined:
        return None
    name = naming.bare_name(_span(first).of(masked)) if first[-1].is_capital and " " in _span(first).of(masked) else ""
    if name and name.split()[-1].lower() in OFFICIAL | _RANKS:
        name = ""
    holder = _person_beside(phrase, side, mentions)
    described = "" if name or holder else _described(phrase, masked)
    return Subject(
        SubjectKind.KNOWN,
        core,
        phrase.span,
        holder or side,
        "" if holder else name,
        described or "-",
        bool(name or holder),
    )


def _unknown(phrase: Phrase, masked: str) -> Subject | None:
    """Return a document, an office or a stranger."""
    first, core = phrase.first_part, _span(phrase.core)
    noun = first[-1].low.removesuffix("'s")
    if (noun in _NOBODY and len(first) == 1) or first[0].low in _NO_ONE_OF:
        return None
    definite = first[0].low in {"the", "his", "her", "its", "their", "this", "that"}
    plain = not any(word.is_capital and word.low not in _RANKS | _DOCUMENTS for word in first[1:])
    if plain and noun in _DOCUMENTS and (definite or noun in TEXTS) and not _is_named_body(phrase):
        return Subject(SubjectKind.DOCUMENT, core, phrase.span)
    bare_office = re.fullmatch(r"the head of (?:state|government|mission|delegation)", core.of(masked).lower())
    simple = plain and definite and len(phrase.core) == len(first) and not {word.low for word in first} & _THINGS
    if bare_office or simple:
        return Subject(SubjectKind.NOUN, core, phrase.span, personal=True)
    return _stranger(phrase, masked)


def _is_named_body(phrase: Phrase) -> bool:
    """Tell whether an office has a name of its own: "the Council of National Minorities"."""
    rest = phrase.core[len(phrase.first_part) :]
    return phrase.first_part[-1].is_capital and len(rest) > 1 and rest[0].low == "of" and rest[1].is_capital


def _stranger(phrase: Phrase, masked: str) -> Subject | None:
    """Return somebody of no side, or None for a thing or for a headline's words."""
    first, core = phrase.first_part, _span(phrase.core)
    noun = first[-1].low.removesuffix("'s")
    if (
        noun in TEXTS | WRITTEN
        and first[0].is_capital
        and first[0].low not in DETERMINERS
        and (first[0].start != _begins(masked) or first[0].low.endswith("'s"))
    ):
        name = " ".join(word.text for word in first if word.is_capital)
        return Subject(SubjectKind.STRANGER, core, phrase.span, name=name.removesuffix("'s").removesuffix("’s"))
    capitals = [word for word in first if word.is_capital and word is not first[0]]
    if noun in _THINGS and not capitals:
        return None
    owned = first[0].is_capital and first[0].low.endswith("'s")
    bare = first[0].low not in DETERMINERS and not owned and not first[-1].is_capital and not noun.endswith("s")
    if bare and not capitals and noun not in _MASSES and not first[0].text[0].isdigit():
        return None  # "Red-faced minister": nobody is named, as in a headline
    if named := _person_at_end(phrase, masked):
        return Subject(SubjectKind.STRANGER, core, phrase.span, name=named, personal=True)
    name, personal = _name_of(phrase, masked)
    return Subject(SubjectKind.STRANGER, core, phrase.span, name=name, personal=personal) if name else None


def _person_at_end(phrase: Phrase, masked: str) -> str:
    """Return the name with which a phrase ends after a title or a noun for people, or an empty string."""
    text, title = _span(phrase.core).of(masked), phrase.first_part[-1]
    noun = _NAME_AFTER_NOUN.search(text)
    if noun and noun["noun"] in PRIVATE:
        return noun["name"]
    if title.low not in OFFICE_PEOPLE:
        return ""
    titled = _TITLED.search(text)
    if titled and not country(titled["of"]):
        return titled["name"]
    named = _NAME_AT_END.search(text) if not title.is_capital or title.start == _begins(masked) else None
    return named[0] if named else ""


def _name_of(phrase: Phrase, masked: str) -> tuple[str, bool]:
    """Return a stranger's name and whether it is a human being's."""
    text = _span(phrase.core).of(masked)
    first = phrase.first_part
    begin = first[0].end if first[0].low in DETERMINERS and len(first) > 1 else first[0].start
    body = masked[begin : first[-1].end].strip()
    runs = [match[0] for match in _CAPITALS.finditer(masked[begin : phrase.core[-1].end])]
    if first[0].low in DETERMINERS and runs and first[-1].is_capital and body.startswith(runs[0].split()[0]):
        return runs[0].removesuffix("’s").removesuffix("'s"), False
    if len(first) == 1 and (first[0].low in HUMAN or first[0].low in _MASSES) and first[0].start == _begins(masked):
        return _decapitalized(text), True
    roles = list(naming.ROLE.finditer(body)) if first[-1].is_capital else []
    if roles and roles[-1].end() < len(body) and body[roles[-1].end() + 1 :][:1].isupper():
        return naming.bare_name(body[roles[-1].end() + 1 :]), True
    if first[-1].is_capital and runs:
        last = [match[0] for match in _CAPITALS.finditer(body)]
        bare = naming.bare_name(last[-1]) if last else ""
        return bare, " " in bare or first[0].low in {"mr", "mr.", "ms", "ms.", "mrs", "mrs."}
    personal = bool({word.low for word in first} & HUMAN)
    return _owner(phrase, masked) or (_decapitalized(text), personal)


def _begins(masked: str) -> int:
    return next((place for place, sign in enumerate(masked) if sign.isalnum()), 0)


def _owner(phrase: Phrase, masked: str) -> tuple[str, bool] | None:
    """Return the body or state that a phrase without a person's name speaks for: "a commission of the World Council"."""
    first = phrase.first_part
    for word in first:
        state = country(word.text.removesuffix("’s").removesuffix("'s"))
        if state is not None and {one.low for one in first} & OFFICIAL:
            return state.names[0], False
    owners = [word for word in first if word.is_capital and word.low.endswith("'s")]
    if owners and {one.low for one in first} & OFFICIAL:
        return owners[0].text[:-2], False
    joined = phrase.core[len(first) : len(first) + 1]
    capitals = _CAPITALS.search(masked, first[-1].end, phrase.core[-1].end)
    if (
        joined
        and joined[0].low in {"of", "for"}
        and capitals
        and {one.low for one in first} & (OFFICIAL | {"commission"})
    ):
        return capitals[0], False
    return None


__all__ = ["PREPOSITIONS", "Subject", "SubjectKind", "is_human", "is_relay", "subject_of"]
