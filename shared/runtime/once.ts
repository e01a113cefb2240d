/** Makes a value at first use and keeps it: a function's dependencies are made at its first invocation. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
