import type { Country } from '../country.ts';
import { lookUp } from '../look-up.ts';
import { regionNames } from './region-names.ts';

/**
 * Countries where an address can't be used without its region: tax, duty or a carrier's label depends on it. A region
 * that the table doesn't know is refused there. UPU, postal addressing systems; FedEx and UPS ask for the state or
 * province of these countries.
 */
const NEEDING_REGIONS: ReadonlySet<Country> = new Set(['AU', 'BR', 'CA', 'IN', 'MX', 'US']);

/** Whether an address there is incomplete without a region, its own or the one of its postal code. */
export function needsRegion(country: Country): boolean {
  return NEEDING_REGIONS.has(country);
}

/** Whether the country's regions have codes here, so that two spellings of one region can be compared. */
export function hasRegionCodes(country: Country): boolean {
  return lookUp(regionNames, country) !== undefined;
}

/**
 * A name for comparison: small letters and digits of any script, without accents and punctuation. `São Paulo` and
 * `SAO PAULO` are the same.
 */
export function foldName(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The codes of the country's regions, sorted; empty where we have no table. */
export function regionCodes(country: Country): string[] {
  return [...new Set(tableOf(country)?.values() ?? [])].toSorted();
}

/**
 * The code of a region: the part of its ISO 3166-2 code after the dash. It may be written as that code in any case, as
 * the whole code (`CA-ON`), or as a name (`Ontario`). Undefined where the country has no table or the table doesn't
 * know the text.
 */
export function regionCode(country: Country, text: string): string | undefined {
  const table = tableOf(country);
  if (table === undefined) return undefined;
  const direct = table.get(foldName(text));
  if (direct !== undefined) return direct;
  const plain = text.normalize('NFKC').replaceAll(KINDS, '');
  const suffix = new RegExp(`^\\s*${country}\\s*[-_ ]\\s*(.+)$`, 'i').exec(plain)?.[1] ?? plain;
  return table.get(foldName(suffix));
}

/** What kind of region it is, which some write with its name: `Tokyo Prefecture`, `State of New York`. */
const KINDS = /\b(state|province|prefecture|county|region|department|territory)( of)?\b/gi;

const tables = new Map<Country, ReadonlyMap<string, string>>();

/** Codes by folded code and folded name. */
function tableOf(country: Country): ReadonlyMap<string, string> | undefined {
  const known = tables.get(country);
  const written = known === undefined ? lookUp(regionNames, country) : undefined;
  if (written === undefined) return known;
  const table = new Map<string, string>();
  const entries = written.split(';').map((entry) => {
    const [, code = '', names = ''] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(entry) ?? [];
    return { code, names: names.split('/').filter((name) => name !== '') };
  });
  // A code goes before a name that is spelled like it: in Mexico, `CO` is a short form and `COA` the code.
  for (const { code, names } of entries) for (const name of names) table.set(foldName(name), code);
  for (const { code } of entries) {
    table.set(foldName(code), code);
    if (/^0\d$/.test(code)) table.set(code.slice(1), code);
  }
  tables.set(country, table);
  return table;
}
