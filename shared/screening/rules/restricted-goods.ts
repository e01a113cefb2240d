import { hold, pass, refuse, type ScreeningRule } from '../rule.ts';

/**
 * Goods that a quote would not offer today are not sent: the same restrictions are asked again, since an order is
 * paid for days after its quote, and rules, papers and lanes have dates. What is barred is refused; where a paper
 * is missing or has expired, a person may supply it.
 */
export const restrictedGoods: ScreeningRule = {
  ruleId: 'restricted-goods',
  check: ({ restricted }) => {
    const worst = restricted.find(({ action }) => action !== 'needs-document') ?? restricted[0];
    if (worst === undefined) return pass('no restriction stops the goods');
    const { sku, action, detail, ruleId, law } = worst;
    const explanation = `${sku}: ${detail} (${ruleId}; ${law})`;
    return action === 'needs-document' ? hold(explanation) : refuse(explanation);
  },
};
