export { journalsOf } from './journals.ts';
export { paymentFees } from './payment-fees.ts';
export { paymentFeeSchema, paymentFeesView } from './payment-fees-view.ts';
export { type Statement, type StatementEntry, statementOf } from './statement.ts';
export { taxEntriesOf } from './tax-entries.ts';
