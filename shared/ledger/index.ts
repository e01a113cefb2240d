export { journalsOf } from './journals.ts';
export { taxEntriesOf } from './tax-entries.ts';
