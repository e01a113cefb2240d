import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expressRate, isUnreadable, type Term } from '../../../../infra/cli/tariff/rates/express-rate.ts';
import { readDutyExpression } from '../../../../infra/cli/tariff/rates/taric-duty.ts';
import { rateText } from '../../../../shared/duties/assess/duty-rate.ts';

const units = ['kg', 'piece', 'pair', 'litre', 'square-metre', 'metre', 'cubic-metre'] as const;
const counts = [1, 100] as const;

const percent = fc
  .tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 9999 }))
  .map(([whole, part]): Term => ({ percent: `${whole}.${String(part).padStart(4, '0')}` }));

const amount = fc
  .record({
    unit: fc.constantFrom(...units),
    count: fc.constantFrom(...counts),
    whole: fc.integer({ min: 1, max: 99_999 }),
    part: fc.integer({ min: 0, max: 999 }),
  })
  .map(
    ({ unit, count, whole, part }): Term => ({
      minor: `${whole}.${String(part).padStart(3, '0')}`,
      currency: 'EUR',
      // Only weights, pieces, litres and metres are counted by the hundred.
      per: { of: unit, count: unit === 'kg' || unit === 'litre' || unit === 'metre' ? count : 1 },
    }),
  );

/** At most one percentage, and each unit once. */
const sum = fc
  .tuple(fc.option(percent, { nil: undefined }), fc.uniqueArray(amount, { maxLength: 3, selector: unitOf }))
  .map(([first, amounts]) => [...(first === undefined ? [] : [first]), ...amounts]);

function unitOf(term: Term): string {
  return 'percent' in term ? '' : term.per.of;
}

const bound = fc.option(
  sum.filter((terms) => terms.length > 0),
  { nil: undefined },
);

/** The words of a rate in the form of a duty expression. */
const asExpression = (text: string) =>
  text
    .replace(/,? ?at least /, ' MIN ')
    .replace(/,? ?at most /, ' MAX ')
    .replaceAll(/(\d+) litre/g, '$1 litre')
    .replaceAll('100 litre', 'hl')
    .replaceAll('/litre', '/l')
    .replaceAll('/unit', '/item')
    .replaceAll('/piece', '/item');

test('a rate in words, read again, is the rate', () => {
  fc.assert(
    fc.property(sum, bound, bound, (own, least, most) => {
      const rate = expressRate({ own, least, most }, 'EUR');
      fc.pre(!isUnreadable(rate) && own.length > 0);
      if (isUnreadable(rate)) return;
      const read = readDutyExpression(asExpression(rateText(rate)), 'EUR');
      expect(isUnreadable(read) ? read : rateText(read)).toEqual(rateText(rate));
    }),
  );
});
