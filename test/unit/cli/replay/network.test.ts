import { describe, expect, it } from 'vitest';
import { measureGoods } from '../../../../infra/cli/replay/measure-goods.ts';
import {
  replayRates,
  replaySeller,
  replayWarehouses,
  warehousesIn,
} from '../../../../infra/cli/replay/network.ts';
import { nationalCodesOf, productBody } from '../../../../infra/cli/replay/product-body.ts';
import { WAREHOUSE_COUNTRIES } from '../../../../infra/cli/replay/replay-options.ts';
import { productSchema } from '../../../../shared/catalogue/product.ts';
import { sellerSchema } from '../../../../shared/catalogue/seller.ts';
import { warehouseBodySchema } from '../../../../shared/catalogue/warehouse-body.ts';
import type { Regime } from '../../../../shared/duties/index.ts';
import { regimes } from '../../../../shared/duties/regimes/index.ts';
import { knownPartners } from '../../../../shared/runtime/known-partners.ts';

const destinations = regimes.flatMap(({ countries }) => countries);

describe('the network of the replay', () => {
  it.each(replayWarehouses)(
    '$warehouseId sends to every destination that has a regime, on one lane each',
    (warehouse) => {
      const { warehouseId: _id, ...body } = warehouse;
      expect(warehouseBodySchema(knownPartners).safeParse(body).error).toBeUndefined();
      const served = warehouse.lanes.flatMap(({ countries }) => countries);
      expect(destinations.filter((country) => !served.includes(country))).toEqual([]);
      expect(new Set(served).size).toBe(served.length);
      const cards = warehouse.lanes.flatMap(({ rateCards }) => rateCards.map(({ rateCardId }) => rateCardId));
      expect(new Set(cards).size).toBe(cards.length);
    },
  );

  it('has its warehouses in the countries that the command line offers', () => {
    expect(replayWarehouses.map(({ address }) => address.country)).toEqual(WAREHOUSE_COUNTRIES);
  });

  it('may have only a warehouse in Great Britain', () => {
    expect(warehousesIn(new Set(['GB'])).map(({ warehouseId }) => warehouseId)).toEqual(['gb-corby']);
    expect(warehousesIn(new Set(['GB', 'PL']))).toHaveLength(2);
  });

  it('has valid registrations, and a rate for every currency in which a regime computes', () => {
    expect(sellerSchema.safeParse(replaySeller).error).toBeUndefined();
    const currencies = regimes.map(({ currency }: Regime) => currency).filter((each) => each !== 'EUR');
    expect(currencies.filter((each) => !(each in replayRates.rates))).toEqual([]);
  });
});

describe('a product of the replay', () => {
  const none = new Map<string, string[]>();
  const product = (hsCode: string) => ({
    ...{ sku: 'A1', description: 'A thing', hsCode, priceMinor: 250, units: 3 },
    ...measureGoods(hsCode),
  });

  it('is accepted by the catalogue, with invented documents', () => {
    for (const hsCode of ['950300', '490900', '340600', '691200', '940550']) {
      expect(
        productSchema.safeParse({ sku: 'A1', ...productBody(product(hsCode), none) }).error,
      ).toBeUndefined();
    }
    const types = productBody(product('950300'), none).compliance.documents.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['ce-declaration', 'toy-safety-report', 'us-cpc']));
  });

  it('has a national code if the tariff has exactly one line for it, and otherwise none', () => {
    const tariffs = new Map([
      ['EU', ['39269097', '42022210', '42022290', '95030041', '950300']],
      ['US', ['39269099', '39269099', '4202', '950300']],
    ]);
    expect(nationalCodesOf('392690', tariffs)).toEqual({ EU: '39269097', US: '39269099' });
    expect(nationalCodesOf('420222', tariffs)).toEqual({});
    expect(nationalCodesOf('950300', tariffs)).toEqual({});
    expect(nationalCodesOf('490900', tariffs)).toEqual({ EU: '49090000' });
    expect(productBody(product('392690'), tariffs)).toHaveProperty('nationalCodes.US', '39269099');
    expect(productBody(product('420222'), tariffs)).not.toHaveProperty('nationalCodes');
  });

  it('has a proof of origin if its makers are British or European', () => {
    expect(productBody(product('490900'), none).originProofs).toEqual([
      { agreement: 'eu-gb-tca', reference: 'SAMPLE-A1' },
    ]);
    expect(productBody(product('691200'), none)).not.toHaveProperty('originProofs');
  });
});
