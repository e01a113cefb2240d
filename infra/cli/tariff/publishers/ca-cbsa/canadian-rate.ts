import type { DutyRate } from '../../../../../shared/duties/rules/duty-rate-schema.ts';
import {
  expressRate,
  minorOf,
  plain,
  type Term,
  type Unit,
  type Unreadable,
  unreadable,
} from '../../rates/express-rate.ts';

const UNITS: Readonly<Record<string, Unit>> = {
  kg: { of: 'kg', count: 1 },
  tonne: { of: 'kg', count: 1_000 },
  litre: { of: 'litre', count: 1 },
  hl: { of: 'litre', count: 100 },
  'litre of absolute ethyl alcohol': { of: 'alcohol-litre', count: 1 },
  each: { of: 'piece', count: 1 },
  dozen: { of: 'piece', count: 12 },
  pair: { of: 'pair', count: 1 },
  m: { of: 'metre', count: 1 },
  'm²': { of: 'square-metre', count: 1 },
};

/**
 * Reads a rate of Canada's Customs Tariff: `Free`, `18%`, `2.82¢/kg`, `$1.90/kg`, `4.68¢/kg plus 3%`,
 * `238% but not less than $3.78/kg`, `5.51¢/kg but not more than 10%`.
 */
export function readCanadianRate(text: string): DutyRate | Unreadable {
  const cell = text.replace(/\s+/g, ' ').trim();
  if (/^free$/i.test(cell)) return '0';
  const [, whole = cell, limit, bound] = /^(.+?),? but not (less|more) than (.+)$/.exec(cell) ?? [];
  const own = termsOf(whole);
  const limited = bound === undefined ? undefined : termsOf(bound);
  if (own === undefined || (bound !== undefined && limited === undefined))
    return { unreadable: unreadable.words };
  return expressRate(
    { own, least: limit === 'less' ? limited : undefined, most: limit === 'more' ? limited : undefined },
    'CAD',
  );
}

function termsOf(text: string): Term[] | undefined {
  const terms = text.split(' plus ').map(termOf);
  return terms.every((term) => term !== undefined) ? terms : undefined;
}

function termOf(text: string): Term | undefined {
  const [, percent] = /^(\d+(?:\.\d+)?) ?%$/.exec(text) ?? [];
  if (percent !== undefined) return { percent };
  const [, dollars, cents, behind, each] =
    /^(?:\$(\d[\d,]*(?:\.\d+)?)|(\d+(?:\.\d+)?) ?¢)(?:\/ ?(.+)| (each))$/.exec(text) ?? [];
  const unit = UNITS[each ?? behind ?? ''];
  if (unit === undefined) return undefined;
  return {
    minor: dollars === undefined ? plain(`${cents}`) : minorOf(dollars, 'CAD'),
    currency: 'CAD',
    per: unit,
  };
}

/** A tariff treatment, such as `CEUT`, with the rate of a line. */
export interface TreatmentRate {
  readonly treatment: string;
  readonly text: string;
}

/**
 * Divides the column of preferential tariffs: `LDCT, UST, MXT: Free AUT 13.5%, NZT 13.5%` has rates for five
 * treatments. Parts of another form are left out.
 */
export function readTreatments(column: string): TreatmentRate[] {
  const found: TreatmentRate[] = [];
  const rest = column
    .replace(/\s+/g, ' ')
    .replace(
      /((?:[A-Z]{2,5}(?:, ?)?)+): ?(Free|[^A-Z]+?)(?=[,;]? [A-Z]{2,5}\b|$)/g,
      (_, treatments: string, text: string) => {
        for (const treatment of treatments.split(/, ?/)) found.push({ treatment, text: text.trim() });
        return '';
      },
    );
  for (const [, treatment = '', text = ''] of rest.matchAll(
    /\b([A-Z]{2,5}) (Free|[^A-Z]+?)(?=[,;]? [A-Z]{2,5}\b|$)/g,
  ))
    found.push({ treatment, text: text.replace(/[,;]\s*$/, '').trim() });
  return found;
}
