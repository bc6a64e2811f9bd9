"""The nouns by which English names people, offices, bodies and texts, as far as they tell who can speak for whom."""

from __future__ import annotations

import re

from .inflection import word_set

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
BODIES_OF_OFFICE = word_set(
    "government ministry forces force army military troops navy side delegation team leadership police intelligence embassy "
    "administration presidency office chancellery palace service department mission command guard guards council cabinet "
    "house diwan directorate staff mediation account version text statement readout summary communique communiqué post "
    "consulate parliament capital media"
)
OFFICIAL = OFFICE_PEOPLE | BODIES_OF_OFFICE
TEXTS = word_set(
    "statement statements readout release text document communiqué communique report summary post message note transcript "
    "letter tweet account version paper dossier"
)
WRITTEN = word_set(
    "survey study poll notice timeline analysis memo filing log bulletin dispatch leaflet census audit review research briefing lawsuit complaint petition suit indictment affidavit "
    "estimate estimates data figures findings forecast model circular telegram cable email memorandum letter"
)
DOCUMENTS = TEXTS | word_set(
    "memo memorandum letter telegram cable agency ministry office service government embassy bureau chancery directorate department secretariat council "
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
        "states parties delegations presidents tribunal court panel jury judge judges arbitrators magistrate"
    )
)
# Who belongs to a body that is named after them: "two people on the Tarsovan team", "a source at her ministry".
MEMBERS = word_set(
    "staff those member members people person persons somebody someone figure figures participant participants colleague"
)
BODIES = BODIES_OF_OFFICE | word_set(
    "position thinking plans plan deliberations discussions proposal ministries embassies talks circle entourage camp negotiations bureau agency directorate"
)
HUMAN |= {f"{noun}s" for noun in HUMAN}
THINGS = word_set(
    "law treaty agreement deal accord constitution contract plan resolution article rule rules banner pact truce ceasefire "
    "protocol decree bill move decision attack strike data figures evidence poll survey polls reports claims talks meeting "
    "call conversation visit war fighting war's"
)
NOBODY = word_set(
    "some many others nobody none all few most neither everyone everybody much more both this that these those"
)
NO_ONE_OF = word_set("your my our each every neither either")
MASSES = word_set("police people media government parliament men women state congress intelligence opposition")
RANKS = word_set(
    "foreign defence defense interior finance trade energy economy press prime state presidential royal federal justice "
    "transport health culture sports labour labor external internal public information national official written short joint "
    "same final full latest russian-language oil agriculture home"
)
# Texts that bind those who signed them: what is so "according to the accord" nobody says.
BINDING = word_set(
    "law treaty agreement agreements accord accords constitution protocol resolution pact decree contract"
)
SENT = word_set("ambassador ambassadors envoy envoys emissary representative negotiator consul")
PLACED = word_set("of for at in to from close with inside within near on familiar")
MEDIA = re.compile(
    r"\b(?:TASS|RIA|RIA Novosti|Interfax|Reuters|AP|AFP|Associated Press|Agence France-Presse|Xinhua|CNN|BBC|NBC|ABC|CBS|"
    r"Fox|Axios|Bloomberg|Politico|Al Jazeera|Anadolu|IRNA|Tasnim|Fars|ISNA|Kyodo|Yonhap|ANI|PTI|DPA|dpa|ANSA|EFE|Kommersant|"
    r"Izvestia|Vedomosti|Sputnik|RT|Ukrinform|Meduza|Times|Post|Herald|Courier|Gazette|Journal|Tribune|Observer|Guardian|"
    r"Economist|Ledger|Sentinel|Dispatch|Bulletin|Chronicle|Examiner|Inquirer|Weekly|Daily|Zeitung|magazine|tabloid|portal|blog|"
    r"Telegraph|Spiegel|Monde|Figaro|[Nn]ews|newspapers?|media|broadcasters?|television|TV|radio|daily|channel|outlets?|"
    r"website|news agency|news agencies|wire)\b"
)
ONE_OF_THEM = word_set("one another others")  # of those who have spoken
