import type { DutyRate } from '../../../../../shared/duties/rules/duty-rate-schema.ts';
import type { CalendarDate } from '../../../../../shared/kernel/time.ts';
import {
  expressRate,
  minorOf,
  type Term,
  type Unit,
  type Unreadable,
  unreadable,
} from '../../rates/express-rate.ts';

const UNITS: Readonly<Record<string, Unit>> = {
  kg: { of: 'kg', count: 1 },
  L: { of: 'litre', count: 1 },
  'L of alcohol': { of: 'alcohol-litre', count: 1 },
  stick: { of: 'piece', count: 1 },
};

/** Countries with a rate of their own, which follows the general rate in the same cell. */
const COUNTRIES = /\s*(?:DCS|DCT|DC|CA|MY|NZ|PG|FI|LDC|SG)(?=[\s\d$;/]|Free).*$/s;
const STAGE = /\s*From\s*(\d{1,2})\s*(January|July)\s*(\d{4})\s*/;
const MONTHS: Readonly<Record<string, string>> = { January: '01', July: '07' };

/**
 * Reads the general rate of Schedule 3 of the Customs Tariff Act of Australia on a day: `5%`, `Free`,
 * `5% DCS4% CAFree` (5 % in general), `5% From1July2018 2.5% From1July2019 Free` (free today). An amount for a
 * kilogram of soluble solids (`$0.45/kg TSS`) is not read: a product does not state them.
 */
export function readAustralianRate(text: string, on: CalendarDate): DutyRate | Unreadable {
  const general = stageOn(text.replaceAll('\u200b', ''), on)?.replace(COUNTRIES, '').trim() ?? '';
  if (/^free$/i.test(general)) return '0';
  const [, first, second] = /^(.+?)(?:, and (.+))?$/.exec(general) ?? [];
  const own = [first, second].filter((part) => part !== undefined).map(termOf);
  return own.length > 0 && own.every((term) => term !== undefined)
    ? expressRate({ own }, 'AUD')
    : { unreadable: unreadable.words };
}

/** The part of the cell that holds on the day. Undefined where the first of its parts begins later. */
function stageOn(text: string, on: CalendarDate): string | undefined {
  const [before = '', ...parts] = text.split(STAGE);
  let held = before === '' ? undefined : before;
  for (let at = 0; at + 3 < parts.length; at += 4) {
    const [day = '', month = '', year = '', rate] = parts.slice(at, at + 4);
    if (`${year}-${MONTHS[month]}-${day.padStart(2, '0')}` <= on) held = rate;
  }
  return held;
}

function termOf(text: string): Term | undefined {
  const [, percent] = /^(\d+(?:\.\d+)?) ?%$/.exec(text) ?? [];
  if (percent !== undefined) return { percent };
  const [, dollars, name] = /^\$([\d,]+(?:\.\d+)?)\/(.+)$/.exec(text) ?? [];
  const unit = name === undefined ? undefined : UNITS[name.trim()];
  if (dollars === undefined || unit === undefined) return undefined;

  return { minor: minorOf(dollars, 'AUD'), currency: 'AUD', per: unit };
}
