import { describe, expect, test } from 'vitest';
import { clearParcels, receiveCustomsCallback } from '../../../shared/customs/index.ts';
import { dispatchIdOf } from '../../../shared/kernel/ids.ts';
import { receivePaymentCallback } from '../../../shared/payment/index.ts';
import { receiveScans } from '../../../shared/shipping/index.ts';
import { NotYet } from '../../../shared/timeline/index.ts';
import { receiveWarehouseCallback } from '../../../shared/warehouse/index.ts';
import {
  dispatchRequested,
  untilBooked,
  untilCleared,
  untilDispatched,
  untilStarted,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { answerBody } from '../../fakes/broker.ts';
import { trackingBody } from '../../fakes/carrier.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';
import { callbackBody } from '../../fakes/payment-provider.ts';
import { updateBody } from '../../fakes/warehouse-system.ts';

/**
 * Two partners of each kind have the same adapter and use the same names for parcels, as two accounts at one carrier
 * would. A genuine call counts only from the one that works for the order.
 */
interface Kind {
  readonly own: string;
  readonly harness: () => Promise<Harness>;
  readonly call: (harness: Harness, code: string) => Promise<void>;
  readonly fact: string;
  /** Whether the order is found by a name of the partner, so that a foreign call finds none. */
  readonly isFoundByName: boolean;
}

const at = { scannedAt: '2026-11-24T08:00:00.000Z', scanId: 's1', carrierStatus: 'word' } as const;

const warehouse = (dispatchId: string) => ({
  own: 'wms',
  harness: async () => createHarness(timelineOf([...untilCleared(), dispatchRequested({ dispatchId })])),
  call: (harness: Harness, code: string) =>
    receiveWarehouseCallback(harness.deps, {
      ...{ code, callbackId: 'evt_1' },
      rawBody: updateBody(harness.system.work(dispatchId, 'handed-over')),
    }),
  fact: 'parcel.dispatched',
});

const kinds: Readonly<Record<string, Kind>> = {
  payment: {
    own: 'stripe',
    async harness() {
      const harness = createHarness(timelineOf(untilStarted()));
      harness.provider.pay('authorised');
      return harness;
    },
    call: (harness, code) =>
      receivePaymentCallback(harness.deps, {
        ...{ code, callbackId: 'evt_1' },
        rawBody: callbackBody({
          ...{ kind: 'payment', orderId, paymentId: idOf('payment', 1) },
          payment: harness.provider.payment(),
        }),
      }),
    fact: 'payment.authorised',
    isFoundByName: false,
  },
  carrier: {
    own: 'easypost',
    harness: async () => createHarness(timelineOf(untilDispatched())),
    call: (harness, code) =>
      receiveScans(harness.deps, {
        ...{ code, callbackId: 'evt_1' },
        rawBody: trackingBody({
          ...{ carrierShipmentId: 'shp_1', trackingNumber: 'TRACK1' },
          scans: [{ ...at, status: 'delivered' }],
        }),
      }),
    fact: 'parcel.delivered',
    isFoundByName: true,
  },
  customs: {
    own: 'rest-broker',
    async harness() {
      const harness = createHarness(timelineOf(untilBooked()));
      await clearParcels(harness.deps, orderId, harness.cause);
      return harness;
    },
    call: (harness, code) => {
      const [lrn = ''] = [...harness.broker.filed.keys()];
      return receiveCustomsCallback(harness.deps, {
        ...{ code, callbackId: 'evt_1' },
        rawBody: answerBody(harness.broker.answer(lrn, 'released')),
      });
    },
    fact: 'parcel.cleared',
    isFoundByName: true,
  },
  'warehouse, by an id that we made up': { ...warehouse(idOf('dispatch', 1)), isFoundByName: true },
  'warehouse, by an id that leads to its order': {
    ...warehouse(dispatchIdOf(orderId, 1) ?? ''),
    isFoundByName: false,
  },
};

describe.each(Object.entries(kinds))(
  'a genuine call: %s',
  (_, { own, harness: start, call, fact, isFoundByName }) => {
    test('of another partner of the kind changes nothing, and somebody hears of it', async () => {
      const harness = await start();
      const before = harness.names();
      const received = call(harness, 'another');
      if (isFoundByName) await expect(received).rejects.toThrow(NotYet);
      else {
        await received;
        expect(harness.notices).toMatchObject([
          { code: 'callback-without-order', detail: { partner: 'another', orderId } },
        ]);
      }
      expect(harness.names()).toEqual(before);
    });

    test('of the partner of the order counts, also after the foreign one', async () => {
      const harness = await start();
      await call(harness, 'another').catch(() => {});
      await call(harness, own);
      expect(harness.names()).toContain(fact);
    });
  },
);
