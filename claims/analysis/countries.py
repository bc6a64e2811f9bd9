"""States and unions of the world: how English texts name them, their people and their seats of power.

One line an entity: names | adjectives and peoples | seats of power and metonyms. A capital stands for its government
("Moscow said"). Forms that are also common English words in another sense are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

_TABLE = """
United States,United States of America,USA,U.S.A.,U.S.,U.S,US,America|American|\
Washington,White House,State Department,Pentagon,Oval Office,Capitol Hill
Russia,Russian Federation|Russian|Moscow,Kremlin
China,People's Republic of China,PRC|Chinese|Beijing,Zhongnanhai
United Kingdom,UK,U.K.,U.K,Great Britain,Britain|British,Briton|\
London,Downing Street,No 10,No. 10,Whitehall,Foreign Office
France,French Republic|French,Frenchman|Paris,Élysée,Elysée,Elysee,Quai d'Orsay,Matignon
Germany,Federal Republic of Germany|German|Berlin
Ukraine|Ukrainian|Kyiv,Kiev,Bankova
European Union,EU,E.U.|European|Brussels,European Commission,European Council
NATO,North Atlantic Treaty Organization,North Atlantic Alliance||
United Nations,UN,U.N.||
African Union,AU||
OSCE,Organization for Security and Co-operation in Europe||
Afghanistan|Afghan|Kabul
Albania|Albanian|Tirana
Algeria|Algerian|Algiers
Andorra|Andorran|Andorra la Vella
Angola|Angolan|Luanda
Antigua and Barbuda|Antiguan|St. John's
Argentina|Argentine,Argentinian,Argentinean|Buenos Aires,Casa Rosada
Armenia|Armenian|Yerevan
Australia|Australian|Canberra
Austria|Austrian|Vienna
Azerbaijan|Azerbaijani,Azeri|Baku
Bahamas,The Bahamas|Bahamian|Nassau
Bahrain|Bahraini|Manama
Bangladesh|Bangladeshi|Dhaka
Barbados|Barbadian|Bridgetown
Belarus|Belarusian,Belarussian|Minsk
Belgium|Belgian|Brussels
Belize|Belizean|Belmopan
Benin|Beninese|Porto-Novo,Cotonou
Bhutan|Bhutanese|Thimphu
Bolivia|Bolivian|La Paz,Sucre
Bosnia and Herzegovina,Bosnia|Bosnian|Sarajevo
Botswana|Botswanan,Motswana|Gaborone
Brazil|Brazilian|Brasília,Brasilia,Planalto,Itamaraty
Brunei|Bruneian|Bandar Seri Begawan
Bulgaria|Bulgarian|Sofia
Burkina Faso|Burkinabe,Burkinabè|Ouagadougou
Burundi|Burundian|Gitega,Bujumbura
Cabo Verde,Cape Verde|Cape Verdean,Cabo Verdean|Praia
Cambodia|Cambodian|Phnom Penh
Cameroon|Cameroonian|Yaoundé,Yaounde
Canada|Canadian|Ottawa
Central African Republic|Central African|Bangui
Chad|Chadian|N'Djamena
Chile|Chilean|Santiago,La Moneda
Colombia|Colombian|Bogotá,Bogota,Casa de Nariño
Comoros|Comorian|Moroni
Congo,Republic of the Congo,Congo-Brazzaville|Congolese|Brazzaville
Democratic Republic of the Congo,Democratic Republic of Congo,DRC,DR Congo|Congolese|Kinshasa
Costa Rica|Costa Rican|San José
Côte d'Ivoire,Ivory Coast,Cote d'Ivoire|Ivorian|Yamoussoukro,Abidjan
Croatia|Croatian,Croat|Zagreb
Cuba|Cuban|Havana
Cyprus|Cypriot|Nicosia
Czechia,Czech Republic|Czech|Prague
Denmark|Danish,Dane|Copenhagen
Djibouti|Djiboutian|
Dominica|Dominican|Roseau
Dominican Republic|Dominican|Santo Domingo
Ecuador|Ecuadorian,Ecuadorean|Quito
Egypt|Egyptian|Cairo
El Salvador|Salvadoran,Salvadorean|San Salvador
Equatorial Guinea|Equatorial Guinean,Equatoguinean|Malabo
Eritrea|Eritrean|Asmara
Estonia|Estonian|Tallinn
Eswatini,Swaziland|Swazi|Mbabane
Ethiopia|Ethiopian|Addis Ababa
Fiji|Fijian|Suva
Finland|Finnish,Finn|Helsinki
Gabon|Gabonese|Libreville
Gambia,The Gambia|Gambian|Banjul
Georgia|Georgian|Tbilisi
Ghana|Ghanaian|Accra
Greece|Greek|Athens
Grenada|Grenadian|
Guatemala|Guatemalan|
Guinea|Guinean|Conakry
Guinea-Bissau|Bissau-Guinean|Bissau
Guyana|Guyanese|Georgetown
Haiti|Haitian|Port-au-Prince
Honduras|Honduran|Tegucigalpa
Hungary|Hungarian|Budapest
Iceland|Icelandic,Icelander|Reykjavík,Reykjavik
India|Indian|New Delhi,Delhi,South Block,Ministry of External Affairs
Indonesia|Indonesian|Jakarta
Iran,Islamic Republic of Iran,Islamic Republic|Iranian|Tehran,Teheran
Iraq|Iraqi|Baghdad
Ireland|Irish,Irishman|Dublin
Israel|Israeli|Jerusalem,Tel Aviv
Italy|Italian|Rome,Palazzo Chigi,Quirinale,Farnesina
Jamaica|Jamaican|Kingston
Japan|Japanese|Tokyo
Jordan|Jordanian|Amman
Kazakhstan|Kazakh,Kazakhstani|Astana,Akorda
Kenya|Kenyan|Nairobi
Kiribati|I-Kiribati|Tarawa
North Korea,Democratic People's Republic of Korea,DPRK,D.P.R.K.|North Korean|Pyongyang
South Korea,Republic of Korea,ROK|South Korean,Korean|Seoul,Blue House
Kosovo|Kosovan,Kosovar|Pristina,Prishtina
Kuwait|Kuwaiti|Kuwait City
Kyrgyzstan|Kyrgyz,Kyrgyzstani|Bishkek
Laos|Lao,Laotian|Vientiane
Latvia|Latvian|Riga
Lebanon|Lebanese|Beirut
Lesotho|Basotho|Maseru
Liberia|Liberian|Monrovia
Libya|Libyan|Tripoli
Liechtenstein|Liechtensteiner|Vaduz
Lithuania|Lithuanian|Vilnius
Luxembourg|Luxembourger,Luxembourgish|
Madagascar|Malagasy|Antananarivo
Malawi|Malawian|Lilongwe
Malaysia|Malaysian|Kuala Lumpur,Putrajaya
Maldives|Maldivian|Malé
Mali|Malian|Bamako
Malta|Maltese|Valletta
Marshall Islands|Marshallese|Majuro
Mauritania|Mauritanian|Nouakchott
Mauritius|Mauritian|Port Louis
Mexico|Mexican|Mexico City,Los Pinos
Micronesia,Federated States of Micronesia|Micronesian|Palikir
Moldova|Moldovan|Chișinău,Chisinau
Monaco|Monégasque,Monegasque|
Mongolia|Mongolian|Ulaanbaatar,Ulan Bator
Montenegro|Montenegrin|Podgorica
Morocco|Moroccan|Rabat
Mozambique|Mozambican|Maputo
Myanmar,Burma|Burmese|Naypyidaw
Namibia|Namibian|Windhoek
Nauru|Nauruan|Yaren
Nepal|Nepali,Nepalese|Kathmandu
Netherlands,The Netherlands,Holland|Dutch,Dutchman|The Hague,Amsterdam
New Zealand|New Zealander|Wellington
Nicaragua|Nicaraguan|Managua
Niger|Nigerien|Niamey
Nigeria|Nigerian|Abuja
North Macedonia,Macedonia|Macedonian|Skopje
Norway|Norwegian|Oslo
Oman|Omani|Muscat
Pakistan|Pakistani|Islamabad
Palau|Palauan|Ngerulmud
Palestine,State of Palestine,Palestinian Authority|Palestinian|Ramallah
Panama|Panamanian|Panama City
Papua New Guinea|Papua New Guinean|Port Moresby
Paraguay|Paraguayan|Asunción,Asuncion
Peru|Peruvian|Lima
Philippines,The Philippines|Philippine,Filipino|Manila,Malacañang
Poland|Polish|Warsaw
Portugal|Portuguese|Lisbon
Qatar|Qatari|Doha
Romania|Romanian|Bucharest
Rwanda|Rwandan|Kigali
Saint Kitts and Nevis|Kittitian|Basseterre
Saint Lucia|Saint Lucian|Castries
Saint Vincent and the Grenadines|Vincentian|Kingstown
Samoa|Samoan|Apia
San Marino|Sammarinese|
São Tomé and Príncipe|São Toméan|São Tomé
Saudi Arabia,Kingdom of Saudi Arabia|Saudi,Saudi Arabian|Riyadh
Senegal|Senegalese|Dakar
Serbia|Serbian,Serb|Belgrade
Seychelles|Seychellois|Victoria
Sierra Leone|Sierra Leonean|Freetown
Singapore|Singaporean|Istana
Slovakia|Slovak,Slovakian|Bratislava
Slovenia|Slovenian,Slovene|Ljubljana
Solomon Islands|Solomon Islander|Honiara
Somalia|Somali|Mogadishu
South Africa|South African|Pretoria
South Sudan|South Sudanese|Juba
Spain|Spanish,Spaniard|Madrid,Moncloa
Sri Lanka|Sri Lankan|Colombo
Sudan|Sudanese|Khartoum
Suriname|Surinamese|Paramaribo
Sweden|Swedish,Swede|Stockholm
Switzerland,Swiss Confederation|Swiss|Bern,Berne
Syria|Syrian|Damascus
Taiwan,Republic of China|Taiwanese|Taipei
Tajikistan|Tajik,Tajikistani|Dushanbe
Tanzania|Tanzanian|Dodoma,Dar es Salaam
Thailand|Thai|Bangkok
Timor-Leste,East Timor|Timorese|Dili
Togo|Togolese|Lomé,Lome
Tonga|Tongan|Nuku'alofa
Trinidad and Tobago|Trinidadian|Port of Spain
Tunisia|Tunisian|Tunis
Turkey,Türkiye,Turkiye|Turkish,Turk|Ankara
Turkmenistan|Turkmen|Ashgabat
Tuvalu|Tuvaluan|Funafuti
Uganda|Ugandan|Kampala
United Arab Emirates,UAE,U.A.E.,Emirates|Emirati|Abu Dhabi
Uruguay|Uruguayan|Montevideo
Uzbekistan|Uzbek,Uzbekistani|Tashkent
Vanuatu|Ni-Vanuatu|Port Vila
Vatican,Holy See,Vatican City||Holy See
Venezuela|Venezuelan|Caracas,Miraflores
Vietnam,Viet Nam|Vietnamese|Hanoi
Yemen|Yemeni|Sanaa,Sana'a
Zambia|Zambian|Lusaka
Zimbabwe|Zimbabwean|Harare
"""


@dataclass(frozen=True, slots=True)
class Country:
    """A state or union: its names, the adjectives and peoples, and the seats of power that stand for it."""

    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    seats: tuple[str, ...]


def states() -> list[Country]:
    """Return every state of the table once."""
    return list(dict.fromkeys(_by_name().values()))


def country(name: str) -> Country | None:
    """Return the state that is called so, by name, demonym or seat of power, or None for an unknown one."""
    return _by_name().get(_key(name))


def _key(name: str) -> str:
    folded = name.strip().casefold()
    return folded.removeprefix("the ").replace("’", "'")


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Country]:
    found: dict[str, Country] = {}
    for line in _TABLE.strip().splitlines():
        names, demonyms, seats = (tuple(filter(None, part.split(","))) for part in line.split("|"))
        entry = Country(names, demonyms, seats)
        for group in (names, demonyms, seats):
            for form in group:
                found.setdefault(_key(form), entry)
    return found
