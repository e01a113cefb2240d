/** Makes a value on first use and keeps it: a function's world is built when it is first invoked, not at import. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
