"""Which language a text is in, and whether an encoder covers it: what it does not cover is not matched.

The encoder that comes along knows English alone; a sentence in another language gets a vector all the same, and one
that means nothing. So a text's language is told first. The detector errs on short texts, and on texts in two
languages, which is why a person can say otherwise.

Source of the method: naive Bayes over byte n-grams chosen for how well they tell languages apart (Lui and Baldwin,
2011), among the languages of ``NAMES`` alone.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

PACKAGED = "all-MiniLM-L6-v2"
ENGLISH = "en"
EVERY = "*"
_MOST_LETTERS_UNKNOWN = 20
_READ = 1_000  # code points; more of a text does not change the answer

NAMES = {
    "af": "Afrikaans",
    "sq": "Albanian",
    "am": "Amharic",
    "ar": "Arabic",
    "hy": "Armenian",
    "az": "Azerbaijani",
    "eu": "Basque",
    "be": "Belarusian",
    "bn": "Bengali",
    "bs": "Bosnian",
    "bg": "Bulgarian",
    "my": "Burmese",
    "ca": "Catalan",
    "zh": "Chinese",
    "hr": "Croatian",
    "cs": "Czech",
    "da": "Danish",
    "nl": "Dutch",
    "en": "English",
    "et": "Estonian",
    "fi": "Finnish",
    "fr": "French",
    "gl": "Galician",
    "ka": "Georgian",
    "de": "German",
    "el": "Greek",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "is": "Icelandic",
    "id": "Indonesian",
    "ga": "Irish",
    "it": "Italian",
    "ja": "Japanese",
    "kk": "Kazakh",
    "km": "Khmer",
    "ko": "Korean",
    "ku": "Kurdish",
    "ky": "Kyrgyz",
    "lv": "Latvian",
    "lt": "Lithuanian",
    "mk": "Macedonian",
    "ms": "Malay",
    "mn": "Mongolian",
    "ne": "Nepali",
    "no": "Norwegian",
    "ps": "Pashto",
    "fa": "Persian",
    "pl": "Polish",
    "pt": "Portuguese",
    "pa": "Punjabi",
    "ro": "Romanian",
    "ru": "Russian",
    "sr": "Serbian",
    "sk": "Slovak",
    "sl": "Slovene",
    "es": "Spanish",
    "sw": "Swahili",
    "sv": "Swedish",
    "tg": "Tajik",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "tr": "Turkish",
    "tk": "Turkmen",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
}


def detect(text: str) -> str:
    """Return the language of a text as its ISO 639-1 code, or "" where it has too few letters to tell."""
    read = text[:_READ]
    if sum(sign.isalpha() for sign in read) <= _MOST_LETTERS_UNKNOWN:
        return ""
    code: str = _identifier().classify(read)[0]
    return code


def covered_languages(model: str, told: str = "") -> frozenset[str] | None:
    """Return the languages that an encoder covers, or None for every one.

    Args:
        model: its name or folder; empty for the packaged one, which covers English whatever is told.
        told: what the installation says of another model, "en,de,fr" or "*"; empty to go by the model's name.
    """
    if model in ("", PACKAGED):
        return frozenset({ENGLISH})
    codes = {code.strip().lower() for code in told.split(",")} - {""}
    if EVERY in codes or (not codes and "multilingual" in model.lower()):
        return None
    return frozenset(codes or {ENGLISH})


def covers(model: str, language: str, told: str = "") -> bool:
    """Tell whether an encoder covers a language; one that is not known ("") is taken as covered."""
    covered = covered_languages(model, told)
    return covered is None or language in covered or not language


def name_of(language: str) -> str:
    """Return a language's English name for its code, or the code itself."""
    return NAMES.get(language, language)


def is_english(language: str) -> bool:
    """Tell whether the rules, which are English, may read a text in this language; one not known is taken so."""
    return language in ("", ENGLISH)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(NAMES)
    return identifier
