import { factIn } from '../fact-in.ts';
import { defineSubject, text } from '../subject.ts';

/** What the screening decided. */
export const screenings = defineSubject({
  name: 'screenings',
  says: 'A decision of the screening: one row for each rule that held or refused the order, otherwise one row.',
  columns: {
    order_id: text('The order.'),
    outcome: text('released, held or refused.'),
    decided_by: text('rules or operator.'),
    rule_id: text('The rule that held or refused; absent where every rule passed.'),
  },
  rowsOf: (record) => {
    const fact = factIn(record, 'screening.released', 'screening.held', 'screening.refused');
    if (fact === undefined) return [];
    const against = fact.data.findings.filter(({ outcome }) => outcome !== 'pass');
    const rules = against.length === 0 ? [undefined] : against.map(({ ruleId }) => ruleId);
    return rules.map((ruleId) => ({
      order_id: fact.orderId,
      outcome: fact.name.slice('screening.'.length),
      decided_by: fact.name === 'screening.held' ? 'rules' : fact.data.by,
      rule_id: ruleId,
    }));
  },
});
