import { readdirSync } from 'node:fs';
import { providerOffers } from '../../../shared/payment/providers/offers.ts';
import type { Capability } from './replenishment-capabilities.ts';

/** One suite over every provider of the registry. */
const SUITE = 'test/contract/payment-providers.test.ts';
/** Orders by every method of every provider, with sandboxes that misbehave. */
const RUN = 'test/contract/payment-orders.test.ts';
const METHODS_PAGE = 'docs/payment-methods.md';
const CONTRACT_TESTS = 'test/contract/';
const contractTests = readdirSync(new URL(`../../../${CONTRACT_TESTS}`, import.meta.url)).sort();

/** The providers that offer one of the methods, and the contract tests that are theirs alone. */
function providersOf(...names: string[]) {
  const codes = providerOffers
    .filter(({ methods }) => methods.some(({ method }) => names.includes(method)))
    .map(({ code }) => code);
  const isOf = (code: string) => (file: string) => new RegExp(`^${code}[-.].*test\\.ts$`).test(file);
  return {
    folders: codes.map((code) => `shared/payment/providers/${code}`),
    tests: codes.flatMap((code) =>
      contractTests.filter(isOf(code)).map((file) => `${CONTRACT_TESTS}${file}`),
    ),
  };
}

/** Providers whose method has their own name. */
const ownMethods = providerOffers.flatMap(({ code, methods }) =>
  methods.some(({ method }) => method === code) ? [code] : [],
);

const cards = providersOf('card');
const chinese = providersOf('alipay', 'wechat-pay');
const codes = providersOf('pix', 'oxxo');
const upi = providersOf('upi');
const grabpay = providersOf('grabpay');
const phones = providersOf('m-pesa');
const later = providersOf('klarna', 'afterpay', 'affirm');

