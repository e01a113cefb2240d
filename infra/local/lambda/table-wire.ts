/**
 * Values of JavaScript in the form of DynamoDB's protocol, and back, as the SDK's document client converts them with
 * undefined values left out. `test/unit/local/table-wire.test.ts` compares the two.
 */

/**
 * Where the attributes are in an input or output, as each command of the document client says it: `'*'` is every
 * member, and an object without names is a map of attributes.
 */
export interface KeyNodes {
  readonly [name: string]: KeyNodes;
}

type Attribute = Readonly<Record<string, unknown>>;

/** A value that only the SDK converts, or refuses with its own error. */
export class Unusual extends Error {
  override readonly name = 'Unusual';
}

/** The input of a command in the form of the protocol. Throws {@link Unusual}. */
export const wireInput = (input: object, nodes: KeyNodes): unknown => converted(input, nodes, attributeOf);

/** The answer to a command with values of JavaScript. Throws {@link Unusual}. */
export const plainOutput = (output: object, nodes: KeyNodes): unknown => converted(output, nodes, plainValue);

function converted(given: unknown, nodes: KeyNodes, convert: (value: never) => unknown): unknown {
  if (given === undefined || given === null) return given;
  if ('*' in nodes) {
    const each = nodes['*'] ?? {};
    if (Array.isArray(given)) return given.map((member) => converted(member, each, convert));
    return mapped(given, (member) => converted(member, each, convert));
  }
  const names = Object.keys(nodes);
  if (names.length === 0) return mapped(given, convert as (value: unknown) => unknown);
  const result: Record<string, unknown> = { ...given };
  for (const name of names)
    if (result[name] !== undefined) result[name] = converted(result[name], nodes[name] ?? {}, convert);
  return result;
}

function mapped(given: object, convert: (value: unknown) => unknown): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) if (value !== undefined) result[name] = convert(value);
  return result;
}

function attributeOf(value: unknown): Attribute {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new Unusual();
      return { N: value.toString() };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      return ofObject(value);
    default:
      throw new Unusual();
  }
}

function ofObject(value: object | null): Attribute {
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.filter((each) => each !== undefined).map(attributeOf) };
  if (value instanceof Uint8Array) return { B: base64(value) };
  if (value instanceof Set) return ofSet([...value]);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) throw new Unusual();
  return { M: mapped(value, attributeOf) };
}

function ofSet(members: readonly unknown[]): Attribute {
  if (members.length > 0 && members.every((each) => typeof each === 'string')) return { SS: members };
  throw new Unusual();
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

function plainValue(attribute: Attribute): unknown {
  for (const type in attribute) {
    const value = attribute[type];
    switch (type) {
      case 'S':
      case 'BOOL':
        return value;
      case 'N':
        return numberOf(String(value));
      case 'B':
        return bytesOf(String(value));
      case 'M':
        return mapped(value as object, plainValue as (value: unknown) => unknown);
      case 'L':
        return (value as Attribute[]).map(plainValue);
      case 'SS':
        return new Set(value as string[]);
      case 'NULL':
        return null;
      default:
        throw new Unusual();
    }
  }
  throw new Unusual();
}

function numberOf(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) && (!Number.isFinite(number) || String(number) !== text))
    throw new Unusual();
  return number;
}

function bytesOf(text: string): Uint8Array {
  const { buffer, byteOffset, length } = Buffer.from(text, 'base64');
  return new Uint8Array(buffer, byteOffset, length);
}
