import { describe, expect, test } from 'vitest';
import { contract } from '../../../functions/setup/put-warehouse.ts';
import { http } from '../../../shared/runtime/http.ts';
import { lane, warehouse } from '../../builders/network.ts';
import { answerOf, context, gatewayEvent } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

const { warehouseId, ...sent } = warehouse({ lanes: [lane()] });

async function put(body: unknown) {
  const handler = http(
    contract,
    () => undefined,
    async ({ body: stored }) => ({ status: 200, body: stored }),
  );
  return answerOf(
    await handler(gatewayEvent({ params: { warehouseId }, body: JSON.stringify(body) }), context),
  );
}

describe('storing a warehouse', () => {
  test('accepts a valid warehouse, and fills in the defaults', async () => {
    const { kind: _kind, boxes: _boxes, openingHours: _hours, ...short } = sent;
    expect(await put(short)).toMatchObject({ status: 200, body: sent });
  });

  test('refuses an invalid warehouse with a problem that names each field', async () => {
    const [first] = sent.lanes;
    const [card] = first?.rateCards ?? [];
    const weightBreaks = [
      { upToGrams: 1_000, priceMinor: 500 },
      { upToGrams: 1_000, priceMinor: 700 },
    ];
    const body = {
      ...sent,
      holidays: ['2026-12-25', '2026-13-01'],
      lanes: [
        {
          ...first,
          rateCards: [{ ...card, zones: [{ zone: 'A', weightBreaks }] }],
          transit: { days: [{ days: 2, share: 9_000 }] },
        },
      ],
    };
    expect(await put(body)).toMatchObject({
      status: 422,
      headers: { 'content-type': 'application/problem+json' },
      body: {
        type: 'https://entrepot.dev/problems/invalid-input',
        errors: [
          { pointer: '/holidays/1', detail: 'a calendar date, such as 2026-12-25' },
          {
            pointer: '/lanes/0/rateCards/0/zones/0/weightBreaks/1/upToGrams',
            detail: 'weight breaks overlap: more than 1000, the break before',
          },
          { pointer: '/lanes/0/transit/days/0/share', detail: 'the last share is 10000: all parcels' },
        ],
      },
    });
  });
});
