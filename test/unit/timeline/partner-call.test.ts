import { describe, expect, it } from 'vitest';
import {
  actOnOrder,
  CallKnown,
  type Decided,
  type PartnerCall,
  timelinesOfCall,
} from '../../../shared/timeline/index.ts';
import { placed, started } from '../../builders/facts.ts';
import { orderId, placedAt, timelineOf } from '../../builders/timeline.ts';
import { createMemoryTimelines } from '../../fakes/memory-timelines.ts';
import { project } from '../../fakes/project.ts';

const call = (deliveryId: string, over: Partial<PartnerCall> = {}): PartnerCall => ({
  ...{ kind: 'payment', code: 'stripe', callbackId: 'evt_1', deliveryId },
  ...{ rawBody: Buffer.from('{}'), receivedAt: placedAt },
  ...over,
});
const cause = { by: 'partner', reference: 'evt_1' } as const;
/** Pays once, whatever is asked for how often. */
const start = ({ facts }: { readonly facts: readonly { readonly name: string }[] }): Decided[] =>
  facts.some(({ name }) => name === 'payment.started') ? [] : [started()];

function open() {
  const timelines = createMemoryTimelines(project);
  timelines.seed(timelineOf([placed()]));
  const handle = async (delivery: PartnerCall, decide = start) => {
    const ofCall = timelinesOfCall(timelines, delivery);
    await actOnOrder(
      { timelines: ofCall.timelines, clock: () => new Date(placedAt) },
      orderId,
      cause,
      decide,
    );
    return ofCall.isKept();
  };
  return { timelines, handle, calls: async () => (await timelines.load(orderId))?.calls };
}

describe('a call that leads to facts', () => {
  it('is kept with the first of them, and is known from then on', async () => {
    const { handle, calls } = open();
    expect(await handle(call('request-1'))).toBe(true);
    expect(await calls()).toMatchObject([{ code: 'stripe', callbackId: 'evt_1', deliveryId: 'request-1' }]);
    await expect(handle(call('request-2'))).rejects.toThrow(CallKnown);
  });

  it('is handled again where its own delivery comes again, and is kept once', async () => {
    const { handle, calls } = open();
    await handle(call('request-1'));
    expect(await handle(call('request-1'))).toBe(true);
    expect(await calls()).toHaveLength(1);
  });

  it('is kept once where it leads to facts twice', async () => {
    const { timelines, handle, calls } = open();
    await handle(call('request-1'));
    const again = timelinesOfCall(timelines, call('request-1')).timelines;
    const timeline = await again.load(orderId);
    if (timeline === undefined) throw new Error('the order is there');
    await again.append({ timeline, facts: [{ name: 'order.expired', data: {} }], cause, now: placedAt });
    expect(await calls()).toHaveLength(1);
  });

  it('of two deliveries at the same time: one is refused at the lock and finds the other', async () => {
    const { timelines, handle, calls } = open();
    timelines.beforeNextAppend(async () => {
      await handle(call('request-2'));
    });
    await expect(handle(call('request-1'))).rejects.toThrow(CallKnown);
    expect(await calls()).toMatchObject([{ deliveryId: 'request-2' }]);
    expect(timelines.factsOf(orderId)).toHaveLength(2);
  });

  it('is its partner’s own: the same id of another kind or code is another call', async () => {
    const { handle } = open();
    await handle(call('request-1'));
    expect(await handle(call('request-2', { code: 'adyen' }))).toBe(false);
    expect(await handle(call('request-2', { kind: 'carrier' }))).toBe(false);
  });
});

it('a call that leads to no facts is not kept with any', async () => {
  const { handle, calls } = open();
  expect(await handle(call('request-1'), () => [])).toBe(false);
  expect(await calls()).toEqual([]);
});
