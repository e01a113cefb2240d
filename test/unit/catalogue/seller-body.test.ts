import { describe, expect, it } from 'vitest';
import { sellerBodySchema, sellerSchema } from '../../../shared/catalogue/index.ts';

const schema = sellerBodySchema({
  brokers: ['broker', 'fast-clear'],
  paymentProviders: [
    { code: 'first', methods: ['card', 'ideal'] },
    { code: 'second', methods: ['card'] },
  ],
});
const seller = { name: 'Shop', importer: {} };

/** The field and the message of each error. */
function wrong(choice: object): string[] {
  const read = schema.safeParse({ ...seller, ...choice });
  return (read.error?.issues ?? []).map(({ path, message }) => `${path.join('/')}: ${message}`);
}

describe('the seller’s importer numbers', () => {
  const address = { line1: 'Hafenstrasse 1', city: 'Hamburg', country: 'DE' };

  it('need its address in the United States, where it is the importer of record', () => {
    expect(wrong({ importer: { US: '98-7654321XX' } })).toEqual([
      'address: the importer of record in the United States is named with its address',
    ]);
    expect(wrong({ importer: { US: '98-7654321XX' }, address })).toEqual([]);
    expect(wrong({ importer: { EU: 'DE123456789012345' } })).toEqual([]);
  });
});

describe('the seller’s choice of partners', () => {
  it('is stored when every code, regime and method is known', () => {
    const choice = {
      brokers: { eu: 'fast-clear', gb: 'broker' },
      payment: { providers: ['second', 'first'], methods: { ideal: 'first' } },
    };
    expect(wrong(choice)).toEqual([]);
    expect(sellerSchema.parse({ ...seller, ...choice })).toMatchObject(choice);
  });

  it('is refused for an unknown broker, naming the field and the known codes', () => {
    expect(wrong({ brokers: { eu: 'nobody' } })).toEqual([
      expect.stringMatching(/^brokers\/eu: .*"broker".*"fast-clear"/),
    ]);
    expect(wrong({ brokers: { atlantis: 'broker' } })).toEqual([
      expect.stringMatching(/^brokers\/atlantis: .*eu, .*gb/),
    ]);
  });

  it('is refused for an unknown payment provider, or one that does not offer the method', () => {
    expect(wrong({ payment: { providers: ['nobody'] } })).toEqual([
      expect.stringMatching(/^payment\/providers\/0: .*"first".*"second"/),
    ]);
    expect(wrong({ payment: { methods: { ideal: 'second' } } })).toEqual([
      'payment/methods/ideal: second offers no such method, it offers card',
    ]);
    expect(wrong({ payment: { methods: { card: 'nobody' } } })).toEqual([
      expect.stringMatching(/^payment\/methods\/card: .*"first".*"second"/),
    ]);
  });

  it('may have an order of methods by market, and terms of providers', () => {
    const payment = {
      order: { de: ['ideal', 'card'] },
      terms: [
        {
          ...{ provider: 'first', methods: ['ideal'], countries: ['nl'] },
          licence: { validUntil: '2027-01-31', number: 'R179715' },
          ...{ refusedGoods: ['2203', '93'], fee: { percent: '0.35', fixed: [] } },
          maxAmounts: [{ amount: 100_000, currency: 'EUR' }],
        },
      ],
    };
    expect(wrong({ payment })).toEqual([]);
    expect(schema.parse({ ...seller, payment }).payment).toMatchObject({
      ...{ order: { DE: ['ideal', 'card'] }, terms: [{ countries: ['NL'] }] },
    });
    expect(wrong({ payment: { terms: [{ provider: 'nobody' }] } })).toEqual([
      'payment/terms/0/provider: no provider of this code, there are first, second',
    ]);
    expect(wrong({ payment: { terms: [{ provider: 'second', methods: ['card', 'ideal'] }] } })).toEqual([
      'payment/terms/0/methods/1: second offers no such method, it offers card',
    ]);
    const twice = [
      { amount: 1, currency: 'EUR' },
      { amount: 2, currency: 'EUR' },
    ];
    expect(wrong({ payment: { terms: [{ provider: 'first', maxAmounts: twice }] } })).toEqual([
      'payment/terms/0/maxAmounts: one amount a currency',
    ]);
  });
});
