/** The percentages that a printed tariff may have for a code of eight digits. Empty where its page was not read. */
type PrintedRates = ReadonlyMap<string, ReadonlySet<string>>;

const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** A code of twelve digits in pairs, a rate, or that the goods are prohibited, at the end of a line; or a bare 0. */
const CELL = /(?:^|(?<=[ \t]))(?:(\d\d(?: \d\d){5})|(\d{1,3}(?:\.\d{1,2})?) ?%|^(0)|(PROHIBITED))\s*$/gm;
const PROHIBITED = 'prohibited';
const FREE = '0';
const GENERAL = '5';
/** The digits that the Gulf states have in common. */
const COMMON = 8;
/** Cells of other columns that may look like a rate, or rates that do not, on a page. */
const STRAY = 6;

/**
 * The rates of a printed tariff from its text, as pdftotext gives it: on each page all cells of a column follow each
 * other, and columns are in any order. Where a page has as many rates as codes, both are in the order of the page; its
 * codes may also be in their own order, so that a code may have two rates. Where it has as many free rates as it has
 * codes that another tariff exempts, these are the ones that are free. Where all of its rates are alike, its codes have
 * that rate.
 */
export function printedRates(text: string, isFree: (code: string) => boolean): PrintedRates {
  const found = new Map<string, Set<string>>();
  for (const page of text.replace(MARKS, '').split('\f')) {
    const { codes, rates } = cellsOf(page);
    const orders = codes.length === rates.length ? [codes, codes.toSorted()] : [];
    const isAlike =
      Math.abs(codes.length - rates.length) <= STRAY &&
      rates.filter((rate) => rate === FREE).length === codes.filter(isFree).length;
    const only = new Set(rates).size === 1 ? rates[0] : undefined;
    const confirmed = (code: string) => (isFree(code) ? FREE : GENERAL);
    for (const code of codes) addTo(found, code, isAlike ? confirmed(code) : only);
    for (const order of orders) for (const [at, code] of order.entries()) addTo(found, code, rates[at]);
  }
  return found;
}

function cellsOf(page: string) {
  const codes: string[] = [];
  const rates: string[] = [];
  for (const [, code, percent, zero] of page.matchAll(CELL))
    if (code === undefined) rates.push(percent ?? zero ?? PROHIBITED);
    else codes.push(code.replaceAll(' ', ''));
  return { codes: codes.map((code) => code.slice(0, COMMON)), rates };
}

function addTo(found: Map<string, Set<string>>, code: string, rate: string | undefined): void {
  const rates = found.get(code) ?? new Set<string>();
  if (rate !== undefined) rates.add(rate);
  found.set(code, rates);
}
