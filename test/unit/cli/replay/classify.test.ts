import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../../../../infra/cli/replay/build-catalogue.ts';
import { decorations } from '../../../../infra/cli/replay/classification/decorations.ts';
import { homeAndGarden } from '../../../../infra/cli/replay/classification/home-and-garden.ts';
import { kitchenAndTable } from '../../../../infra/cli/replay/classification/kitchen-and-table.ts';
import { lightAndScent } from '../../../../infra/cli/replay/classification/light-and-scent.ts';
import { paperAndStationery } from '../../../../infra/cli/replay/classification/paper-and-stationery.ts';
import { phrasesFirst } from '../../../../infra/cli/replay/classification/phrases-first.ts';
import { textilesAndBags } from '../../../../infra/cli/replay/classification/textiles-and-bags.ts';
import { toysAndParty } from '../../../../infra/cli/replay/classification/toys-and-party.ts';
import { wornAndCarried } from '../../../../infra/cli/replay/classification/worn-and-carried.ts';
import { classify } from '../../../../infra/cli/replay/classify.ts';
import { measureGoods } from '../../../../infra/cli/replay/measure-goods.ts';
import { readFile } from '../../../../infra/cli/replay/read-file.ts';

const tables = {
  phrasesFirst,
  paperAndStationery,
  wornAndCarried,
  kitchenAndTable,
  lightAndScent,
  textilesAndBags,
  toysAndParty,
  homeAndGarden,
  decorations,
};

describe('a description of giftware', () => {
  it.each([
    ['WHITE HANGING HEART T-LIGHT HOLDER', '940550'],
    ['SET/6 FROG PRINCE T-LIGHT CANDLES', '340600'],
    ['REGENCY CAKESTAND 3 TIER', '691200'],
    ['ROSES REGENCY TEACUP AND SAUCER', '691110'],
    ['JUMBO BAG RED RETROSPOT', '420292'],
    ['PACK OF 72 RETROSPOT CAKE CASES', '482369'],
    ['PARTY BUNTING', '950590'],
    ['ASSORTED COLOUR BIRD ORNAMENT', '392640'],
    ['ALARM CLOCK BAKELIKE RED', '910511'],
    ['HOT WATER BOTTLE TEA AND SYMPATHY', '401490'],
    ['SET OF 3 CAKE TINS PANTRY DESIGN', '731029'],
    ['SPACEBOY LUNCH BOX', '392410'],
    ['SCOTTIE DOG HOT WATER BOTTLE', '401490'],
    ["NURSE'S BAG SOFT TOY", '950300'],
    ['VINTAGE SNAP CARDS', '950440'],
    ['CARD DOLLY GIRL', '490900'],
    ['GREEN CHRISTMAS TREE CARD HOLDER', '830629'],
    ['PINK DIAMANTE PEN IN GIFT BOX', '960810'],
    ['METAL SIGN TAKE IT OR LEAVE IT', '831000'],
    ['FOLDING UMBRELLA RED/WHITE POLKADOT', '660191'],
    ['RED RETROSPOT UMBRELLA', '660199'],
    ['GREEN ENAMEL FLOWER HAIR TIE', '961590'],
    ['FLOWER GLASS GARLD NECKL36"AMETHYST', '711719'],
    ['white hanging heart t-light holder', '940550'],
  ])('%s is classified as %s', (description, hsCode) => {
    expect(classify(description)).toBe(hsCode);
  });

  it.each(['', 'VINTAGE EMBOSSED HEART', 'GADGET OF NO KNOWN KIND', 'CARDIGAN', 'TUGBOAT', 'Manual'])(
    '%j matches no keyword and is not classified',
    (description) => {
      expect(classify(description)).toBeUndefined();
    },
  );
});

describe.each(Object.entries(tables))('the keyword table %s', (_name, rows) => {
  it('has six-digit codes, each with a unit of measure, and phrases in lower case', () => {
    for (const [hsCode, phrases] of rows) {
      expect(hsCode).toMatch(/^\d{6}$/);
      expect(measureGoods(hsCode)).toMatchObject({ unitWeightGrams: expect.any(Number) });
      expect(phrases).toMatch(/^[a-z0-9 +]+(, [a-z0-9 +]+)*$/);
    }
  });

  it('contains no phrase twice', () => {
    const phrases = rows.flatMap(([, text]) => text.split(', '));
    expect(phrases.filter((phrase, at) => phrases.indexOf(phrase) !== at)).toEqual([]);
  });
});

const december = join(import.meta.dirname, '../../../../../shared/data/online-retail-2010-12.csv.gz');
const isThere = existsSync(december);
if (!isThere) console.warn(`SKIPPED: the real sales of December 2010 are not at ${december}`);

it.skipIf(!isThere)(
  `the real sales of December 2010: nearly every row is classified${isThere ? '' : ' (SKIPPED: no data)'}`,
  async () => {
    const { rowsRead, sales, refusals } = await readFile(december);
    expect(rowsRead).toBe(42_481);
    expect(sales.length + refusals.length).toBe(rowsRead);
    const catalogue = buildCatalogue(sales);
    expect(catalogue.sales.length + catalogue.refusals.length).toBe(sales.length);
    expect(catalogue.products.size).toBeGreaterThan(2_500);
    expect(catalogue.refusals.length / sales.length).toBeLessThan(0.02);
  },
);
