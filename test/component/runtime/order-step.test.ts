import { describe, expect, test } from 'vitest';
import { openTable } from '../../../shared/aws/clients.ts';
import { clearParcels } from '../../../shared/customs/index.ts';
import { minuteMs, toInstant } from '../../../shared/kernel/time.ts';
import { headOf, orderOf } from '../../../shared/order/index.ts';
import { PartnerNotSetUp } from '../../../shared/partners/plug-in.ts';
import { capturePayment, checkPayment } from '../../../shared/payment/index.ts';
import { callbackStep, orderStep } from '../../../shared/runtime/order-step.ts';
import { bookParcels, trackParcels } from '../../../shared/shipping/index.ts';
import { actOnOrder } from '../../../shared/timeline/index.ts';
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
import { busBody, context, queueEvent, queueRecord } from './lambda-events.ts';
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

/** Hands the late work of a step to its function, as the queue does. */
async function run(handler: ReturnType<typeof orderStep | typeof callbackStep>) {
  const body = busBody('work.due', { orderId, step: 'booking', attempt: 1 });
  const { batchItemFailures } = await handler(queueEvent(queueRecord('m-1', body)), context);
  return batchItemFailures.length;
}

describe('a step whose partner has no usable settings', () => {
  test.each([
    ['the label', untilPaid(), bookParcels],
    ['customs', untilBooked(), clearParcels],
    ['the warehouse', untilCleared(), requestDispatch],
    ['the capture', untilReleased(), capturePayment],
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

      // The same once more says nothing new.
      harness.pass(minuteMs);
      const count = harness.facts().length;
      expect(await run(blocked)).toBe(1);
      expect(harness.facts()).toHaveLength(count);

      // The provider of the tests knows no payment that it did not start.
      if (waitingFor === 'the capture') return;
      harness.pass(minuteMs);
      expect(await run(orderStep(() => deps, step))).toBe(0);
      // The warehouse accepts by a call of its own, later.
      const after = waitingFor === 'the warehouse' ? ['blocked: the partner has no settings here'] : [];
      expect(attention()).toEqual(after);
    },
  );
});

describe('a step that checks a silent partner without usable settings', () => {
  // Its client is never called: a stored call of the partner is not among the messages.
  const table = openTable('Records');

  test.each([
    ['the payment', untilStarted(), checkPayment, authorised()],
    ['the next scan', untilDispatched(), trackParcels, scanned()],
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

      // The same once more says nothing new.
      expect(await run(blocked)).toBe(1);
      expect(harness.facts()).toHaveLength(reported.length);

      await actOnOrder(harness.deps, orderId, { by: 'clock', reference: 'test' }, () => [answer]);
      expect(orderOf(harness.facts()).attention).toEqual([]);
    },
  );
});
