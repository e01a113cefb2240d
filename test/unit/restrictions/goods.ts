import type { RestrictedProduct } from '../../../shared/restrictions/attributes.ts';
import { checkGoods } from '../../../shared/restrictions/check-goods.ts';
import type {
  GoodsRegistrations,
  RestrictionFinding,
  Transport,
} from '../../../shared/restrictions/index.ts';
import type { ProductCompliance } from '../../../shared/restrictions/product-compliance.ts';

/** A product to which no row applies by itself. It has a maker's number, so that EU declarations are complete. */
export function goods(compliance: ProductCompliance = {}, over: Partial<RestrictedProduct> = {}) {
  return {
    sku: 'THING',
    hsCode: '392690',
    originCountry: 'VN',
    compliance: { identifiers: { manufacturer: 'M-1', noGtin: true }, ...compliance },
    ...over,
  } satisfies RestrictedProduct;
}

export const way = (over: Partial<Transport> = {}): Transport => ({
  shipFrom: 'CN',
  modes: ['road'],
  channel: 'courier',
  services: ['lithium-batteries', 'liquids'],
  ...over,
});
export const byAir = way({ modes: ['air'] });
export const byPost = way({ channel: 'post' });
export const byRoad = way();

const person = {
  name: 'Sample Compliance GmbH',
  postalAddress: 'Musterstrasse 1, 10115 Berlin',
  country: 'DE',
  electronicAddress: 'safety@example.com',
};

/** A seller with every registration that the rows require. */
export const seller: GoodsRegistrations = {
  responsiblePersons: { EU: person, GB: { ...person, country: 'GB' } },
  epr: [
    { country: 'DE', stream: 'packaging', number: 'DE1234567890123' },
    { country: 'DE', stream: 'electrical', number: 'DE12345678' },
    { country: 'DE', stream: 'batteries', number: 'DE87654321' },
    ...(
      [
        ['packaging', '01'], ['electrical', '05'], ['batteries', '06'], ['textiles', '11'], ['furniture', '10'],
        ['toys', '12'], ['sports', '13'], ['tools', '14'], ['tyres', '16'], ['paper', '03'],
      ] as const
    ).map(([stream, code]) => ({ country: 'FR', stream, number: `FR123456_${code}ABCD` })), // biome-ignore format: pairs
    ...['ES', 'AT', 'IT', 'BE', 'SE'].map((country) => ({
      country,
      stream: 'packaging' as const,
      number: `${country}-PACK-1`,
    })),
  ],
};

export interface Asked {
  readonly product?: RestrictedProduct;
  readonly to?: string;
  readonly on?: string;
  readonly by?: Transport | undefined;
  readonly of?: GoodsRegistrations;
}

/** Findings by the id of their row. */
export function findingsOn({
  product = goods(),
  to = 'US',
  on = '2026-11-23',
  by,
  of = seller,
}: Asked): Map<string, RestrictionFinding> {
  const found = checkGoods({ product, destination: { country: to }, date: on, transport: by, seller: of });
  return new Map(found.map((finding) => [finding.ruleId, finding]));
}

/** The finding of one row: `none` if the row does not apply. */
export function saidBy(ruleId: string, asked: Asked): 'none' | 'satisfied' | 'unsatisfied' {
  const finding = findingsOn(asked).get(ruleId);
  if (finding === undefined) return 'none';
  return finding.satisfied ? 'satisfied' : 'unsatisfied';
}
