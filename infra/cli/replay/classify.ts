import { decorations } from './classification/decorations.ts';
import { homeAndGarden } from './classification/home-and-garden.ts';
import type { KeywordRow } from './classification/keyword-row.ts';
import { kitchenAndTable } from './classification/kitchen-and-table.ts';
import { lightAndScent } from './classification/light-and-scent.ts';
import { paperAndStationery } from './classification/paper-and-stationery.ts';
import { phrasesFirst } from './classification/phrases-first.ts';
import { textilesAndBags } from './classification/textiles-and-bags.ts';
import { toysAndParty } from './classification/toys-and-party.ts';
import { wornAndCarried } from './classification/worn-and-carried.ts';

/** Earlier tables and earlier rows win: from phrases that decide alone to words that only say "some decoration". */
const TABLES: readonly (readonly KeywordRow[])[] = [
  phrasesFirst,
  paperAndStationery,
  wornAndCarried,
  kitchenAndTable,
  lightAndScent,
  textilesAndBags,
  toysAndParty,
  homeAndGarden,
  decorations,
];

interface Matcher {
  readonly hsCode: string;
  readonly matches: (words: string) => boolean;
}

const matchers: readonly Matcher[] = TABLES.flat().flatMap(([hsCode, phrases]) =>
  phrases.split(',').map((phrase) => ({ hsCode, matches: matcherOf(phrase) })),
);

/**
 * The HS 2022 subheading (six digits) of giftware by its description, or undefined: a description that matches
 * nothing is not classified, never guessed at.
 *
 * The table reads short English trade descriptions of one retailer, where the material is often not said and the
 * usual one is taken. It is there so that sold baskets can be replayed. A retailer's own classification, made by
 * someone who has seen the goods, replaces it and must before anything is declared.
 */
export function classify(description: string): string | undefined {
  const words = ` ${description
    .toLowerCase()
    .replaceAll("'", '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  return matchers.find(({ matches }) => matches(words))?.hsCode;
}

function matcherOf(phrase: string): Matcher['matches'] {
  const patterns = phrase.split('+').map((part) => new RegExp(` ${part.trim()}(s|es)? `, 'u'));
  return (words) => patterns.every((pattern) => pattern.test(words));
}
