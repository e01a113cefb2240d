import type { DutyRate } from '../../../../shared/duties/rules/duty-rate-schema.ts';
import { ratioOf } from '../../../../shared/kernel/money.ts';
import { expressRate, minorOf, type Term, type Unit, type Unreadable, unreadable } from './express-rate.ts';

const HALF_LITRE = 'pf.liter';

/** The units of the schedule's amounts, without spaces. */
const UNITS: Readonly<Record<string, Unit>> = {
  kg: { of: 'kg', count: 1 },
  // The weight of what is in the container, its liquid included.
  kgonentirecontentsofcontainer: { of: 'kg', count: 1 },
  kgoncontentsandcontainer: { of: 'gross-kg', count: 1 },
  kgoftotalsugars: { of: 'kg-sugar', count: 1 },
  t: { of: 'kg', count: 1000 },
  'No.': { of: 'piece', count: 1 },
  each: { of: 'piece', count: 1 },
  head: { of: 'piece', count: 1 },
  article: { of: 'piece', count: 1 },
  'doz.': { of: 'piece', count: 12 },
  gross: { of: 'piece', count: 144 },
  '1000': { of: 'piece', count: 1000 },
  thousand: { of: 'piece', count: 1000 },
  'pr.': { of: 'pair', count: 1 },
  liter: { of: 'litre', count: 1 },
  m2: { of: 'square-metre', count: 1 },
  m3: { of: 'cubic-metre', count: 1 },
  jewel: { of: 'watch-jewel', count: 1 },
};

/**
 * Reads a rate of the Harmonized Tariff Schedule of the United States: `Free`, `16.5%`, `96¢/kg + 1.4%`, `$1.53/kg`,
 * `0.9¢ each`, `4.4¢/liter + 31.4¢/pf. liter`. An amount for a content or a part of the article is unreadable.
 */
export function readUsitcRate(text: string): DutyRate | Unreadable {
  // A footnote mark may follow a rate: `Free 1/`.
  const rate = text
    .replace(/<[^>]*>/g, '')
    .replace(/(\s+\d+\/)+\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (/^free$/i.test(rate)) return '0';
  if (/^(The rate|The duty|See )/i.test(rate)) return { unreadable: unreadable.elsewhere };
  if (/ less .* for each degree/.test(rate)) return { unreadable: unreadable.formula };
  const terms = rate.split('+').map((part) => termOf(part.trim()));
  const bad = terms.find((term): term is Unreadable => 'unreadable' in term);
  return bad ?? expressRate({ own: terms as Term[] }, 'USD');
}

function termOf(text: string): Term | Unreadable {
  const [, percent, base] = /^(\d+(?:\.\d+)?) ?%( on .+)?$/.exec(text) ?? [];
  // Of a set, `on the entire set` is its whole value.
  if (percent !== undefined)
    return base === undefined || base === ' on the entire set'
      ? { percent }
      : { unreadable: unreadable.part };
  const [, dollars, cents, behind, each] =
    /^(?:\$ ?(\d[\d,]*(?:\.\d+)?)|(\d+(?:\.\d+)?) ?¢) ?(?:\/ ?(.+)|(each))$/.exec(text) ?? [];
  const unit = (each ?? behind)?.replaceAll(' ', '');
  if (unit === undefined) return { unreadable: unreadable.words };
  const minor = dollars === undefined ? `${cents}` : minorOf(dollars, 'USD');
  if (unit.replace(/onethylalcoholcontent$/, '') === HALF_LITRE) return ofProofLitre(minor);
  const per = UNITS[unit];
  if (per === undefined)
    return { unreadable: /content|weight|line/.test(unit) ? unreadable.part : unreadable.unit };
  return { minor, currency: 'USD', per };
}

/**
 * Proof spirits have one half of their volume of alcohol (26 U.S.C. 5002(a)(10)), so that an amount for it
 * is half of the amount for a liter of pure alcohol.
 */
function ofProofLitre(minor: string): Term {
  const { numerator, denominator } = ratioOf(minor);
  const places = denominator.toString().length - 1;
  const doubled = (numerator * 2n).toString().padStart(places + 1, '0');
  const decimal = places === 0 ? doubled : `${doubled.slice(0, -places)}.${doubled.slice(-places)}`;
  return { minor: decimal, currency: 'USD', per: { of: 'alcohol-litre', count: 1 } };
}

/** A rate of the special column, with the programs in the brackets after it. */
export interface SpecialRate {
  readonly text: string;
  readonly programs: readonly string[];
}

/** Divides `Free (A*,AU,KR) 5.5% (JP) See 9823.03.01 (S+)` into its rates; undefined if the text has another form. */
export function readSpecialColumn(text: string): SpecialRate[] | undefined {
  const column = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (column === '') return [];
  const found: SpecialRate[] = [];
  const rest = column.replace(/([^()]+)\(([^()]*)\)/g, (_, rate: string, programs: string) => {
    const codes = programs.split(',').map((code) => code.trim());
    found.push({ text: rate.replace(/^[\s,;]+/, '').trim(), programs: codes.filter((code) => code !== '') });
    return '';
  });
  return rest.trim().replace(/^[.,;]$/, '') === '' && found.length > 0 ? found : undefined;
}
