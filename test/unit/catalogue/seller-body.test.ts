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
});
