// Written by `sangkien sync` from scripts/sangkien/domain/search_terms.py; not to be changed here.

export const MARKS = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j", "\u0302": "a", "\u0306": "w", "\u031b": "h", "\u0111": "d"};
export const WORD = "[a-z0-9\u0111\u0300-\u036f]+";
export const FINAL_Y = "^(?:[bcdghklmnpqrstvx]+|qu)y$";
