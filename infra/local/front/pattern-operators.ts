import { BlockList, isIP, isIPv6 } from 'node:net';

/** A test of one leaf value: a string, a number, a boolean or null. */
export type LeafTest = (value: unknown) => boolean;

/**
 * The test for one entry of an array in a pattern. The entry is an exact value or an operator object.
 * Throws an Error when EventBridge does not have the operator or would refuse its operand.
 */
export function leafTest(entry: unknown): LeafTest {
  if (entry === null || ['string', 'number', 'boolean'].includes(typeof entry))
    return (value) => value === entry;
  if (!isObject(entry)) throw new Error('expected a value or an operator');
  const [name, ...others] = Object.keys(entry);
  if (name === undefined || others.length > 0) throw new Error('an operator object has exactly one key');
  const make = operators[name];
  if (make === undefined) throw new Error(`unknown operator "${name}"`);
  return make(entry[name]);
}

const operators: Record<string, (operand: unknown) => LeafTest> = {
  exists: (operand) => {
    if (operand !== true) throw new Error('exists takes true or false');
    return () => true;
  },
  prefix: (operand) => affixTest(operand, 'prefix', (value, affix) => value.startsWith(affix)),
  suffix: (operand) => affixTest(operand, 'suffix', (value, affix) => value.endsWith(affix)),
  'equals-ignore-case': (operand) => {
    const wanted = text(operand, 'equals-ignore-case').toLowerCase();
    return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
  },
  wildcard: (operand) => {
    const expression = wildcardExpression(text(operand, 'wildcard'));
    return (value) => typeof value === 'string' && expression.test(value);
  },
  numeric: numericTest,
  cidr: cidrTest,
  'anything-but': anythingButTest,
};

function affixTest(
  operand: unknown,
  operator: string,
  holds: (value: string, affix: string) => boolean,
): LeafTest {
  if (isObject(operand)) {
    const keys = Object.keys(operand);
    if (keys.length !== 1 || keys[0] !== 'equals-ignore-case') {
      throw new Error(`${operator} takes a string or equals-ignore-case`);
    }
    const affix = text(operand['equals-ignore-case'], operator).toLowerCase();
    return (value) => typeof value === 'string' && holds(value.toLowerCase(), affix);
  }
  const affix = text(operand, operator);
  return (value) => typeof value === 'string' && holds(value, affix);
}

function anythingButTest(operand: unknown): LeafTest {
  if (isObject(operand)) {
    const [name, ...others] = Object.keys(operand);
    const allowed = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'];
    if (name === undefined || others.length > 0 || !allowed.includes(name)) {
      throw new Error(`anything-but takes values or one of ${allowed.join(', ')}`);
    }
    const refused = listOf(operand[name]).map((item) => leafTest({ [name]: item }));
    return (value) => !refused.some((test) => test(value));
  }
  const values = listOf(operand);
  const allOf = (type: string): boolean => values.every((value) => typeof value === type);
  if (!allOf('string') && !allOf('number'))
    throw new Error('anything-but takes only strings or only numbers');
  const refused = new Set(values);
  return (value) => !refused.has(value);
}

function numericTest(operand: unknown): LeafTest {
  if (!Array.isArray(operand)) throw new Error('numeric takes an array of comparisons');
  const bounds: { readonly comparison: string; readonly bound: number }[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const comparison: unknown = operand[index];
    const bound: unknown = operand[index + 1];
    if (typeof comparison !== 'string' || !['=', '<', '<=', '>', '>='].includes(comparison)) {
      throw new Error(`numeric does not know the comparison ${JSON.stringify(comparison)}`);
    }
    if (typeof bound !== 'number' || Math.abs(bound) > 5e9) {
      throw new Error('numeric compares with numbers from -5e9 to 5e9');
    }
    bounds.push({ comparison, bound });
  }
  const kinds = bounds.map(({ comparison }) => comparison[0]);
  const oneExact = kinds.length === 1 && kinds[0] === '=';
  const range = !kinds.includes('=') && kinds.length >= 1 && new Set(kinds).size === kinds.length;
  if (!oneExact && !range) throw new Error('numeric takes one exact value, or a lower and an upper bound');
  return (value) =>
    typeof value === 'number' && bounds.every(({ comparison, bound }) => compare(value, comparison, bound));
}

function compare(value: number, comparison: string, bound: number): boolean {
  if (comparison === '=') return value === bound;
  if (comparison === '<') return value < bound;
  if (comparison === '<=') return value <= bound;
  return comparison === '>' ? value > bound : value >= bound;
}

function cidrTest(operand: unknown): LeafTest {
  const [network = '', length = ''] = text(operand, 'cidr').split('/');
  const bits = Number(length);
  const limit = isIPv6(network) ? 128 : 32;
  if (isIP(network) === 0 || !/^\d{1,3}$/.test(length) || bits > limit) {
    throw new Error(`cidr does not understand ${JSON.stringify(operand)}`);
  }
  const block = new BlockList();
  block.addSubnet(network, bits, familyOf(network));
  return (value) =>
    typeof value === 'string' &&
    isIP(value) !== 0 &&
    familyOf(value) === familyOf(network) &&
    block.check(value, familyOf(value));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

// `*` stands for any characters. `\*` stands for a star, and `\\` for a backslash.
function wildcardExpression(pattern: string): RegExp {
  if (/\\[^*\\]|\\$/.test(pattern.replaceAll('\\\\', ''))) throw new Error('wildcard has an unknown escape');
  if (/(?<!\\)\*\*/.test(pattern)) throw new Error('wildcard has two * in a row');
  const source = pattern.replace(/\\[*\\]|[\s\S]/g, (part) => {
    if (part === '*') return '[^]*';
    const character = part.length === 2 ? part.slice(1) : part;
    return character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
  });
  return new RegExp(`^${source}$`);
}

function listOf(operand: unknown): readonly unknown[] {
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw new Error('anything-but takes at least one value');
  return list;
}

function text(operand: unknown, operator: string): string {
  if (typeof operand !== 'string') throw new Error(`${operator} takes a string`);
  return operand;
}

/** Whether the value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
