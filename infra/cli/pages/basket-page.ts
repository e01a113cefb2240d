import type { Charge, LandedCost } from '../../../events/landed-cost.ts';
import { productSchema, warehouseSchema } from '../../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { formatMoney, fromJson } from '../../../shared/kernel/money.ts';
import { type PricedBasket, priceBasket, quoteRequestSchema } from '../../../shared/quote/index.ts';
import { exchangeRatesSchema } from '../../../shared/rates/index.ts';
import { sampleCatalogue } from '../sample-shop/catalogue.ts';
import { sampleWarehouses } from '../sample-shop/network.ts';
import { productBody } from '../sample-shop/sample-product.ts';
import { sampleRates, sampleSeller } from '../sample-shop/sample-seller.ts';

const NOW = '2026-12-01T10:00:00.000Z';
const LINES = [
  { sku: 'TSHIRT-COTTON-NAVY', quantity: 2 },
  { sku: 'UMBRELLA-FOLDING', quantity: 1 },
];

const destinations = [
  { country: 'DE', name: 'Germany', postalCode: '10115' },
  { country: 'GB', name: 'Great Britain', postalCode: 'SW1A 1AA' },
  { country: 'US', name: 'United States', postalCode: '10001' },
  { country: 'NO', name: 'Norway', postalCode: '0154' },
  { country: 'BR', name: 'Brazil', postalCode: '01310-100' },
] as const;

const products = sampleCatalogue.map((product) => productSchema.parse(productBody(product)));

/** The page with the prices of one basket in five countries, and with every figure of the quotes. */
export function basketPage(): string {
  const goods = LINES.map(({ sku, quantity }) => {
    const product = products.find((each) => each.sku === sku);
    return `${quantity} x ${product?.description} (HS ${product?.hsCode}, origin ${product?.originCountry})`;
  });
  const priced = destinations.map((destination) => ({ destination, basket: price(destination) }));
  return [
    '# One basket, five countries',
    '',
    `The basket is ${goods.join(' and ')}. It is sent from Shenzhen on`,
    '2026-12-01, delivered duty paid, with the sample catalogue, the rate cards and the invented exchange rates of',
    '`npm start`. Every line below is a charge of the quote, with its formula, its rule and its law.',
    'A rule with the mark "to confirm" has a source that a person should check first. `npm run pages` writes this page, and a',
    'test compares it with the results of the code.',
    '',
    summary(priced),
    ...priced.flatMap(({ destination, basket }) => section(destination.name, basket.chosen, basket)),
  ].join('\n');
}

function price({ country, postalCode }: (typeof destinations)[number]): PricedBasket {
  const outcome = priceBasket({
    request: quoteRequestSchema.parse({
      destination: { country, postalCode },
      currency: 'EUR',
      lines: LINES,
      service: 'standard',
    }),
    products,
    warehouses: sampleWarehouses
      .filter(({ warehouseId }) => warehouseId === 'cn-shenzhen')
      .map((warehouse) => warehouseSchema.parse(warehouse)),
    stock: new Map(LINES.map(({ sku }) => [sku, new Map([['cn-shenzhen', 100]])])),
    exchangeRates: exchangeRatesSchema.parse(sampleRates),
    rules: builtinRuleBook,
    seller: sampleSeller,
    now: NOW,
  });
  if (!outcome.ok) throw new Error(`${country}: ${JSON.stringify(outcome.error)}`);
  return outcome.value;
}

type Priced = readonly {
  readonly destination: (typeof destinations)[number];
  readonly basket: PricedBasket;
}[];

function summary(priced: Priced): string {
  const rows = priced.map(({ destination: { name }, basket: { chosen } }) => {
    const { goods, shipping, duty, tax, fees, total } = chosen.totals;
    const figures = [goods, shipping, duty, tax, fees, total].map((amount) => formatMoney(fromJson(amount)));
    return `| ${name} | ${chosen.consignments.map(({ scheme }) => scheme).join(', ')} | ${figures.join(' | ')} |`;
  });
  return [
    '| to | scheme | goods | shipping | duty | tax | fees | at the door |',
    '|---|---|---:|---:|---:|---:|---:|---:|',
    ...rows,
    '',
  ].join('\n');
}

function section(name: string, { consignments }: LandedCost, { otherIncoterm }: PricedBasket): string[] {
  return consignments.flatMap(({ charges, deMinimis }) => [
    `## ${name}`,
    '',
    ...deMinimis.map(
      ({ on, relieved, explanation, ruleId }) =>
        `- De minimis, ${on}: ${relieved ? 'relieved' : 'not relieved'}. ${explanation} (\`${ruleId}\`)`,
    ),
    '',
    '| charge | amount | formula | rule | law |',
    '|---|---:|---|---|---|',
    ...charges.map(chargeRow),
    '',
    'refused' in otherIncoterm
      ? `${otherIncoterm.incoterm}: not possible: ${otherIncoterm.refused}`
      : `${otherIncoterm.incoterm}: ${formatMoney(fromJson(otherIncoterm.totals.total))} to the seller.`,
    '',
  ]);
}

const chargeRow = ({ description, amount, formula, ruleId, legalReference, needsReview }: Charge) =>
  `| ${description} | ${formatMoney(fromJson(amount))} | ${formula} | \`${ruleId}\`${needsReview === true ? ', to confirm' : ''} | ${legalReference} |`;
