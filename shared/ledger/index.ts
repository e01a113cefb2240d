export { journalsOf } from './journals.ts';
export { paymentFees } from './payment-fees.ts';
export { type Statement, type StatementEntry, statementOf } from './statement.ts';
export { taxEntriesOf } from './tax-entries.ts';
