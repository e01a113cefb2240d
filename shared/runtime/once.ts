/** Makes a value on first use and keeps it: what a function depends on is made when it is first invoked. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
