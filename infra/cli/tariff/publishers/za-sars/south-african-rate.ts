import type { DutyRate } from '../../../../../shared/duties/rules/duty-rate-schema.ts';
import { expressRate, type Term, type Unit, type Unreadable, unreadable } from '../../rates/express-rate.ts';

/** The units of the schedule. `2u` is two articles that make a pair; `li aa` is a litre of absolute alcohol. */
const UNITS: Readonly<Record<string, Unit>> = {
  kg: { of: 'kg', count: 1 },
  'kg net': { of: 'kg', count: 1 },
  li: { of: 'litre', count: 1 },
  'li aa': { of: 'alcohol-litre', count: 1 },
  u: { of: 'piece', count: 1 },
  '2u': { of: 'pair', count: 1 },
  'm²': { of: 'square-metre', count: 1 },
};

/**
 * Reads a rate of South Africa's Schedule 1 Part 1: `free`, `22,5%`, `5,5c/kg`, `30% or 500c/2u` (the higher amount is
 * due), `450c/kg with a maximum of 96%`. Decimals are written with a comma, amounts are cents of a rand.
 */
export function readSouthAfricanRate(text: string): DutyRate | Unreadable {
  const cell = text.replace(/\s+/g, ' ').trim();
  if (/^free$/i.test(cell)) return '0';
  if (/ less \d/.test(cell)) return { unreadable: unreadable.formula };
  const [rest = '', maximum] = cell.split(' with a maximum of ');
  const alternatives = rest.split(' or ').map(termOf);
  const most = maximum === undefined ? undefined : termOf(maximum);
  const [own, other, ...more] = alternatives;
  if (own === undefined || more.length > 0) return { unreadable: unreadable.words };
  if ((alternatives.length === 2 && other === undefined) || (maximum !== undefined && most === undefined))
    return { unreadable: unreadable.words };
  return expressRate(
    {
      own: [own],
      least: other === undefined ? undefined : [other],
      most: most === undefined ? undefined : [most],
    },
    'ZAR',
  );
}

function termOf(text: string): Term | undefined {
  const [, percent] = /^(\d+(?:,\d+)?) ?%$/.exec(text) ?? [];
  if (percent !== undefined) return { percent: percent.replace(',', '.') };
  const [, cents, name] = /^(\d[\d ]*(?:,\d+)?) ?c\/(.+)$/.exec(text) ?? [];
  const unit = name === undefined ? undefined : UNITS[name];
  if (cents === undefined || unit === undefined) return undefined;
  return { minor: cents.replaceAll(' ', '').replace(',', '.'), currency: 'ZAR', per: unit };
}
