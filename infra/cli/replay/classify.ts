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

/**
 * An earlier table and an earlier row win. The first tables have phrases that are sufficient alone. The last have
 * words that only mean "some decoration".
 */
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
 * The HS 2022 subheading (six digits) of giftware by its description. Undefined if the description matches nothing:
 * no code is guessed.
 *
 * The tables read short English descriptions of one retailer. Such a description often does not name the material,
 * and then the usual material is assumed. The tables exist so that old sales can be replayed. Before a real
 * declaration, a person who has seen the goods must classify them.
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
