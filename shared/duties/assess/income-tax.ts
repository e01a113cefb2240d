import type { Charge } from '../../../events/landed-cost.ts';
import { add, type Money, sum, zero } from '../../kernel/money.ts';
import type { LineDuty } from './duty.ts';
import type { RoundingStep } from './duty-rate.ts';
import type { ImportCase, ValuedLine } from './import-case.ts';
import { taxCharges } from './tax.ts';

/** The parts of an import policy that a tax on the consignee's income needs. */
interface IncomeTaxed {
  readonly incomeTax?: { readonly code: string; readonly name: string } | undefined;
  /** The authority that collects it at the border. */
  readonly customs: string;
  readonly rounding?: RoundingStep | undefined;
}

/**
 * The tax on income that is collected with import tax, such as Indonesia's PPh Article 22. Its base is the value with
 * freight and duty. Lines without a rate row of the tax bear none.
 */
export function incomeTaxCharges(
  it: ImportCase,
  { incomeTax, customs, rounding }: IncomeTaxed,
  imports: readonly ValuedLine[],
  duties: readonly LineDuty[],
): Charge[] {
  if (incomeTax === undefined) return [];
  const { code, name } = incomeTax;
  const taxed = imports
    .filter((line) => it.rules.find('tax-rate', it, line, (row) => row.code === code) !== undefined)
    .map((line) => ({
      line,
      base: sum([line.goods, line.freight, dutyOfLine(it, line, duties)], it.currency),
    }));
  const description = `${name} ${it.destination.country}`;
  const text = { code: `import-${code}`, description, owedTo: customs, of: 'goods + freight + duty' };
  return taxCharges(it, code, taxed, { ...text, rounding });
}

/** All duties of the line together, in the currency of the law. */
export const dutyOfLine = (it: ImportCase, { lineId }: ValuedLine, duties: readonly LineDuty[]): Money =>
  duties
    .filter((duty) => duty.lineId === lineId)
    .reduce((all, { amount }) => add(all, amount), zero(it.currency));
