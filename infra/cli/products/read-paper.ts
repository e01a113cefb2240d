/** A paper of a cell: its number and, where the cell names them, its first and last day. */
export interface Paper {
  readonly reference: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
}

/**
 * Reads `TR-1`, `TR-1 until 2027-12-31` or `TR-1 from 2026-01-01 until 2027-12-31`; the two days may be in either
 * order. An error if what is left for the number looks like a day or speaks of a validity: a day that was not
 * understood would make the paper valid for ever.
 */
export function readPaper(text: string): Paper | { readonly problem: string } {
  const { reference, days } = splitDays(text);
  if (reference === '' || LIKE_A_DAY.test(reference) || WORD_OF_VALIDITY.test(reference)) return wrong(text);
  const [from, until] = [days.get('from'), days.get('until')];
  return {
    reference,
    ...(from === undefined ? {} : { validFrom: from }),
    ...(until === undefined ? {} : { validUntil: until }),
  };
}

const DAY_AT_END = /^(.*?)\s*(?<![^\s])(from|until)\s+(\d{4}-\d\d-\d\d)$/i;

/** Takes the days off the end of the text, each kind once. */
function splitDays(text: string): { reference: string; days: ReadonlyMap<string, string> } {
  const days = new Map<string, string>();
  let reference = text.trim();
  for (let found = DAY_AT_END.exec(reference); found !== null; found = DAY_AT_END.exec(reference)) {
    const [, before = '', word = '', day = ''] = found;
    if (days.has(word.toLowerCase())) break;
    days.set(word.toLowerCase(), day);
    reference = before;
  }
  return { reference, days };
}

const DAY = '(0?[1-9]|[12][0-9]|3[01])';
const YEAR = '(19|20)[0-9]{2}';

/** Names of months and their short forms in seven languages, without those that are other words too. */
const MONTH = `(${[
  'january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep|october|oct',
  'november|nov|december|dec|januar|jänner|februar|märz|mrz|mai|juni|juli|oktober|okt|dezember|dez|janvier|janv',
  'février|févr|fév|mars|avril|avr|juin|juillet|juil|août|septembre|octobre|novembre|décembre|déc|enero|ene',
  'febrero|marzo|abril|abr|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|dic|gennaio|febbraio',
  'aprile|maggio|giugno|giu|luglio|lug|settembre|ottobre|ott|dicembre|januari|februari|maart|mrt|mei|augustus',
].join('|')})`;

/** Numbers in the order of a date, eight digits that are one, a month with its year, or a month by its name. */
const LIKE_A_DAY = new RegExp(
  [
    String.raw`(?<!\d)${YEAR}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}(?!\d)`,
    String.raw`(?<!\d)${DAY}\s?[-/.]\s?${DAY}\s?[-/.]\s?(${YEAR}|\d\d)(?!\d)`,
    String.raw`(?<!\S)${YEAR}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\S)`,
    String.raw`(?<!\S)(0?[1-9]|1[0-2])[-/.]${YEAR}(?!\S)|(?<!\S)${YEAR}[-/.](0[1-9]|1[0-2])(?!\S)`,
    String.raw`(?<!\p{L})${MONTH}(?!\p{L})[\s,./-]*(${DAY}(st|nd|rd|th)?[\s,./-]+)?('\d\d|${YEAR})(?!\d)`,
    String.raw`(?<!\d)${DAY}(st|nd|rd|th)?[\s./-]+${MONTH}(?!\p{L})`,
    String.raw`\d{4}年|\d{1,2}月`,
  ].join('|'),
  'iu',
);

/** Words of a validity; the shorter ones before a day, a year or an end, since a number may contain them. */
const WORD_OF_VALIDITY = new RegExp(
  [
    String.raw`(?<!\p{L})(until|till|valid|validity|expir\p{L}*|not after|use by|g[üu]ltig\p{L}*|jusqu\p{L}*)(?!\p{L})`,
    String.raw`(?<!\p{L})(valable\p{L}*|hasta|v[áa]lid[oa]|fino al?|scade|scadenza|geldig|wa[żz]n[ey])(?!\p{L})`,
    String.raw`(?<!\S)(from|to|through|thru|since|before|after|by|exp|bis|ab|von|vom|seit|vor|nach|au|du|dès|desde|al|dal|do|od|tot|t/m)[.:]?(\s+(\d{1,2}|${YEAR}|end|ende|fin|${MONTH})(?![\p{L}\d])|\s*$)`,
  ].join('|'),
  'iu',
);

const wrong = (text: string) => ({
  problem:
    `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}" looks like a day or a validity that can't be read: ` +
    'write DOC-7 until 2027-12-31, or DOC-7 from 2026-01-01 until 2027-12-31. A number that contains a day goes into ' +
    'a JSON file',
});
