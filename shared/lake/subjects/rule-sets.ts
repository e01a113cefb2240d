import { count, defineSubject, text } from '../subject.ts';

/** The imports of trade rules. */
export const ruleSets = defineSubject({
  name: 'rule_sets',
  says: 'An import of trade rules.',
  columns: {
    version: text('The version that quotes name from then on.'),
    previous_version: text('The version before.'),
    added: count('Rules that are new.'),
    changed: count('Rules that were changed.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'trade-rules.imported') return [];
    const { version, previousVersion, added, changed } = record.data;
    return [{ version, previous_version: previousVersion, added, changed }];
  },
});
