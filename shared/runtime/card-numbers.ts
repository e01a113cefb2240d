import { holdsCardNumber } from '../kernel/card-number.ts';
import { pointerTo } from '../kernel/json-pointer.ts';
import type { FieldProblem } from '../kernel/problem.ts';

/** What is wrong with a field that holds the number of a card. It doesn't repeat the number. */
export const CARD_NUMBER = {
  code: 'card-number',
  detail: 'no number of a payment card: only the page of the payment provider asks for it',
} as const;

/** The parameters of a path or a query that hold the number of a card, by their names or by their values. */
export function cardNumbersIn(
  parameters: Readonly<Record<string, string | undefined>>,
  root: string,
): FieldProblem[] {
  return Object.entries(parameters).flatMap(([name, value = '']) => {
    if (holdsCardNumber(name)) return [{ pointer: root, ...CARD_NUMBER }];
    return holdsCardNumber(value) ? [{ pointer: `${root}${pointerTo([name])}`, ...CARD_NUMBER }] : [];
  });
}
