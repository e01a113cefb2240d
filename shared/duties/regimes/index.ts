import { defineImportRegime } from '../assess/import-policy.ts';
import type { Destination } from '../destinations/destination-file.ts';
import destinations from '../destinations/generated/destinations.json' with { type: 'json' };
import type { Regime } from '../regime.ts';
import { br } from './br.ts';
import { ca } from './ca.ts';
import { ch } from './ch.ts';
import { eu } from './eu.ts';
import { gb } from './gb.ts';
import { jp } from './jp.ts';
import { us } from './us.ts';

/** THE REGISTRY of destinations that are programs: to add one, add one line to this array. */
const programs: readonly Regime[] = [
  br, // ICMS inside its own base
  ca, // the tax of each province
  ch, // the liability of mail-order sellers
  eu, // IOSS, flat duty, fees of member states
  gb, // supply VAT up to GBP 135
  jp, // three roundings, the simplified tariff
  us, // duties that add up, entry fees
];

/** The regimes of destinations that are data; their headers were checked by the repository's tests. */
export const regimesOf = (headers: readonly Destination[]): Regime[] => headers.map(defineImportRegime);

/** Every import regime, by code: the programs, and the headers of `../destinations/`. */
export const regimes: readonly Regime[] = /* @__PURE__ */ [
  ...programs,
  ...regimesOf(destinations as readonly Destination[]),
].toSorted((a, b) => (a.code < b.code ? -1 : 1));
