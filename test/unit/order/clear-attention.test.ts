import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { defined } from '../../../shared/kernel/defined.ts';
import { ok, refused } from '../../../shared/kernel/result.ts';
import { clearAttention } from '../../../shared/order/index.ts';
import { UnknownOrder } from '../../../shared/timeline/index.ts';
import {
  cancelled,
  held,
  labelUsed,
  otherParcelId,
  parcelId,
  refundFailed,
  refundRequested,
  undeclared,
  untilBooked,
  untilPaid,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';

const operator = { by: 'operator', reference: 'op-7' } as const;
const clear = (harness: Harness, reason: string, of?: string, label?: string) =>
  clearAttention(
    harness.deps,
    orderId,
    { reason, ...defined({ parcelId: of, carrierShipmentId: label }) },
    operator,
  );
const ended = (): NewFact[] => [...untilBooked(), cancelled(), labelUsed(), undeclared()];

describe('an acknowledgement', () => {
  test('removes an ended order from the work list, once', async () => {
    const harness = createHarness(timelineOf([...ended(), refundRequested(), refundFailed()]));
    expect(await clear(harness, 'label-not-voided', parcelId, 'shp_1')).toEqual(ok('acknowledged'));
    expect(harness.timelines.headOf(orderId)?.list).toBe('attention');
    expect(await clear(harness, 'refund failed')).toEqual(ok('acknowledged'));
    expect(harness.timelines.headOf(orderId)).toMatchObject({ status: 'cancelled', list: 'closed' });
    expect(await clear(harness, 'refund failed')).toEqual(ok('no-change'));
    expect(harness.names().slice(-2)).toEqual(['order.attention_cleared', 'order.attention_cleared']);
    expect(harness.facts().at(-1)?.cause).toEqual(operator);
  });

  test.each([
    ['another reason', 'declaration-released', parcelId, undefined],
    ['another parcel', 'label-not-voided', otherParcelId, 'shp_1'],
    ['no parcel', 'label-not-voided', undefined, 'shp_1'],
    ['another label', 'label-not-voided', parcelId, 'shp_2'],
    ['no label', 'label-not-voided', parcelId, undefined],
  ])('of %s is refused', async (_, reason, of, label) => {
    const harness = createHarness(timelineOf(ended()));
    expect(await clear(harness, reason, of, label)).toEqual(refused('reason-unknown'));
    expect(harness.names()).toHaveLength(ended().length);
  });

  test('does not release a hold that stops the order', async () => {
    const facts = [...untilBooked(), held('customs-inspection', parcelId)];
    const harness = createHarness(timelineOf(facts));
    expect(await clear(harness, 'customs-inspection', parcelId)).toEqual(refused('release-needed'));
    expect(harness.timelines.headOf(orderId)?.status).toBe('held');
  });

  test('does not settle a disputed invoice', async () => {
    const euros = (amount: number) => ({ amount, currency: 'EUR' as const });
    const disputed: NewFact = {
      name: 'freight.invoiced',
      data: {
        ...{ parcelId, carrier: 'easypost', invoiceNumber: 'INV-1', status: 'disputed' },
        ...{ amount: euros(900), carded: euros(450), excess: euros(450) },
      },
    };
    const harness = createHarness(timelineOf([...untilBooked(), disputed]));
    expect(await clear(harness, 'freight-disputed', parcelId)).toEqual(refused('settlement-needed'));
  });

  test('throws if the order does not exist', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    const other = clearAttention(harness.deps, idOf('order', 9), { reason: 'refund failed' }, operator);
    await expect(other).rejects.toBeInstanceOf(UnknownOrder);
  });
});
