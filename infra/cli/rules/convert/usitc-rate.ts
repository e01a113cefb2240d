import type { DutyRate } from '../../../../shared/duties/rules/duty-rate-schema.ts';
import { expressRate, type Term, type Unit, type Unreadable, unreadable } from './express-rate.ts';

/** The units of the schedule's amounts in which a line of goods can be counted. */
const UNITS: Readonly<Record<string, Unit>> = {
  kg: { of: 'kg', count: 1 },
  t: { of: 'kg', count: 1000 },
  'No.': { of: 'piece', count: 1 },
  each: { of: 'piece', count: 1 },
  '1000': { of: 'piece', count: 1000 },
  thousand: { of: 'piece', count: 1000 },
};

/**
 * Reads a rate of the Harmonized Tariff Schedule of the United States: `Free`, `16.5%`, `96¢/kg + 1.4%`, `$1.53/kg`,
 * `40¢ each + 6%`. An amount for a dozen, a pair, a litre or a part of the article is unreadable.
 */
export function readUsitcRate(text: string): DutyRate | Unreadable {
  // A footnote mark may follow a rate: `Free 1/`.
  const rate = text
    .replace(/<[^>]*>/g, '')
    .replace(/(\s+\d+\/)+\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (/^free$/i.test(rate)) return '0';
  const terms = rate.split('+').map((part) => termOf(part.trim()));
  const bad = terms.find((term): term is Unreadable => 'unreadable' in term);
  return bad ?? expressRate({ own: terms as Term[] }, 'USD');
}

function termOf(text: string): Term | Unreadable {
  const [, percent] = /^(\d+(?:\.\d+)?) ?%$/.exec(text) ?? [];
  if (percent !== undefined) return { percent };
  const [, dollars, cents, behind, each] =
    /^(?:\$ ?(\d[\d,]*(?:\.\d+)?)|(\d+(?:\.\d+)?) ?¢) ?(?:\/ ?(.+)|(each))$/.exec(text) ?? [];
  const unit = each ?? behind;
  if (unit === undefined) return { unreadable: unreadable.words };
  const per = UNITS[unit.trim()];
  if (per === undefined) return { unreadable: unreadable.unit };
  const amount = dollars?.replaceAll(',', '') ?? `${cents}`;
  // A cent is a hundredth of a dollar, so the amount is the amount in dollars for a hundred times the units.
  return dollars === undefined
    ? { amount, currency: 'USD', per: { of: per.of, count: per.count * 100 } }
    : { amount, currency: 'USD', per };
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
