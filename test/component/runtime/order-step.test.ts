import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTable } from '../../../shared/aws/clients.ts';
import { keys } from '../../../shared/aws/table.ts';
import { clearParcels } from '../../../shared/customs/index.ts';
import { minuteMs, toInstant } from '../../../shared/kernel/time.ts';
import { headOf, orderOf } from '../../../shared/order/index.ts';
import { PartnerNotSetUp } from '../../../shared/partners/plug-in.ts';
import { capturePayment, checkPayment } from '../../../shared/payment/index.ts';
import { writeCall } from '../../../shared/runtime/callback-message.ts';
import { callbackStep, orderStep } from '../../../shared/runtime/order-step.ts';
import { writeWork } from '../../../shared/runtime/queue-message.ts';
import { bookParcels, trackParcels } from '../../../shared/shipping/index.ts';
import { actOnOrder, NotYet } from '../../../shared/timeline/index.ts';
import { requestDispatch } from '../../../shared/warehouse/index.ts';
import {
  authorised,
  scanned,
  untilBooked,
  untilCleared,
  untilDispatched,
  untilPaid,
  untilReleased,
  untilStarted,
} from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';
import { startTable, type TableOnEngine } from '../stores/table-on-engine.ts';
import { context, queueEvent, queueRecord } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

const missing = async (): Promise<never> => {
  throw new PartnerNotSetUp('the partner has no settings here');
};
const away = {
  carrierByCode: missing,
  brokerFor: missing,
  brokerByCode: missing,
  systemByCode: missing,
  providerByCode: missing,
};

/** Gives the late work of a step to its function, as the queue does. */
async function run(handler: ReturnType<typeof orderStep | typeof callbackStep>) {
  const body = writeWork({ orderId, step: 'booking', attempt: 1 });
  const { batchItemFailures } = await handler(queueEvent(queueRecord('m-1', body)), context);
  return batchItemFailures.length;
}

describe('a step whose partner has no usable settings', () => {
  test.each([
    ['the label', untilPaid(), { step: 'booking', act: bookParcels }],
    ['customs', untilBooked(), { step: 'clearance', act: clearParcels }],
    ['the warehouse', untilCleared(), { step: 'dispatch', act: requestDispatch }],
    ['the capture', untilReleased(), { step: 'capture', act: capturePayment }],
  ] as const)(
    'asks for a person at once, and no longer once it is done: %s',
    async (waitingFor, facts, step) => {
      const harness = createHarness(timelineOf([...facts]));
      const attention = () => orderOf(harness.facts()).attention.map(({ reason }) => reason);
      const deps = { ...harness.deps };
      const blocked = orderStep(() => ({ ...deps, ...away }), step);
      expect(await run(blocked)).toBe(1);
      expect(attention()).toEqual(['blocked: the partner has no settings here']);
      expect(headOf(harness.facts())).toMatchObject({ list: 'attention' });
      const written = harness.facts().at(-1);
      expect(written).toMatchObject({ name: 'order.overdue', data: { waitingFor } });
      expect(written?.recordedAt).toBe(toInstant(deps.clock()));

      // A repeat has no further effect.
      harness.pass(minuteMs);
      const count = harness.facts().length;
      expect(await run(blocked)).toBe(1);
      expect(harness.facts()).toHaveLength(count);

      // The provider of the tests has only payments that it started.
      if (waitingFor === 'the capture') return;
      harness.pass(minuteMs);
      expect(await run(orderStep(() => deps, step))).toBe(0);
      // The warehouse accepts later, by a callback.
      const after = waitingFor === 'the warehouse' ? ['blocked: the partner has no settings here'] : [];
      expect(attention()).toEqual(after);
    },
  );
});

describe('a step that checks a silent partner without usable settings', () => {
  // The partner is never called, because no message contains a stored call of it.
  const table = openTable('Records');

  test.each([
    ['the payment', untilStarted(), { step: 'payment', act: checkPayment }, authorised()],
    ['the next scan', untilDispatched(), { step: 'delivery', act: trackParcels }, scanned()],
  ] as const)(
    'asks for a person at once, until the partner says something: %s',
    async (waitingFor, facts, ask, answer) => {
      const harness = createHarness(timelineOf([...facts]));
      const blocked = callbackStep(
        () => ({ ...harness.deps, ...away, table }),
        async () => {},
        ask,
      );
      expect(await run(blocked)).toBe(1);
      const reported = harness.facts();
      expect(orderOf(reported).attention).toMatchObject([
        { reason: 'blocked: the partner has no settings here', stops: false },
      ]);
      expect(headOf(reported)).toMatchObject({ list: 'attention' });
      expect(reported.at(-1)).toMatchObject({ name: 'order.overdue', data: { waitingFor } });

      // A repeat has no further effect.
      expect(await run(blocked)).toBe(1);
      expect(harness.facts()).toHaveLength(reported.length);

      await actOnOrder(harness.deps, orderId, { by: 'clock', reference: 'test' }, () => [answer]);
      expect(orderOf(harness.facts()).attention).toEqual([]);
    },
  );
});

describe('a partner’s call', () => {
  let on: TableOnEngine;
  beforeAll(async () => {
    on = await startTable();
  });
  afterAll(() => on.stop());

  /** The function that handles callbacks. It records what it interprets, and fails while it is broken. */
  function taking() {
    const interpreted: string[] = [];
    let isBroken = false;
    const handler = callbackStep(
      () => ({ ...createHarness().deps, table: on.table }),
      async (_deps, { callbackId, rawBody }) => {
        interpreted.push(`${callbackId} ${rawBody.toString()}`);
        if (isBroken) throw new NotYet('the reference is not written yet');
      },
    );
    return {
      interpreted,
      deliver: async (callbackId: string, deliveryId: string) => {
        const body = writeCall({
          ...({ kind: 'carrier', code: 'easypost', callbackId, deliveryId } as const),
          ...{ receivedAt: '2026-11-23T10:00:00.000Z', rawBody: Buffer.from(`{"by":"${deliveryId}"}`) },
        });
        const { batchItemFailures } = await handler(queueEvent(queueRecord('m', body)), context);
        return batchItemFailures.length;
      },
      setBroken: (broken: boolean) => {
        isBroken = broken;
      },
    };
  }

  test('is stored and interpreted once, even if the partner repeats it many times', async () => {
    const { deliver, interpreted } = taking();
    expect([await deliver('evt_1', 'request-1'), await deliver('evt_1', 'request-2')]).toEqual([0, 0]);
    expect(interpreted).toEqual(['evt_1 {"by":"request-1"}']);
    expect(await on.item(keys.callback('carrier', 'easypost', 'evt_1'))).toMatchObject({
      deliveryId: 'request-1',
    });
  });

  test('is interpreted again if its message is received again, even after it was parked and moved back', async () => {
    const { deliver, interpreted, setBroken } = taking();
    setBroken(true);
    expect(await deliver('evt_2', 'request-1')).toBe(1);
    // The partner repeats its call while the first delivery is still in progress.
    expect(await deliver('evt_2', 'request-2')).toBe(0);
    setBroken(false);
    // A message that was moved back has a new id and counts its receives from one.
    expect(await deliver('evt_2', 'request-1')).toBe(0);
    expect(interpreted).toEqual(['evt_2 {"by":"request-1"}', 'evt_2 {"by":"request-1"}']);
  });
});
