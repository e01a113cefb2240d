import { hold, linesOf, pass, type ScreeningRule } from '../rule.ts';

/** Many units of one SKU suggest resale or a stolen card; two lines with the same SKU count together. */
export const manyOfOne: ScreeningRule = {
  ruleId: 'many-of-one',
  check: ({ landedCost, limits }) => {
    const units = new Map<string, number>();
    for (const { sku, quantity } of linesOf(landedCost)) units.set(sku, (units.get(sku) ?? 0) + quantity);
    const many = [...units].find(([, quantity]) => quantity > limits.maxUnitsOfOneSku);
    return many === undefined
      ? pass(`no more than ${limits.maxUnitsOfOneSku} units of one SKU`)
      : hold(`${many[1]} units of ${many[0]}, more than ${limits.maxUnitsOfOneSku}`);
  },
};
