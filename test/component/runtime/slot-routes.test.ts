import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { contract as listContract } from '../../../functions/1-quote/get-delivery-slots.ts';
import { contract as holdContract } from '../../../functions/1-quote/post-slot-hold.ts';
import { contract as orderContract } from '../../../functions/2-order/post-order.ts';
import { contract as zoneContract } from '../../../functions/setup/put-slots.ts';
import { placeOrderProblem } from '../../../shared/order/index.ts';
import { http } from '../../../shared/runtime/http.ts';
import type { HttpContract } from '../../../shared/runtime/http-contract.ts';
import { slotProblem } from '../../../shared/slots/index.ts';
import { idOf } from '../../builders/ids.ts';
import { everyDay, slotZone } from '../../builders/slots.ts';
import { answerOf, context, gatewayEvent, type Request } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

/** The pointers of the errors of a request. Empty if it fits the contract. */
async function wrongIn<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  contract: HttpContract<P, Q, B>,
  request: Request,
): Promise<string[]> {
  const handler = http(
    contract,
    () => undefined,
    async () => ({ status: 200, body: { errors: [] } }),
  );
  const { body } = answerOf(await handler(gatewayEvent(request), context));
  return (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
}

describe('listing slots', () => {
  const list = (query: Record<string, string>) => wrongIn(listContract, { query });

  test('needs a country, and a postal code if the country has postal codes', async () => {
    expect(await list({ country: 'DE', postalCode: '10115' })).toEqual([]);
    expect(await list({ country: 'HK' })).toEqual([]);
    expect(
      await list({
        ...{ country: 'DE', postalCode: '10115', from: '2026-12-01', carrier: 'easypost' },
        quoteId: idOf('quote', 1),
      }),
    ).toEqual([]);
  });

  test.each([
    [{}, ['#/query/country']],
    [{ country: 'DE' }, ['#/query/postalCode']],
    [{ country: 'qq', postalCode: '10115' }, ['#/query/country']],
    [{ country: 'DE', postalCode: '1' }, ['#/query/postalCode']],
    [{ country: 'DE', postalCode: '10115', from: '2026-02-30' }, ['#/query/from']],
    [{ country: 'DE', postalCode: '10115', from: 'tomorrow' }, ['#/query/from']],
    [{ country: 'DE', postalCode: '10115', carrier: '' }, ['#/query/carrier']],
    [{ country: 'DE', postalCode: '10115', quoteId: 'quo_1' }, ['#/query/quoteId']],
    [{ country: 'DE', postalCode: '10115', limit: '5' }, ['#/query/limit']],
    [{ country: 'DE', postalCode: '10115', optionId: 'opt-1' }, ['#/query/optionId']],
    [
      { country: 'DE', postalCode: '10115', optionId: 'two', quoteId: idOf('quote', 1) },
      ['#/query/optionId'],
    ],
  ])('names the wrong parameter: %j', async (query, pointers) => {
    expect(await list(query as Record<string, string>)).toEqual(pointers);
  });
});

describe('holding a slot', () => {
  const slotId = 'de-berlin_2026-12-07_0800-1200_timed';
  const hold = (params: Record<string, string>, body: unknown) =>
    wrongIn(holdContract, {
      params,
      body: JSON.stringify(body),
      headers: { 'idempotency-key': 'k-1' },
    });

  test.each([
    [{ slotId }, { quoteId: idOf('quote', 1) }, []],
    [{ slotId: 'de-berlin_2026-02-30_0800-1200_timed' }, { quoteId: idOf('quote', 1) }, ['#/path/slotId']],
    [{ slotId }, {}, ['/quoteId']],
    [{ slotId }, { quoteId: idOf('order', 1) }, ['/quoteId']],
    [{ slotId }, { quoteId: idOf('quote', 1), optionId: 'opt-2' }, []],
    [{ slotId }, { quoteId: idOf('quote', 1), optionId: 2 }, ['/optionId']],
    [{ slotId }, { quoteId: idOf('quote', 1), minutes: 60 }, ['/minutes']],
  ])('names the wrong field: %j %j', async (params, body, pointers) => {
    expect(await hold(params, body)).toEqual(pointers);
  });

  test('needs an idempotency key', async () => {
    const body = JSON.stringify({ quoteId: idOf('quote', 1) });
    expect(await wrongIn(holdContract, { params: { slotId }, body })).toEqual(['#/headers/idempotency-key']);
  });

  test.each([
    ['slot-full', 409, '#/path/slotId'],
    ['slot-unknown', 404, '#/path/slotId'],
    ['quote-expired', 410, '/quoteId'],
    ['quote-consumed', 409, '/quoteId'],
    ['slot-before-promise', 422, '#/path/slotId'],
    ['option-unknown', 422, '/optionId'],
  ] as const)('a refusal names its field: %s', (reason, status, pointer) => {
    const problem = slotProblem({ reason }, '');
    expect(problem).toMatchObject({ status, code: reason, errors: [{ pointer, code: reason }] });
  });
});

describe('a delivery zone', () => {
  const put = (over: object) => {
    const { zoneId, ...zone } = slotZone({ templates: everyDay() });
    return wrongIn(zoneContract, { params: { zoneId }, body: JSON.stringify({ ...zone, ...over }) });
  };

  test('is accepted if it is valid, and otherwise the wrong field is named', async () => {
    expect(await put({})).toEqual([]);
    expect(await put({ timeZone: 'Mars/Olympus' })).toEqual(['/timeZone']);
    expect(await put({ carrier: 'dhl' })).toEqual(['/carrier']);
    expect(await put({ templates: everyDay({ to: '07:00' }) })).toContain('/templates/0/to');
    expect(await put({ zoneId: 'other' })).toEqual(['/zoneId']);
  });
});

describe('an order with a slot', () => {
  test.each([
    ['slot-hold-expired', 410],
    ['slot-hold-unknown', 422],
    ['slot-elsewhere', 422],
    ['slot-of-other-carrier', 422],
    ['slot-before-promise', 422],
  ] as const)('gets the reason of the refusal at the hold: %s', (reason, status) => {
    expect(placeOrderProblem({ reason })).toMatchObject({
      status,
      code: reason,
      errors: [{ pointer: '/deliverySlot/holdId', code: reason }],
    });
  });

  test('is refused with a malformed hold id', async () => {
    const body = JSON.stringify({ deliverySlot: { holdId: 'hld' } });
    const headers = { 'idempotency-key': 'k-1' };
    expect(await wrongIn(orderContract, { body, headers })).toContain('/deliverySlot/holdId');
  });
});
