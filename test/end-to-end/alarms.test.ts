import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FunctionId, triggerList } from '../../events/triggers.ts';
import type { AlarmState } from '../../infra/local/watching/watch.ts';
import { type RunningBackend, runBackend } from './running-backend.ts';

/** The faults that are injected now. The local cloud reads the rates at each request. */
const faultRates: { throttle?: number } = {};
let aheadMs = 0;
let running: RunningBackend;

beforeAll(async () => {
  running = await runBackend({ faultRates, watchClock: () => Date.now() + aheadMs });
});
afterAll(() => running?.stop());

function alarm(name: string): AlarmState {
  const found = running.backend.cloud.alarms().find((each) => each.name === `entrepot-local-${name}`);
  if (found === undefined) throw new Error(`there is no alarm ${name}`);
  return found;
}

/** The name of a function, as `PaymentOnPaymentCallback` for `3-payment/on-payment-callback`. */
const plainName = (id: FunctionId) =>
  id
    .replace(/^\d+-/, '')
    .split(/[-/]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const invoke = (id: FunctionId, event: unknown) =>
  running.backend.cloud.invoke(`entrepot-local-${plainName(id)}`, event);

/** A message as Lambda gives it to a consumer. */
function message(body: unknown, waitedMs = 0) {
  const sent = Date.now() - waitedMs;
  return {
    messageId: `m-${Math.random()}`,
    receiptHandle: 'none',
    body: JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(sent),
      ApproximateFirstReceiveTimestamp: String(sent + waitedMs),
    },
  };
}

const workOf = (orderId: string) => ({
  'detail-type': 'work.due',
  detail: { orderId, step: 'screening', attempt: 1 },
});
const unknownOrder = 'ord_01ARZ3NDEKTSV4RRFFQ69G5FAV';

describe('alarms', () => {
  test('are all off at first', () => {
    expect(running.backend.cloud.alarms().filter(({ isRaised }) => isRaised)).toEqual([]);
  });

  test('ring when messages fail, and when they reach their function late', async () => {
    const before = alarm('FailingMessages').value ?? 0;
    await invoke('4-screening/on-payment-authorised', { Records: [message('no event')] });
    expect(alarm('FailingMessages')).toMatchObject({ value: before + 1, isRaised: false });
    const late = Array.from({ length: 4 }, () => message(workOf(unknownOrder), 6 * 60_000));
    await invoke('4-screening/on-payment-authorised', { Records: late });
    expect(alarm('FailingMessages')).toMatchObject({ value: before + 5, isRaised: true });
  });

  test('ring when a message names an order that does not exist', () => {
    expect(alarm('UnknownOrders')).toMatchObject({ value: 4, isRaised: true });
  });

  test("ring when a partner's call has a wrong signature", async () => {
    const answer = await fetch(`${running.backend.url}/v1/hooks/payment/stripe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': 't=1,v1=00' },
      body: '{"id":"evt_1"}',
    });
    expect(answer.status).toBe(401);
    expect(alarm('RefusedCallbacks')).toMatchObject({ value: 1, isRaised: true });
  });

  test('ring when the table refuses requests, and when a caller gets a server error for it', async () => {
    faultRates.throttle = 1;
    const path = `${running.backend.url}/v1/orders/${unknownOrder}`;
    const headers = { 'x-entrepot-key': running.storefrontKey };
    const answers = await Promise.all(Array.from({ length: 4 }, () => fetch(path, { headers })));
    delete faultRates.throttle;
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 500, 500]);
    expect(alarm('ApiErrors')).toMatchObject({ value: 4, isRaised: true });
    expect(alarm('TableThrottles').isRaised).toBe(true);
  });

  test('ring when invocations crash or a job fails, and its start is parked', async () => {
    faultRates.throttle = 1;
    await running.backend.cloud.runSchedule('entrepot-local-OperationsEveryMinuteSweepDueWork');
    delete faultRates.throttle;
    expect(alarm('ParkedMessages')).toMatchObject({ value: 1, isRaised: true });
    expect(running.backend.cloud.deadLetters().map(({ queue }) => queue)).toEqual([
      'entrepot-local-parked-undelivered',
    ]);
    const before = alarm('CrashedFunctions').value ?? 0;
    expect(before).toBeGreaterThan(0);
    for (const _ of [1, 2]) await invoke('4-screening/on-payment-authorised', null);
    expect(alarm('CrashedFunctions')).toMatchObject({ value: before + 2, isRaised: before + 2 >= 3 });
  });

  test('ring when the relay is behind the table for three minutes', async () => {
    const record = () => ({
      Records: [
        { eventName: 'REMOVE', dynamodb: { ApproximateCreationDateTime: Date.now() / 1000 - 90, Keys: {} } },
      ],
    });
    for (const minute of [0, 1, 2]) {
      aheadMs = minute * 60_000;
      await invoke('operations/relay-facts', record());
      expect(alarm('RelayBehind').isRaised).toBe(minute === 2);
    }
  });

  test('ring when a job does not start', async () => {
    aheadMs = 3_600_000;
    for (const [id, { kind }] of triggerList) {
      if (kind !== 'schedule') continue;
      const name = plainName(id);
      expect(alarm(`${name} Silent`).isRaised).toBe(true);
      await running.backend.cloud.runSchedule(`entrepot-local-${name}`);
      expect(alarm(`${name} Silent`)).toMatchObject({ value: 1, isRaised: false });
    }
  });

  test('are shown on the machine', async () => {
    const answer = await fetch(`${running.backend.url}/_local/alarms`);
    const { alarms } = (await answer.json()) as { alarms: AlarmState[] };
    expect(alarms.length).toBe(running.backend.cloud.alarms().length);
    expect(alarms[0]?.description).toContain('Runbook: docs/runbooks/');
  });
});
