import { describe, expect, test } from 'vitest';
import { clearParcels } from '../../../shared/customs/index.ts';
import { minuteMs, toInstant } from '../../../shared/kernel/time.ts';
import { attentionOf, headOf, orderOf } from '../../../shared/order/index.ts';
import { PartnerNotSetUp } from '../../../shared/partners/plug-in.ts';
import { capturePayment } from '../../../shared/payment/index.ts';
import { orderStep } from '../../../shared/runtime/order-step.ts';
import { bookParcels } from '../../../shared/shipping/index.ts';
import { requestDispatch } from '../../../shared/warehouse/index.ts';
import { untilBooked, untilCleared, untilPaid, untilReleased } from '../../builders/facts.ts';
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
async function run(handler: ReturnType<typeof orderStep>) {
  const body = busBody('work.due', { orderId, step: 'booking', attempt: 1 });
  const { batchItemFailures } = await handler(queueEvent(queueRecord('m-1', body)), context);
  return batchItemFailures.length;
}

describe('a step whose partner can not be asked', () => {
  test.each([
    ['the label', untilPaid(), bookParcels],
    ['customs', untilBooked(), clearParcels],
    ['the warehouse', untilCleared(), requestDispatch],
    ['the capture', untilReleased(), capturePayment],
  ] as const)(
    'asks for a person at once, and no longer once it is done: %s',
    async (waitingFor, facts, step) => {
      const harness = createHarness(timelineOf([...facts]));
      const attention = () => attentionOf(orderOf(harness.facts()));
      const deps = { ...harness.deps };
      const blocked = orderStep(() => ({ ...deps, ...away }), step);
      expect(await run(blocked)).toBe(1);
      expect(attention()).toBe('blocked: the partner has no settings here');
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
      const after = waitingFor === 'the warehouse' ? 'blocked: the partner has no settings here' : undefined;
      expect(attention()).toBe(after);
    },
  );
});
