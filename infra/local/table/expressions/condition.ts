import { type Attributes, type Given, type Operand, operand, sameType, valueIn } from './operand.ts';
import { type Tokens, tokensOf, Unread } from './tokens.ts';

/** Whether an item, or the absence of one, meets a condition. Throws an Unread where only the engine can say it. */
export type Condition = (item: Attributes, given: Given) => boolean;

/**
 * Reads a condition of comparisons, of attributes that exist or not, and of what a text begins with, joined by AND, OR,
 * NOT and brackets. Throws an Unread at everything else.
 */
export function readCondition(text: string): Condition {
  const tokens = tokensOf(text);
  const condition = either(tokens);
  if (!tokens.isAtEnd()) throw new Unread(text);
  return condition;
}

function either(tokens: Tokens): Condition {
  const conditions = [both(tokens)];
  while (tokens.take('OR')) conditions.push(both(tokens));
  return (item, given) => conditions.some((meets) => meets(item, given));
}

function both(tokens: Tokens): Condition {
  const conditions = [negated(tokens)];
  while (tokens.take('AND')) conditions.push(negated(tokens));
  return (item, given) => conditions.every((meets) => meets(item, given));
}

function negated(tokens: Tokens): Condition {
  if (tokens.take('NOT')) {
    const meets = negated(tokens);
    return (item, given) => !meets(item, given);
  }
  if (tokens.take('(')) {
    const meets = either(tokens);
    tokens.expect(')');
    return meets;
  }
  return single(tokens);
}

const FUNCTION = /^(?:attribute_exists|attribute_not_exists|begins_with)$/;

function single(tokens: Tokens): Condition {
  if (tokens.isNext(FUNCTION)) return called(tokens);
  const left = operand(tokens);
  if (tokens.take('BETWEEN')) {
    const from = operand(tokens);
    tokens.expect('AND');
    const to = operand(tokens);
    return (item, given) =>
      compared(left, from, { item, given }, (order) => order >= 0) &&
      compared(left, to, { item, given }, (order) => order <= 0);
  }
  const holds = ORDERS[tokens.match(/^(?:=|<>|<|<=|>|>=)$/)];
  if (holds === undefined) throw new Unread();
  const right = operand(tokens);
  return (item, given) => compared(left, right, { item, given }, holds);
}

function called(tokens: Tokens): Condition {
  const name = tokens.match(FUNCTION);
  tokens.expect('(');
  const of = operand(tokens);
  const prefix = name === 'begins_with' && tokens.take(',') ? operand(tokens) : undefined;
  tokens.expect(')');
  if (of.kind !== 'attribute') throw new Unread();
  if (name === 'begins_with') {
    if (prefix === undefined) throw new Unread();
    return (item, given) => {
      const [text, start] = [valueIn(of, item, given), valueIn(prefix, item, given)];
      if (typeof text?.S !== 'string' || typeof start?.S !== 'string') throw new Unread();
      return text.S.startsWith(start.S);
    };
  }
  const isThere = name === 'attribute_exists';
  return (item, given) => (valueIn(of, item, given) !== undefined) === isThere;
}

type Holds = (order: number) => boolean;

const ORDERS: Readonly<Record<string, Holds>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** An attribute that the item lacks meets no comparison; what the engine says of its difference is left to it. */
function compared(
  left: Operand,
  right: Operand,
  { item, given }: { readonly item: Attributes; readonly given: Given },
  holds: Holds,
): boolean {
  const [a, b] = [valueIn(left, item, given), valueIn(right, item, given)];
  if (a === undefined || b === undefined) {
    if (holds === ORDERS['<>']) throw new Unread();
    return false;
  }
  return holds(orderOf(sameType(a, b)));
}

/** Texts are ordered by their bytes in UTF-8. */
function orderOf([a, b]: readonly [string, string] | readonly [number, number]): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}
