import type { Mutant } from './mutant.ts';

const rules = ['test/unit/payment/fee-rule.test.ts'];
const fees = ['test/unit/ledger/payment-fees.test.ts'];
const report = ['test/unit/reports/payments.test.ts'];

export const feesMutants: readonly Mutant[] = [
  {
    id: 'fees/before-its-first-day',
    file: 'shared/payment/fee-rule.ts',
    find: '(from === undefined || from <= today)',
    put: 'true',
    tests: rules,
    harm: 'A new price list counts before it holds.',
  },
  {
    id: 'fees/after-its-last-day',
    file: 'shared/payment/fee-rule.ts',
    find: 'today <= until',
    put: 'today < until',
    tests: rules,
    harm: 'On the last day of an agreement the fee of another one is expected.',
  },
  {
    id: 'fees/of-another-seat',
    file: 'shared/payment/fee-rule.ts',
    find: 'one.sellerIn.includes(sellerIn) &&',
    put: '',
    tests: rules,
    harm: 'A merchant in Japan expects the fees of the United States.',
  },
  {
    id: 'fees/list-before-terms',
    file: 'shared/payment/fee-rule.ts',
    find: 'return agreed(terms, query) ?? listed({ provider, method }, query, published);',
    put: 'return listed({ provider, method }, query, published) ?? agreed(terms, query);',
    tests: rules,
    harm: 'What a merchant negotiated is not expected.',
  },
  {
    id: 'fees/licence-after-its-last-day',
    file: 'shared/payment/offers.ts',
    find: 'return last < today ?',
    put: 'return last <= today ?',
    tests: ['test/unit/payment/offers.test.ts'],
    harm: 'A provider takes no payments on the last day of its licence.',
  },
  {
    id: 'fees/in-the-currency-of-the-account',
    file: 'events/payment-fee.ts',
    find: 'BigInt(Math.abs(gross.amount)), denominator: BigInt(Math.abs(settled))',
    put: 'BigInt(Math.abs(settled)), denominator: BigInt(Math.abs(gross.amount))',
    tests: rules,
    harm: 'A fee is converted at the rate the other way round.',
  },
  {
    id: 'fees/of-refunds',
    file: 'shared/ledger/payment-fees.ts',
    find: "({ data }) => data.kind === 'payment'",
    put: '() => true',
    tests: fees,
    harm: 'A line of a refund counts as one of the capture, where a provider names both alike.',
  },
  {
    id: 'fees/named-after-settled',
    file: 'shared/ledger/payment-fees.ts',
    find: 'isSettled ? sum(settled, amount.currency) : named',
    put: 'named ?? sum(settled, amount.currency)',
    tests: fees,
    harm: 'The fee that was announced hides the one that was charged.',
  },
  {
    id: 'fees/report-compares-all',
    file: 'shared/reports/payments/payments.ts',
    find: 'difference: known(row.compared, row.difference)',
    put: 'difference: known(row.captures, row.difference)',
    tests: report,
    harm: 'Where nothing can be compared, the report says that nothing differs.',
  },
];
