import { describe, expect, test } from 'vitest';
import { capturePayment } from '../../../shared/payment/index.ts';
import {
  authorised,
  cancelled,
  placed,
  released,
  screeningHeld,
  untilAuthorised,
  untilPaid,
  untilReleased,
  voided,
} from '../../builders/facts.ts';
import { landedCost } from '../../builders/landed-cost.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';

function withHold(facts = untilReleased()): Harness {
  const harness = createHarness(timelineOf(facts));
  harness.provider.pay('authorised');
  return harness;
}

const capture = (harness: Harness) => capturePayment(harness.deps, orderId, harness.cause);

/** The order to be captured, to that country. */
const to = (country: string) => {
  const cost = landedCost();
  const [, ...rest] = untilReleased();
  return [placed({ landedCost: { ...cost, destination: { country } } }), ...rest];
};

describe('strong customer authentication', () => {
  test.each([
    ['DE', { outcome: 'authenticated', by: '3-d-secure', eci: '05' }],
    ['GB', { outcome: 'authenticated', by: 'wallet' }],
    ['NO', { outcome: 'exempted', exemption: 'low-risk' }],
    ['IS', { outcome: 'out-of-scope' }],
  ] as const)('in %s, money is captured on %j, which is recorded', async (country, authentication) => {
    const harness = withHold(to(country));
    harness.provider.change({ authentication });
    await capture(harness);
    const last = harness.facts().at(-1);
    expect(last).toMatchObject({ name: 'payment.captured', data: { authentication } });
  });

  test('money is captured on what the authorisation said, and under its reference', async () => {
    const authentication = { outcome: 'authenticated', by: '3-d-secure' } as const;
    const facts = to('DE').map((fact) =>
      fact.name === 'payment.authorised' ? authorised({ authentication, providerReference: 'psp_1' }) : fact,
    );
    const harness = withHold(facts);
    harness.provider.find = () => Promise.reject(new Error('it is known'));
    const asked: unknown[] = [];
    const capturing = harness.provider.capture.bind(harness.provider);
    harness.provider.capture = (now, command) => {
      asked.push(command);
      return capturing(now, command);
    };
    await capture(harness);
    expect(asked).toMatchObject([{ authorisationReference: 'psp_1' }]);
    expect(harness.facts().at(-1)).toMatchObject({ name: 'payment.captured', data: { authentication } });
  });

  test.each(['DE', 'GB', 'LI'])(
    'in %s, nothing is captured without it, and a person looks',
    async (country) => {
      for (const authentication of [undefined, { outcome: 'not-authenticated' } as const]) {
        const harness = withHold(to(country));
        const { authentication: _, ...bare } = harness.provider.payment();
        harness.provider.find = async () => ({ ...bare, ...(authentication && { authentication }) });
        await capture(harness);
        await capture(harness);
        expect(harness.provider.done.captures).toBe(0);
        expect(harness.names().slice(4)).toEqual(['order.held']);
        expect(harness.facts().at(-1)?.data).toMatchObject({ reason: 'not-authenticated' });
      }
    },
  );

  test('elsewhere the provider is not asked', async () => {
    const harness = withHold(to('US'));
    harness.provider.find = async () => {
      throw new Error('nobody asks');
    };
    await capture(harness);
    expect(harness.names().at(-1)).toBe('payment.captured');
  });

  test('a method that authenticates by its nature needs no question', async () => {
    const harness = withHold(to('DE'));
    harness.provider.find = async () => {
      throw new Error('nobody asks');
    };
    const card = { method: 'card', flow: 'redirect', captures: 'after-screening' } as const;
    const offer = { ...card, partialCapture: 'once', authenticates: true, currencies: ['EUR'] } as const;
    Object.assign(harness.provider, { methods: [{ ...offer, reservationMs: 1 }] });
    await capture(harness);
    expect(harness.facts().at(-1)?.data).toMatchObject({
      authentication: { outcome: 'authenticated', by: 'provider' },
    });
  });
});

describe('capturing a payment', () => {
  test('collects the authorised amount after the order is released', async () => {
    const harness = withHold();
    await capture(harness);
    expect(harness.names().at(-1)).toBe('payment.captured');
    expect(harness.timelines.headOf(orderId)?.status).toBe('paid');
  });

  test.each([
    ['not screened', untilAuthorised()],
    ['held', [...untilAuthorised(), screeningHeld()]],
    ['held after it was released', [...untilReleased(), screeningHeld()]],
    ['cancelled', [...untilReleased(), cancelled()]],
    ['captured', untilPaid()],
    ['voided', [...untilReleased(), voided()]],
  ])('collects nothing for an order that is %s', async (_, facts) => {
    const harness = withHold(facts);
    await capture(harness);
    expect(harness.provider.done.captures).toBe(0);
    expect(harness.names()).toHaveLength(facts.length);
  });

  test('repeats the call after a lost answer, and collects only once', async () => {
    const harness = withHold();
    harness.provider.breakNext('capture', 'after');
    await expect(capture(harness)).rejects.toThrow('no answer');
    await capture(harness);
    await capture(harness);
    expect(harness.provider.done.captures).toBe(1);
    expect(harness.names().filter((name) => name === 'payment.captured')).toHaveLength(1);
  });

  test('collects only once if two calls run at the same time', async () => {
    const harness = withHold();
    await Promise.all([capture(harness), capture(harness)]);
    expect(harness.provider.done.captures).toBe(1);
    expect(harness.names().filter((name) => name === 'payment.captured')).toHaveLength(1);
  });

  test('refunds an order that is cancelled while the provider captures', async () => {
    const harness = withHold();
    harness.timelines.beforeNextAppend(async () => {
      await harness.timelines.append({
        ...{ timeline: harness.timeline(), facts: [cancelled()], cause: harness.cause },
        now: '2026-11-23T10:02:00.000Z',
      });
    });
    await capture(harness);
    expect(harness.names().slice(4)).toEqual([
      'order.cancelled',
      'payment.captured',
      'refund.requested',
      'refund.paid',
    ]);
  });

  test('needs a person if the authorisation has expired at the provider', async () => {
    const harness = withHold();
    harness.provider.change({ status: 'voided' });
    await capture(harness);
    expect(harness.names().slice(4)).toEqual(['payment.voided', 'order.held']);
    expect(harness.timelines.headOf(orderId)).toMatchObject({ status: 'held', list: 'attention' });
  });
});

test('an order whose method captured at once is paid at its release', async () => {
  const facts = [...untilAuthorised()];
  const harness = createHarness(timelineOf(facts));
  harness.provider.pay('captured');
  await harness.timelines.append({
    ...{ timeline: harness.timeline(), cause: harness.cause, now: '2026-11-23T10:02:00.000Z' },
    facts: [
      { name: 'payment.captured', data: { ...authorised().data, providerReference: 'ch_1' } },
      released(),
    ],
  });
  await capture(harness);
  expect(harness.provider.done.captures).toBe(0);
  expect(harness.timelines.headOf(orderId)?.status).toBe('paid');
});
