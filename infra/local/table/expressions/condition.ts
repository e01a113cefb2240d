import { type Attributes, attribute, type Given, operand, sameType, type Value, valueIn } from './operand.ts';
import { ForEngine, type Tokens, tokensOf } from './tokens.ts';

/** Whether an item, or the absence of one, meets a condition. Throws a ForEngine where only the engine can say it. */
export type Condition = (item: Attributes, given: Given) => boolean;

/**
 * Reads a condition of comparisons, of attributes that exist or not, of what a text begins with, and of what a set
 * contains, joined by AND, OR, NOT and brackets. Throws a ForEngine at everything else.
 */
export function readCondition(text: string): Condition {
  const tokens = tokensOf(text);
  const condition = either(tokens);
  if (!tokens.isAtEnd()) throw new ForEngine(text);
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

const FUNCTION = /^(?:attribute_exists|attribute_not_exists|begins_with|contains)$/;

function single(tokens: Tokens): Condition {
  if (tokens.isNext(FUNCTION)) return called(tokens);
  const left = sized(tokens);
  const holds = ORDERS[tokens.match(/^(?:=|<>|<|<=|>|>=)$/)];
  if (holds === undefined) throw new ForEngine();
  const right = plain(tokens);
  return (item, given) => compared(left, right, { item, given }, holds);
}

/** Something to compare: an attribute, a value, or how many elements a set or a list has. */
type Compared = (item: Attributes, given: Given) => Value | undefined;

function plain(tokens: Tokens): Compared {
  const of = operand(tokens);
  return (item, given) => valueIn(of, item, given);
}

function sized(tokens: Tokens): Compared {
  if (!tokens.take('size')) return plain(tokens);
  tokens.expect('(');
  const of = attribute(tokens);
  tokens.expect(')');
  return (item, given) => {
    const { SS, L } = valueIn(of, item, given) ?? {};
    const elements = SS ?? L;
    if (!Array.isArray(elements)) throw new ForEngine();
    return { N: String(elements.length) };
  };
}

function called(tokens: Tokens): Condition {
  const name = tokens.match(FUNCTION);
  tokens.expect('(');
  const of = attribute(tokens);
  const part = tokens.take(',') ? operand(tokens) : undefined;
  tokens.expect(')');
  const isThere = name === 'attribute_exists';
  if (isThere || name === 'attribute_not_exists') {
    if (part !== undefined) throw new ForEngine();
    return (item, given) => (valueIn(of, item, given) !== undefined) === isThere;
  }
  if (part === undefined) throw new ForEngine();
  return (item, given) => {
    const [whole, { S: text } = {}] = [valueIn(of, item, given), valueIn(part, item, given)];
    if (typeof text !== 'string') throw new ForEngine();
    if (name === 'contains' && Array.isArray(whole?.SS)) return whole.SS.includes(text);
    if (name === 'begins_with' && typeof whole?.S === 'string') return whole.S.startsWith(text);
    throw new ForEngine();
  };
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
  left: Compared,
  right: Compared,
  { item, given }: { readonly item: Attributes; readonly given: Given },
  holds: Holds,
): boolean {
  const [a, b] = [left(item, given), right(item, given)];
  if (a === undefined || b === undefined) {
    if (holds === ORDERS['<>']) throw new ForEngine();
    return false;
  }
  return holds(orderOf(sameType(a, b)));
}

/** Texts are ordered by their bytes in UTF-8. */
function orderOf([a, b]: readonly [string, string] | readonly [number, number]): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}
