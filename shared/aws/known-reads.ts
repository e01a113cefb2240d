/** How many values are remembered, and how large a stored one may be, in bytes: some 2 MB together. */
const MAX_VALUES = 512;
const MAX_BYTES = 4_096;

/**
 * Remembers what the stored values that were read last mean: each step of an order loads all facts before it, and each
 * basket the products of others. Reading means to decompress and to check. What is stored is the key: what is
 * remembered can only be what it says. It is frozen, because several invocations share it.
 */
export function createKnownReads<Value extends object>(max = MAX_VALUES) {
  const known = new Map<string, Value>();

  return {
    /** The value of these bytes or this text, made by `read` where it is not remembered. Throws what `read` throws. */
    get(stored: unknown, read: () => Value): Value {
      const key = keyOf(stored);
      if (key === undefined) return read();
      const value = known.get(key) ?? frozen(read());
      // The value that was used last stands at the end, and the first one is forgotten.
      known.delete(key);
      known.set(key, value);
      const [oldest = key] = known.keys();
      if (known.size > max) known.delete(oldest);
      return value;
    },
  };
}

/** Undefined for what is too large, or neither bytes nor text. One kind of value is stored in one of the two forms. */
function keyOf(stored: unknown): string | undefined {
  if (typeof stored === 'string') return stored.length > MAX_BYTES ? undefined : stored;
  if (!(stored instanceof Uint8Array) || stored.length > MAX_BYTES) return undefined;
  return Buffer.from(stored.buffer, stored.byteOffset, stored.length).toString('latin1');
}

/** The value, which from now on cannot be changed in any of its parts. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
