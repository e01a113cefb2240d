/** A place in a JSON value: member names and array indices from the outside in. */
export type Path = readonly (string | number)[];

/** Every place in the value, beginning with the value itself. */
export function placesOf(value: unknown, at: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [at];
  const members = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : Object.entries(value);
  return [at, ...members.flatMap(([name, item]) => placesOf(item, [...at, name]))];
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, name) => (inner as Record<string | number, unknown>)[name], value);
}

/** The value with another value at the place. `undefined` removes the place. */
export function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return by;
  const inner = replaced((value as Record<string | number, unknown>)[name], rest, by);
  if (Array.isArray(value)) {
    return inner === undefined ? value.toSpliced(Number(name), 1) : value.with(Number(name), inner);
  }
  const entries = Object.entries(value as object).flatMap(([key, item]): [string, unknown][] => {
    if (key !== name) return [[key, item]];
    return inner === undefined ? [] : [[key, inner]];
  });
  return Object.fromEntries(entries);
}

/** The value with an additional or changed member. */
export function withValue(value: unknown, [name, ...rest]: Path, by: unknown): unknown {
  if (name === undefined) return by;
  if (Array.isArray(value)) return value.with(Number(name), withValue(value[Number(name)], rest, by));
  const members = value as Record<string, unknown>;
  return { ...members, [name]: withValue(members[name], rest, by) };
}

/** RFC 6901. */
export function pointerTo(path: Path): string {
  return path.map((name) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
