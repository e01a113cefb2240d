import { isObject, leafTest } from './pattern-operators.ts';

/** Whether an event, given as parsed JSON, matches the pattern. */
export type EventMatcher = (event: unknown) => boolean;

/** One object of the pattern. All fields must match. Of each `$or`, at least one branch must match. */
interface Node {
  readonly fields: readonly Field[];
  readonly choices: readonly (readonly Node[])[];
}

interface Field {
  readonly name: string;
  /** A nested object of the pattern. */
  readonly node?: Node;
  /** The tests for a leaf value. At least one must pass. */
  readonly tests?: readonly ((value: unknown) => boolean)[];
  /** The field's path in the whole event. Present only when the pattern also matches an event without the field. */
  readonly absentPath?: string;
}

const separator = '\u0000';

/**
 * Checks an EventBridge event pattern and gives its matcher (Amazon EventBridge user guide, "Comparison operators for
 * use in event patterns"). The rules of a bus and the filters of event source mappings use it.
 * Throws an Error that names the field when EventBridge would not accept the pattern.
 */
export function compilePattern(pattern: unknown): EventMatcher {
  const root = readNode(pattern, []);
  return (event) => {
    let leaves: Set<string> | undefined;
    const hasLeaf = (path: string): boolean => {
      leaves ??= leafPaths(event);
      return leaves.has(path);
    };
    return matchesNode(root, event, hasLeaf);
  };
}

function readNode(pattern: unknown, path: readonly string[]): Node {
  if (!isObject(pattern)) throw new Error(`${nameOf(path)}: expected an object or an array of values`);
  const entries = Object.entries(pattern);
  if (entries.length === 0 && path.length > 0)
    throw new Error(`${nameOf(path)}: an empty object matches nothing`);
  const choices = entries.filter(([name]) => name === '$or');
  return {
    fields: entries.filter(([name]) => name !== '$or').map(([name, value]) => readField(name, value, path)),
    choices: choices.map(([, branches]) => readChoice(branches, path)),
  };
}

function readChoice(branches: unknown, path: readonly string[]): readonly Node[] {
  if (!Array.isArray(branches) || branches.length < 2) {
    throw new Error(`${nameOf([...path, '$or'])}: expected an array of at least two patterns`);
  }
  return branches.map((branch) => {
    if (isObject(branch) && Object.keys(branch).length === 0) {
      throw new Error(`${nameOf([...path, '$or'])}: a branch must name at least one field`);
    }
    return readNode(branch, path);
  });
}

function readField(name: string, value: unknown, parent: readonly string[]): Field {
  const path = [...parent, name];
  if (!Array.isArray(value)) return { name, node: readNode(value, path) };
  if (value.length === 0) throw new Error(`${nameOf(path)}: an empty array matches nothing`);
  const isAbsence = (item: unknown): boolean =>
    isObject(item) && item.exists === false && Object.keys(item).length === 1;
  const present = value.filter((item) => !isAbsence(item));
  const tests = present.map((item) => {
    try {
      return leafTest(item);
    } catch (error) {
      throw new Error(`${nameOf(path)}: ${(error as Error).message}`);
    }
  });
  const absence = value.some(isAbsence);
  return absence ? { name, tests, absentPath: path.join(separator) } : { name, tests };
}

function matchesNode(node: Node, value: unknown, hasLeaf: (path: string) => boolean): boolean {
  if (Array.isArray(value) && value.length > 0) {
    // One element of the array must contain all fields of the pattern, as EventBridge requires.
    return value.some((element) => matchesNode(node, element, hasLeaf));
  }
  const object = isObject(value) ? value : undefined;
  for (const field of node.fields) {
    const found = object !== undefined && Object.hasOwn(object, field.name) ? object[field.name] : undefined;
    if (!matchesField(field, found, hasLeaf)) return false;
  }
  return node.choices.every((branches) => branches.some((branch) => matchesNode(branch, value, hasLeaf)));
}

function matchesField(field: Field, value: unknown, hasLeaf: (path: string) => boolean): boolean {
  if (field.node !== undefined) return matchesNode(field.node, value, hasLeaf);
  // A test for a missing field looks at the whole event, and not at one element of an array.
  if (field.absentPath !== undefined && !hasLeaf(field.absentPath)) return true;
  const tests = field.tests ?? [];
  return leavesOf(value).some((leaf) => tests.some((test) => test(leaf)));
}

/** The values of the event that a leaf of the pattern is compared with. An array stands for each of its elements. */
function leavesOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isObject(value) ? [] : [value];
}

function leafPaths(event: unknown): Set<string> {
  const paths = new Set<string>();
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const element of value) walk(element, path);
    else if (isObject(value)) {
      for (const [name, inner] of Object.entries(value))
        walk(inner, path === '' ? name : path + separator + name);
    } else if (value !== undefined) paths.add(path);
  };
  walk(event, '');
  return paths;
}

function nameOf(path: readonly string[]): string {
  return path.length === 0 ? 'event pattern' : `event pattern, ${path.join('.')}`;
}
