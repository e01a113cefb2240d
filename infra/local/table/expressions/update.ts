import {
  type Attributes,
  attribute,
  attributeOf,
  type Given,
  integerOf,
  nameIn,
  operand,
  type Value,
  valueIn,
} from './operand.ts';
import { ForEngine, type Tokens, tokensOf } from './tokens.ts';

type Changed = Record<string, Value | undefined>;
/** Adds what one part of an update does to the changed attributes. Undefined removes an attribute. */
type Change = (item: Attributes, given: Given, changed: Changed) => void;

/** The attributes of an item after an update. Throws a ForEngine where only the engine can say it. */
export type Update = (item: Attributes, given: Given) => Attributes;

/**
 * Reads an update that sets attributes to values, to sums or to what they were if they exist, that removes attributes,
 * that adds to numbers, and that adds elements to sets of texts or takes them out. Throws a ForEngine at all else.
 */
export function readUpdate(text: string): Update {
  const tokens = tokensOf(text);
  const changes: Change[] = [];
  while (!tokens.isAtEnd()) {
    const read = CLAUSES[tokens.match(/^(?:SET|REMOVE|ADD|DELETE)$/) as keyof typeof CLAUSES];
    do changes.push(read(tokens));
    while (tokens.take(','));
  }
  return (item, given) => {
    const changed: Changed = {};
    for (const each of changes) each(item, given, changed);
    const after: Record<string, Value> = { ...item };
    for (const [name, value] of Object.entries(changed))
      if (value === undefined) delete after[name];
      else after[name] = value;
    return after;
  };
}

const CLAUSES = {
  SET: readSet,
  REMOVE: (tokens) => {
    const { name } = attribute(tokens);
    return (_, given, changed) => change(changed, nameIn(given, name), undefined);
  },
  ADD: (tokens) =>
    readCombined(tokens, (before, added) => {
      if (!isSet(added)) return numberOf((before === undefined ? 0 : integerOf(before)) + integerOf(added));
      return { SS: [...new Set([...elementsOf(before), ...elementsOf(added)])] };
    }),
  DELETE: (tokens) =>
    readCombined(tokens, (before, removed) => {
      const out = elementsOf(removed);
      const left = elementsOf(before).filter((each) => !out.includes(each));
      return left.length === 0 ? undefined : { SS: left };
    }),
} satisfies Record<string, (tokens: Tokens) => Change>;

/** Reads an attribute and a value, and combines what the item has of it with the value. */
function readCombined(
  tokens: Tokens,
  combine: (before: Value | undefined, value: Value) => Value | undefined,
): Change {
  const { name } = attribute(tokens);
  const value = operand(tokens);
  return (item, given, changed) => {
    const before = attributeOf(item, nameIn(given, name));
    change(changed, nameIn(given, name), combine(before, known(valueIn(value, item, given))));
  };
}

const isSet = ({ SS }: Value): boolean => Array.isArray(SS);

/** The elements of a set of texts; none without a set. Throws a ForEngine for every other value. */
function elementsOf(value: Value | undefined): readonly string[] {
  if (value === undefined) return [];
  if (!isSet(value)) throw new ForEngine();
  return value.SS as string[];
}

function readSet(tokens: Tokens): Change {
  const { name } = attribute(tokens);
  tokens.expect('=');
  const first = readTerm(tokens);
  const sign = tokens.take('+') ? 1 : tokens.take('-') ? -1 : 0;
  const second = sign === 0 ? undefined : readTerm(tokens);
  return (item, given, changed) => {
    const value = first(item, given);
    const sum = second && numberOf(integerOf(value) + sign * integerOf(second(item, given)));
    change(changed, nameIn(given, name), sum ?? value);
  };
}

/** Reads a value, an attribute, or an attribute with what holds where the item lacks it. */
function readTerm(tokens: Tokens): (item: Attributes, given: Given) => Value {
  if (!tokens.take('if_not_exists')) {
    const of = operand(tokens);
    return (item, given) => known(valueIn(of, item, given));
  }
  tokens.expect('(');
  const of = attribute(tokens);
  tokens.expect(',');
  const otherwise = operand(tokens);
  tokens.expect(')');
  return (item, given) => valueIn(of, item, given) ?? known(valueIn(otherwise, item, given));
}

/** An attribute that two parts of an update change is refused by the engine. */
function change(changed: Changed, name: string, value: Value | undefined): void {
  if (Object.hasOwn(changed, name)) throw new ForEngine();
  changed[name] = value;
}

function known(value: Value | undefined): Value {
  if (value === undefined) throw new ForEngine();
  return value;
}

function numberOf(number: number): Value {
  if (!Number.isSafeInteger(number)) throw new ForEngine();
  return { N: String(number) };
}