/** The working capabilities of payments. Every method runs against the sandbox of its provider. */
export const paymentCapabilities: readonly Capability[] = [
  {
    names: ['payment-gateway-abstraction'],
    where: ['shared/payment/provider.ts', 'shared/payment/providers'],
    tests: [SUITE, 'test/contract/toy-payment.test.ts', RUN],
    pages: [METHODS_PAGE, 'docs/add-a-payment-provider.md'],
  },
  {
    names: ['payment-method-routing'],
    where: ['shared/payment/offers.ts', 'shared/payment/providers/offers.ts'],
    tests: ['test/unit/payment/offers.test.ts', 'test/unit/payment/payment-methods.test.ts'],
    pages: [METHODS_PAGE],
  },
  {
    names: ['payment-webhook-intake'],
    where: ['functions/3-payment/hook-payment.ts', 'shared/payment/receive-payment-callback.ts'],
    tests: [
      SUITE,
      'test/component/runtime/webhook.test.ts',
      'test/unit/payment/receive-payment-callback.test.ts',
      'test/unit/payment/update.test.ts',
    ],
  },
  {
    names: ['payment-failure-fallback'],
    where: ['shared/payment/start-payment.ts', 'shared/payment/move-payment.ts', 'shared/reports/payments'],
    tests: [
      'test/unit/payment/fail-over.test.ts',
      'test/unit/payment/fail-over-interleavings.test.ts',
      'test/component/stores/payment-move-kills.test.ts',
      'test/contract/soft-declines.test.ts',
      'test/unit/reports/payments.test.ts',
    ],
    pages: ['docs/decisions/041-a-payment-moves-between-intents.md'],
  },
  {
    names: ['presale'],
    part: 'paid in advance or when it leaves; without a deposit, a balance and a signal for production',
    where: [
      'shared/quote/plan/sent-from.ts',
      'shared/payment/capture-at.ts',
      'shared/shipping/book-parcels.ts',
    ],
    tests: ['test/unit/payment/presale.test.ts', 'test/unit/quote/presale.test.ts', RUN],
    pages: ['docs/decisions/045-presale-is-paid-when-it-leaves.md'],
  },
  {
    names: ['pay-card'],
    where: cards.folders,
    tests: [SUITE, RUN, ...cards.tests, 'test/unit/ledger/provider-journals.test.ts'],
    pages: [METHODS_PAGE],
  },
  {
    names: ['pay-3ds2-sca', 'pay-apple-google'],
    part: 'the token of a wallet goes from the browser to the provider',
    where: ['shared/payment/strong-authentication.ts', 'events/authentication.ts'],
    tests: [...cards.tests, 'test/unit/payment/capture-payment.test.ts'],
  },
  ...ownMethods.map((code) => ({
    names: [`pay-${code}`],
    where: providersOf(code).folders,
    tests: [SUITE, ...providersOf(code).tests, RUN],
  })),
  {
    names: ['pay-alipay-wechat'],
    where: [...chinese.folders, 'shared/payment/check-payment.ts'],
    tests: [SUITE, ...chinese.tests, 'test/unit/payment/check-payment.test.ts'],
  },
  {
    names: ['pay-pix', 'pay-oxxo'],
    where: codes.folders,
    tests: [SUITE, ...codes.tests, 'test/unit/payment/slow-methods.test.ts'],
  },
  { names: ['pay-upi'], where: upi.folders, tests: [SUITE, ...upi.tests] },
  { names: ['pay-grabpay'], where: grabpay.folders, tests: [SUITE, ...grabpay.tests] },
  {
    names: ['pay-ewallet-generic'],
    where: ['shared/payment/wallet'],
    tests: ['test/contract/toy-payment.test.ts', 'test/unit/payment/wallet/wallet-amounts.test.ts'],
    pages: ['docs/add-a-payment-provider.md'],
  },
  {
    names: ['pay-mobile-money'],
    where: phones.folders,
    tests: [SUITE, ...phones.tests, 'test/unit/payment/slow-methods.test.ts'],
  },
  {
    names: ['pay-cod'],
    where: ['shared/payment/cash', 'shared/payment/settlement'],
    tests: [
      'test/unit/payment/cash-on-delivery.test.ts',
      'test/unit/ledger/cash-journals.test.ts',
      'test/unit/payment/reconcile-cash.test.ts',
      'test/end-to-end/cash-on-delivery.test.ts',
    ],
    pages: ['docs/reconciliation.md', 'docs/decisions/042-a-carrier-collects-cash-as-a-late-capture.md'],
  },
  {
    names: ['pay-bnpl'],
    where: later.folders,
    tests: [
      SUITE,
      ...later.tests,
      'test/unit/payment/capture-at-dispatch.test.ts',
      'test/component/runtime/capture.test.ts',
      'test/component/stores/money-kills.test.ts',
    ],
  },
  {
    names: ['pay-installments'],
    part: 'without interest; by cards that a provider keeps',
    where: ['shared/payment/plan-instalments.ts', 'shared/payment/charge-instalments.ts'],
    tests: [
      'test/unit/payment/plan-instalments.test.ts',
      'test/unit/payment/instalments.test.ts',
      'test/unit/payment/instalment-storms.test.ts',
      'test/end-to-end/instalments.test.ts',
    ],
    pages: ['docs/instalments.md'],
  },
  {
    names: ['refund-processing'],
    where: ['shared/payment/request-refund.ts', 'shared/payment/return-money.ts'],
    tests: [
      'test/unit/payment/refund-lines.test.ts',
      'test/unit/payment/return-money.test.ts',
      'test/unit/payment/refund-by-hand.test.ts',
      'test/unit/payment/units-in-instalments.test.ts',
      SUITE,
    ],
    pages: ['docs/refunds.md'],
  },
  {
    names: ['payment-data-security'],
    where: ['shared/runtime/read-json.ts'],
    tests: ['test/end-to-end/card-numbers.test.ts', 'test/unit/kernel/card-number.test.ts'],
    pages: ['docs/security.md'],
  },
  {
    names: ['payment-reconciliation'],
    where: ['shared/payment/settlement', 'infra/cli/reconcile'],
    tests: [
      'test/unit/payment/reconcile.test.ts',
      'test/unit/payment/remittance-file.test.ts',
      'test/unit/ledger/provider-journals.test.ts',
      SUITE,
    ],
    pages: ['docs/reconciliation.md'],
  },
  {
    names: ['chargeback-management'],
    part: 'evidence is submitted by an API at one provider; elsewhere a person gives the document in the dashboard',
    where: ['shared/payment/apply-dispute.ts', 'shared/payment/evidence'],
    tests: [
      'test/unit/payment/dispute.test.ts',
      'test/unit/payment/evidence.test.ts',
      'test/unit/payment/print-pack.test.ts',
      SUITE,
    ],
    pages: ['docs/disputes.md'],
  },
  {
    names: ['psp-licence-registry'],
    where: ['shared/catalogue/payment-terms.ts', 'shared/payment/offers.ts'],
    tests: ['test/unit/payment/offers.test.ts', 'test/unit/payment/fee-rule.test.ts'],
    pages: ['docs/add-a-payment-provider.md'],
  },
  {
    names: ['commission-and-fees'],
    part: 'of payment providers',
    where: [
      'shared/payment/fee-rule.ts',
      'shared/payment/providers/fees.ts',
      'shared/ledger/payment-fees.ts',
      'shared/reports/payments',
    ],
    tests: [
      'test/unit/payment/fee-rule.test.ts',
      'test/unit/ledger/payment-fees.test.ts',
      'test/unit/reports/payments.test.ts',
    ],
    pages: ['docs/add-a-payment-provider.md', 'docs/order-statement.md'],
  },
];
