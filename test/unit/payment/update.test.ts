import { describe, expect, test } from 'vitest';
import { money } from '../../../shared/kernel/money.ts';
import { decideOnPayment, decideOnRefund } from '../../../shared/payment/apply-payment-update.ts';
import { paymentOf } from '../../../shared/payment/payment.ts';
import type { ProviderPayment, ProviderRefund } from '../../../shared/payment/provider.ts';
import { attentionOf, NotYet } from '../../../shared/timeline/index.ts';
import {
  authorised,
  cancelled,
  captured,
  expired,
  held,
  moved,
  placed,
  refundFailed,
  refundPaid,
  refundRequested,
  started,
  untilAuthorised,
  untilPaid,
  untilReleased,
  untilStarted,
  voided,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { namesOf, orderId, timelineOf } from '../../builders/timeline.ts';

const owed = money(3927, 'EUR');

function reported(status: ProviderPayment['status'], over: Partial<ProviderPayment> = {}): ProviderPayment {
  const isCaptured = status === 'captured';
  return {
    ...{ providerPaymentId: 'pi_1', status, amount: owed },
    captures: isCaptured ? [{ reference: 'ch_1', amount: owed }] : [],
    ...over,
  };
}

const refund = (status: ProviderRefund['status'], over: Partial<ProviderRefund> = {}): ProviderRefund => ({
  ...{ refundId: idOf('refund', 1), providerReference: 're_1', status, amount: owed },
  ...over,
});

describe('an update about the intent', () => {
  test('keeps the reference for captures and refunds and the authentication, in whichever order they come', () => {
    const said = {
      ...{ authorisationReference: 'psp_1' },
      authentication: { outcome: 'authenticated', by: '3-d-secure', eci: '05' },
    } as const;
    for (const status of ['authorised', 'captured'] as const) {
      const { providerPaymentId: _, ...bare } = reported(status, said);
      const [fact] = decideOnPayment(timelineOf(untilStarted()), bare).facts;
      expect(fact).toMatchObject({
        ...{ name: 'payment.authorised' },
        data: { providerReference: 'psp_1', authentication: said.authentication },
      });
      const payment = paymentOf(timelineOf([...untilStarted(), ...(fact === undefined ? [] : [fact])]));
      expect(payment).toMatchObject(said);
    }
  });

  test.each([
    ['that came after the void', [...untilStarted(), voided(), expired()], owed],
    ['of another amount', untilStarted(), money(3000, 'EUR')],
  ] as const)('keeps the reference for the refund of money %s', (_, given, amount) => {
    const said = { captures: [{ reference: 'ch_1', amount }], authorisationReference: 'psp_1' };
    const { facts } = decideOnPayment(timelineOf(given), reported('captured', said));
    expect(facts[0]).toMatchObject({
      ...{ name: 'payment.captured', data: { authorisationReference: 'psp_1' } },
    });
    expect(paymentOf(timelineOf([...given, ...facts.slice(0, 1)])).authorisationReference).toBe('psp_1');
  });

  test('that reports one capture at a time is compared with all that was captured before', () => {
    const second = reported('captured', { captures: [{ reference: 'ch_2', amount: owed }] });
    const { facts, notices } = decideOnPayment(timelineOf(untilPaid()), second);
    expect(namesOf(facts)).toEqual(['payment.captured', 'order.held']);
    expect(notices).toMatchObject([{ code: 'amount-differs', detail: { amountMinor: 2 * 3927 } }]);
  });

  test('that names no intent waits until the answer that names it is recorded', () => {
    const { providerPaymentId: _, ...bare } = reported('authorised');
    expect(() => decideOnPayment(timelineOf([placed()]), bare)).toThrow(NotYet);
  });

  test.each([
    ['the hold of a started payment', untilStarted(), 'authorised', ['payment.authorised']],
    ['a hold that was known', untilAuthorised(), 'authorised', []],
    ['a hold after the capture', untilPaid(), 'authorised', []],
    ['a capture of what was held', untilReleased(), 'captured', ['payment.captured']],
    ['a second capture', untilPaid(), 'captured', []],
    ['waiting, after the hold', untilAuthorised(), 'waiting', []],
    ['a decline after the hold', untilAuthorised(), 'failed', []],
    ['a void after the capture, which took the money back', untilPaid(), 'voided', ['order.held']],
    ['a void after the capture of a stopped order', [...untilPaid(), cancelled()], 'voided', []],
    ['a second void', [...untilStarted(), voided(), expired()], 'voided', []],
    ['a hold of what was voided', [...untilStarted(), voided(), expired()], 'authorised', []],
  ] as const)('%s', (_, given, status, then) => {
    expect(namesOf(decideOnPayment(timelineOf(given), reported(status)).facts)).toEqual(then);
  });

  test('that arrives before the start is stored starts the payment', () => {
    const decision = decideOnPayment(timelineOf([placed()]), reported('authorised'));
    expect(namesOf(decision.facts)).toEqual(['payment.started', 'payment.authorised']);
    expect(decision.facts[0]?.data).toMatchObject({ providerPaymentId: 'pi_1', provider: 'stripe' });
  });

  test('authorises and captures in one step for a method that captures immediately', () => {
    const { facts } = decideOnPayment(timelineOf(untilStarted()), reported('captured'));
    expect(facts).toEqual([authorised(), captured()]);
  });

  test('about another intent changes nothing and is reported', () => {
    const decision = decideOnPayment(
      timelineOf(untilStarted()),
      reported('captured', { providerPaymentId: 'pi_2' }),
    );
    expect(decision).toEqual({
      facts: [],
      notices: [{ code: 'callback-without-order', detail: { orderId, reference: 'pi_2' } }],
    });
  });

  test('that the intent ended before payment ends the order too', () => {
    const { facts } = decideOnPayment(timelineOf(untilStarted()), reported('voided'));
    expect(namesOf(facts)).toEqual(['payment.voided', 'order.expired']);
  });

  test('that the authorisation expired needs a person', () => {
    const { facts } = decideOnPayment(timelineOf(untilReleased()), reported('voided'));
    expect(facts).toEqual([voided(), held('payment-voided')]);
  });

  test('about an order that had ended is recorded', () => {
    const given = timelineOf([...untilStarted(), cancelled()]);
    expect(namesOf(decideOnPayment(given, reported('authorised')).facts)).toEqual(['payment.authorised']);
    expect(namesOf(decideOnPayment(given, reported('voided')).facts)).toEqual(['payment.voided']);
    expect(namesOf(decideOnPayment(given, reported('failed')).facts)).toEqual([]);
  });
});

describe('declines', () => {
  test('are reported once for each callback', () => {
    const failed = reported('failed', { failureCode: 'card_declined' });
    const first = decideOnPayment(timelineOf(untilStarted()), failed, 'evt_1').facts;
    expect(first).toEqual([
      {
        name: 'payment.failed',
        data: { paymentId: idOf('payment', 1), code: 'card_declined', callbackId: 'evt_1' },
      },
    ]);
    const after = timelineOf([...untilStarted(), ...first]);
    expect(decideOnPayment(after, failed, 'evt_1').facts).toEqual([]);
    expect(namesOf(decideOnPayment(after, failed, 'evt_2').facts)).toEqual(['payment.failed']);
  });

  test('are reported once by polling, the latest attempt only', () => {
    const failed = reported('failed', { failureCode: 'card_declined' });
    const first = decideOnPayment(timelineOf(untilStarted()), failed).facts;
    expect(namesOf(first)).toEqual(['payment.failed']);
    expect(decideOnPayment(timelineOf([...untilStarted(), ...first]), failed).facts).toEqual([]);
  });
});

describe('amounts in an update', () => {
  test('an authorisation of another amount does not count, and a person has to look at it', () => {
    const decision = decideOnPayment(
      timelineOf(untilStarted()),
      reported('authorised', { amount: money(3900, 'EUR') }),
    );
    expect(decision.facts).toEqual([held('amount-differs')]);
    expect(decision.notices).toEqual([
      { code: 'amount-differs', detail: { orderId, amountMinor: 3900, currency: 'EUR' } },
    ]);
  });

  test('the same amount in another currency is another amount', () => {
    const decision = decideOnPayment(
      timelineOf(untilStarted()),
      reported('authorised', { amount: money(3927, 'USD') }),
    );
    expect(namesOf(decision.facts)).toEqual(['order.held']);
  });

  test('another amount is reported once', () => {
    const given = timelineOf([...untilStarted(), held('amount-differs')]);
    const decision = decideOnPayment(given, reported('authorised', { amount: money(3900, 'EUR') }));
    expect(decision).toEqual({ facts: [], notices: [] });
  });

  test('captured money is recorded with its real amount, and blocks the order if that is wrong', () => {
    const decision = decideOnPayment(
      timelineOf(untilReleased()),
      reported('captured', { captures: [{ reference: 'ch_1', amount: money(3900, 'EUR') }] }),
    );
    expect(decision.facts).toEqual([
      captured({ amount: { amount: 3900, currency: 'EUR' } }),
      held('amount-differs'),
    ]);
  });
});

test('a decline that a poll sees counts for each intent, also with the code of the one before', () => {
  const declined = reported('failed', { failureCode: 'declined' });
  const second = idOf('payment', 2);
  const given = [
    ...untilStarted(),
    ...decideOnPayment(timelineOf(untilStarted()), declined).facts,
    moved({ reason: 'chosen', to: { paymentId: second, provider: 'stripe', method: 'card' } }),
    started({ paymentId: second }),
  ];
  const { facts } = decideOnPayment(timelineOf(given), declined);
  expect(facts).toMatchObject([{ name: 'payment.failed', data: { paymentId: second, code: 'declined' } }]);
  expect(decideOnPayment(timelineOf([...given, ...facts]), declined).facts).toEqual([]);
});

describe('an update about a refund', () => {
  const asked = [...untilPaid(), cancelled(), refundRequested()];

  test.each([
    ['paid', asked, 'paid', ['refund.paid']],
    ['paid, again', [...asked, refundPaid()], 'paid', []],
    ['failed', asked, 'failed', ['refund.failed']],
    ['failed, again', [...asked, refundFailed()], 'failed', []],
    ['paid, and it came back', [...asked, refundPaid()], 'failed', ['refund.failed']],
    ['still pending', asked, 'pending', []],
    ['paid after it failed', [...asked, refundFailed()], 'paid', ['order.held']],
  ] as const)('%s', (_, given, status, then) => {
    expect(namesOf(decideOnRefund(timelineOf(given), refund(status)).facts)).toEqual(then);
  });

  test('that is paid after it failed asks for a person, once, and is booked nowhere', () => {
    const given = [...asked, refundFailed()];
    const [hold] = decideOnRefund(timelineOf(given), refund('paid')).facts;
    expect(hold).toMatchObject({ name: 'order.held', data: { reason: 'refund paid after it failed' } });
    expect(decideOnRefund(timelineOf([...given, ...(hold ? [hold] : [])]), refund('paid')).facts).toEqual([]);
  });

  test('that does not go on by itself asks for a person until it ends', () => {
    const stuck = refund('pending', { failureCode: 'ABNORMAL' });
    const [hold] = decideOnRefund(timelineOf(asked), stuck).facts;
    expect(hold).toMatchObject({ name: 'order.held', data: { reason: 'refund stuck at the provider' } });
    const shown = [...asked, ...(hold ? [hold] : [])];
    const reasons = (facts: typeof shown) => attentionOf(timelineOf(facts).facts).map(({ reason }) => reason);
    expect(reasons(shown)).toContain('refund stuck at the provider');
    expect(decideOnRefund(timelineOf(shown), stuck).facts).toEqual([]);
    const paid = decideOnRefund(timelineOf(shown), refund('paid')).facts;
    expect(paid).toMatchObject([{ name: 'refund.paid' }]);
    expect(reasons([...shown, ...paid])).toEqual([]);
  });

  test('that was made by hand at the provider is reported and not booked', () => {
    const decision = decideOnRefund(timelineOf(untilPaid()), refund('paid', { refundId: 'by-hand' }));
    expect(decision.facts).toEqual([]);
    expect(decision.notices.map(({ code }) => code)).toEqual(['callback-without-order']);
  });

  test('of another amount records the real amount, and is reported', () => {
    const decision = decideOnRefund(timelineOf(asked), refund('paid', { amount: money(100, 'EUR') }));
    expect(decision.facts[0]?.data).toMatchObject({ amount: { amount: 100, currency: 'EUR' } });
    expect(decision.notices.map(({ code }) => code)).toEqual(['amount-differs']);
  });
});
