import { parse } from 'csv-parse/browser/esm/sync';
import type { Schema } from '../api/client.ts';
import { csvLine } from '../files/download.ts';
import { priceOf, typedPrice } from '../files/typed-price.ts';

export type RateCard = Schema<'RateCard'>;

/** A price of a rate card: of a parcel up to a weight to a zone, in the minor unit of the card's currency. */
export interface Price {
  readonly zone: string;
  readonly upToGrams: number;
  readonly priceMinor: number;
}

const HEAD = ['zone', 'up to grams', 'price'] as const;

/** Every price of the card, in its order. */
export const pricesOf = ({ zones }: RateCard): readonly Price[] =>
  zones.flatMap(({ zone, weightBreaks }) => weightBreaks.map((each) => ({ zone, ...each })));

/** The card with these prices, which are those of its zones and weights. */
export const withPrices = (card: RateCard, prices: readonly Price[]): RateCard => ({
  ...card,
  zones: card.zones.map((zone) => ({
    ...zone,
    weightBreaks: prices
      .filter((price) => price.zone === zone.zone)
      .map(({ upToGrams, priceMinor }) => ({ upToGrams, priceMinor })),
  })),
});

const sameKey = (one: Price, other: Price): boolean =>
  one.zone === other.zone && one.upToGrams === other.upToGrams;

/** The card as CSV: a line for each price. */
export const csvOf = (card: RateCard): string =>
  [
    csvLine(HEAD),
    ...pricesOf(card).map(({ zone, upToGrams, priceMinor }) =>
      csvLine([zone, upToGrams, typedPrice(priceMinor, card.currency)]),
    ),
  ].join('\r\n');

/** The prices of a file for this card, or what is wrong in it with its line. */
export function pricesInCsv(card: RateCard, text: string): readonly Price[] | string {
  let lines: readonly string[][];
  try {
    lines = parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    return `The file is no CSV: ${(error as Error).message}`;
  }
  const [head, ...rows] = lines;
  if (head?.join() !== HEAD.join()) return `The first line has to be: ${HEAD.join(', ')}`;
  const known = pricesOf(card);
  const read: Price[] = [];
  for (const [place, [zone = '', grams = '', typed = '']] of rows.entries()) {
    const line = place + 2;
    const priceMinor = priceOf(typed, card.currency);
    const price = { zone, upToGrams: Number(grams), priceMinor: priceMinor ?? 0 };
    if (priceMinor === undefined) return `Line ${line}: "${typed}" is no price in ${card.currency}`;
    if (!known.some((each) => sameKey(each, price)))
      return `Line ${line}: the card has no zone ${zone} with a weight up to ${grams} g`;
    if (read.some((each) => sameKey(each, price)))
      return `Line ${line}: zone ${zone} up to ${grams} g is there twice`;
    read.push(price);
  }
  const missing = known.find((price) => !read.some((each) => sameKey(each, price)));
  if (missing !== undefined) return `Zone ${missing.zone} up to ${missing.upToGrams} g is not in the file`;
  return known.map((price) => read.find((each) => sameKey(each, price)) ?? price);
}
