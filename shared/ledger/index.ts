export { journalsOf } from './journals.ts';
export { type Statement, type StatementEntry, statementOf } from './statement.ts';
export { taxEntriesOf } from './tax-entries.ts';
