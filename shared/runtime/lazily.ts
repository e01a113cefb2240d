import { once } from './once.ts';

/** An object whose members are made when they are first read, each once. */
export function lazily<T extends object>(makers: { readonly [Name in keyof T]: () => T[Name] }): T {
  const members = Object.entries<() => unknown>(makers).map(
    ([name, make]) => [name, { enumerable: true, get: once(make) }] as const,
  );
  return Object.defineProperties({}, Object.fromEntries(members)) as T;
}
