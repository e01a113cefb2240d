import type { Territory } from '../../../shared/kernel/places/territories.ts';
import law from '../../../shared/kernel/places/territory-law.json' with { type: 'json' };

/** What a territory is for customs and for tax, and the law or the page of an authority that says so. */
export interface TerritoryLaw {
  readonly customs: string;
  readonly vat: string;
  readonly source: string;
}

const laws: Readonly<Record<string, TerritoryLaw>> = law;

/** The law of a territory; undefined if nobody wrote it down. */
export const lawOf = ({ parent, name }: Territory): TerritoryLaw | undefined => laws[`${parent} ${name}`];

/** How many territories have a law. */
export const lawCount = Object.keys(laws).length;
