import { ForEngine, type Tokens } from './tokens.ts';

/** A value in the form of a request: wrapped in its type, such as `{ S: 'text' }`. */
export type Value = Readonly<Record<string, unknown>>;
/** The attributes of an item. None: there is no item. */
export type Attributes = Readonly<Record<string, Value>>;

/** What a request gives to its expressions. */
export interface Given {
  /** `ExpressionAttributeNames`. */
  readonly names: Readonly<Record<string, string>>;
  /** `ExpressionAttributeValues`. */
  readonly values: Attributes;
}

/** An attribute of the item by its name or its alias, or a value of the request. */
export interface Operand {
  readonly kind: 'attribute' | 'value';
  readonly name: string;
}

const NAME = /^#?[A-Za-z_]\w*$/;

/** Reads an operand. Throws a ForEngine where there is none. */
export function operand(tokens: Tokens): Operand {
  return tokens.isNext(/^:/) ? { kind: 'value', name: tokens.match(/^:\w+$/) } : attribute(tokens);
}

/** Reads the name of an attribute. Throws a ForEngine where there is none. */
export const attribute = (tokens: Tokens): Operand => ({ kind: 'attribute', name: tokens.match(NAME) });

/** The value of an operand; undefined for an attribute that the item lacks. Throws a ForEngine if none is given. */
export function valueIn({ kind, name }: Operand, item: Attributes, given: Given): Value | undefined {
  if (kind === 'attribute') return attributeOf(item, nameIn(given, name));
  const value = attributeOf(given.values, name);
  if (value === undefined) throw new ForEngine();
  return value;
}

/** An attribute of an item; undefined where the item lacks it. */
export const attributeOf = (item: Attributes, name: string): Value | undefined =>
  Object.hasOwn(item, name) ? item[name] : undefined;

/** The name of an attribute behind its alias. */
export function nameIn({ names }: Given, name: string): string {
  const behind = !name.startsWith('#') ? name : Object.hasOwn(names, name) ? names[name] : undefined;
  // An assignment to it would change an object, and not one of its members.
  if (behind === undefined || behind === '__proto__') throw new ForEngine();
  return behind;
}

/**
 * Two texts or two numbers that can be compared here. Throws a ForEngine for other types, and for numbers that a number
 * of JavaScript does not hold exactly.
 */
export function sameType(a: Value, b: Value): readonly [string, string] | readonly [number, number] {
  if (typeof a.S === 'string' && typeof b.S === 'string') return [a.S, b.S];
  return [integerOf(a), integerOf(b)];
}

/** A number without decimals that is held exactly. Throws a ForEngine for every other value. */
export function integerOf({ N }: Value): number {
  const number = typeof N === 'string' && /^-?\d{1,16}$/.test(N) ? Number(N) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new ForEngine();
  return number;
}
