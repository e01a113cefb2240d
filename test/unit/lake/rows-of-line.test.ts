import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { inCurrentVersion } from '../../../shared/lake/older-versions.ts';
import { type KnownVersions, readRecord } from '../../../shared/lake/record.ts';
import { rowsOfLine } from '../../../shared/lake/rows-of-line.ts';
import { subjects } from '../../../shared/lake/subjects/index.ts';
import { captured, placed, untilStarted } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { namedRows, recordsOf } from '../../builders/lake.ts';
import { consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { orderId, placedAt } from '../../builders/timeline.ts';

const [placedRecord] = recordsOf([placed()]);
const capturedRecord = recordsOf([...untilStarted(), captured()])[2];
const lineOf = (record: object | undefined, over: object = {}) => JSON.stringify({ ...record, ...over });

describe('a line of the facts', () => {
  it('gives rows that fit the columns of their tables', () => {
    const given = rowsOfLine(lineOf(placedRecord));
    if (!given.ok) throw new Error(given.reason);

    expect(given.rows.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['orders', 'order_events', 'lines', 'charges', 'parcels', 'stock_movements']),
    );
    for (const { subject, cells } of given.rows) {
      const columns = subjects.find(({ name }) => name === subject)?.columns ?? {};
      expect(cells).toHaveLength(Object.keys(columns).length);
    }
  });

  it.each([
    ['a later version', { version: 2 }, 'unknown version'],
    ['an unknown name', { name: 'order.teleported' }, 'unknown name'],
    ['data of another form', { data: { paymentId: 7 } }, expect.stringContaining('/paymentId')],
    ['a fact without its order', { orderId: undefined }, 'a fact without its order'],
  ])('of %s is counted as an unknown fact and is in no other table', (_case, over, reason) => {
    const given = rowsOfLine(lineOf(capturedRecord, over));

    expect(given.ok && given.rows.map(({ subject }) => subject)).toEqual(['unknown_facts']);
    expect(namedRows('unknown_facts', given)).toMatchObject([
      {
        fact_id: idOf('fact', 3),
        day: '2026-11-23',
        name: (over as { name?: string }).name ?? 'payment.captured',
        reason,
      },
    ]);
  });

  it('whose figures fit no column is an unknown fact, and half of its rows are in no table', () => {
    const quantity = 3_000_000_000;
    const many = placed({
      landedCost: landedCost({ consignments: [consignment({ lines: [line({ quantity })] })] }),
    });
    const given = rowsOfLine(lineOf(recordsOf([many])[0]));

    expect(given.ok && given.rows.map(({ subject }) => subject)).toEqual(['unknown_facts']);
    expect(namedRows('unknown_facts', given)).toMatchObject([
      { order_id: orderId, reason: 'a value is of the type of its column' },
    ]);
  });

  it.each([
    ['half a line', lineOf(placedRecord).slice(0, 80)],
    ['another text', 'not a record'],
    ['a list', '[]'],
    ['no id', lineOf(placedRecord, { id: undefined })],
    ['a day that does not exist', lineOf(placedRecord, { occurredAt: '2026-02-30T10:00:00.000Z' })],
  ])('that is %s is no record, and the reason holds none of it', (_case, text) => {
    const given = rowsOfLine(text);

    expect(given.ok).toBe(false);
    expect(!given.ok && given.reason).not.toContain(orderId);
  });
});

describe('an older version', () => {
  /** Version 3 of a fact that got its currency in version 2, and was renamed a field in version 3. */
  const known: KnownVersions = {
    definitions: new Map([
      [
        'toll.paid',
        { version: 3, isFact: false, data: z.strictObject({ amountMinor: z.int(), currency: z.string() }) },
      ],
    ]),
    upcasts: {
      'toll.paid': {
        1: (data) => ({ ...data, currency: 'EUR' }),
        2: ({ amount, ...data }) => ({ ...data, amountMinor: amount }),
      },
    },
  };
  const toll = (version: number, data: object) =>
    JSON.stringify({
      id: 't-1',
      name: 'toll.paid',
      version,
      occurredAt: placedAt,
      recordedAt: placedAt,
      data,
    });

  it.each([
    [1, { amount: 5 }],
    [2, { amount: 5, currency: 'EUR' }],
    [3, { amountMinor: 5, currency: 'EUR' }],
  ])('%i is read as the current one, and keeps its number', (version, data) => {
    expect(readRecord(toll(version, data), known)).toMatchObject({
      kind: 'known',
      record: { version, data: { amountMinor: 5, currency: 'EUR' } },
    });
  });

  it('is unknown where its step is missing, where it is newer, or where the result does not fit', () => {
    expect(readRecord(toll(4, { amountMinor: 5, currency: 'EUR' }), known)).toMatchObject({
      ...{ kind: 'unknown', reason: 'unknown version' },
    });
    expect(readRecord(toll(1, { amount: 5 }), { ...known, upcasts: {} })).toMatchObject({ kind: 'unknown' });
    expect(readRecord(toll(1, { amount: 'five' }), known)).toMatchObject({
      reason: '/amountMinor: invalid_type',
    });
  });

  it('leaves the given data as they are', () => {
    const data = { amount: 5 };
    expect(inCurrentVersion({ name: 'toll.paid', version: 1, data }, 2, known.upcasts)).toEqual({
      ...{ amount: 5, currency: 'EUR' },
    });
    expect(data).toEqual({ amount: 5 });
  });
});
