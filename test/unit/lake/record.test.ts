import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseFact } from '../../../events/all-events.ts';
import { readRecord, recordOf, recordOfFact, writeRecord } from '../../../shared/lake/record.ts';
import type { Journal } from '../../../shared/timeline/index.ts';

const example = (file: string) => parseFact(JSON.parse(readFileSync(`events/examples/${file}.json`, 'utf8')));

const placed = () => example('order.placed.v1');
const rates = {
  ...{ id: 'RATES#daily#2026-11-27', occurredAt: '2026-11-27T15:00:00.000Z' },
  recordedAt: '2026-11-27T15:00:00.000Z',
};
const daily = {
  ...({ kind: 'daily', date: '2026-11-27', base: 'EUR', source: 'ECB' } as const),
  rates: { USD: '1.1603' },
};

describe('a record of a fact', () => {
  it('is read as it was written, with the journal of its fact', () => {
    const fact = example('payment.captured.v1');
    const journal: Journal = {
      ...{ orderId: fact.orderId, factSequence: fact.sequence, occurredAt: fact.occurredAt },
      description: 'payment captured',
      postings: [{ account: 'customer-deposits', amount: { amountMinor: -3927, currency: 'EUR' } }],
    };
    const record = recordOfFact(fact, journal);

    expect(readRecord(writeRecord(record))).toEqual({ kind: 'known', record });
    expect(record).toMatchObject({
      ...{ id: fact.id, name: 'payment.captured', orderId: fact.orderId, by: fact.cause.by },
      journal: { postings: [{ account: 'customer-deposits', amountMinor: -3927, currency: 'EUR' }] },
    });
  });

  it('has no personal field, although the fact has', () => {
    const fact = placed();
    if (fact.name !== 'order.placed') throw new Error('no order');
    const { landedCost } = fact.data;
    const destination = { country: 'DE', region: 'c/o Ada Lovelace', postalCode: '10115' };
    const cause = { by: 'operator' as const, reference: 'ada@example.com' };
    const line = writeRecord(
      recordOfFact({ ...fact, cause, data: { ...fact.data, landedCost: { ...landedCost, destination } } }),
    );

    expect(line).not.toMatch(/Lovelace|10115|ada@/);
    expect(readRecord(line)).toMatchObject({
      record: { by: 'operator', data: { landedCost: { destination: { country: 'DE', postalArea: '10' } } } },
    });
  });

  it('names the storefront where the fact does', () => {
    const fact = placed();

    expect(recordOfFact(fact).storefrontId).toBe(fact.name === 'order.placed' && fact.data.storefrontId);
    expect(recordOfFact(example('payment.captured.v1')).storefrontId).toBeUndefined();
  });
});

describe('a record of something else', () => {
  it('is read as it was written', () => {
    const record = recordOf('rates.stored', rates, daily);

    expect(readRecord(writeRecord(record))).toEqual({ kind: 'known', record });
  });

  it('is not made of data that does not fit', () => {
    expect(() => recordOf('rates.stored', rates, { ...daily, rates: { USD: 'one' } })).toThrow();
  });
});

describe('a line of the lake', () => {
  const line = writeRecord(recordOf('rates.stored', rates, daily));
  const changed = (over: object) => readRecord(JSON.stringify({ ...JSON.parse(line), ...over }));

  it('of an unknown name or version, or with other data, is kept as unknown', () => {
    expect(changed({ name: 'rates.burnt' })).toMatchObject({ kind: 'unknown', reason: 'unknown name' });
    expect(changed({ version: 2 })).toMatchObject({ kind: 'unknown', record: { id: rates.id, version: 2 } });
    expect(changed({ data: { ...daily, base: 'XXX' } })).toMatchObject({
      ...{ kind: 'unknown', reason: expect.stringContaining('/base') },
    });
    expect(changed({ name: 'payment.captured' })).toMatchObject({ kind: 'unknown' });
  });

  it('that was half written, or is no record, is broken', () => {
    expect(readRecord(line.slice(0, -9))).toEqual({ kind: 'broken', reason: 'no JSON' });
    expect(readRecord('17')).toMatchObject({ kind: 'broken' });
    expect(changed({ id: '' })).toMatchObject({ kind: 'broken', reason: expect.stringContaining('/id') });
  });

  it('has a field of a later version and keeps it', () => {
    expect(changed({ partition: 7 })).toMatchObject({ kind: 'known', record: { partition: 7 } });
  });
});
