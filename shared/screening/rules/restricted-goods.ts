import { hold, pass, refuse, type ScreeningRule } from '../rule.ts';

/**
 * Goods that a quote would not offer today are not sent. The same restrictions are checked again, because an order may
 * be paid days after its quote, and rules, documents and lanes have dates. Barred goods are refused; if a document is
 * missing or has expired, a person may supply it.
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
