/** How many steps are remembered, and how large a stored one may be, in bytes: some 2 MB together. */
const MAX_STEPS = 512;
const MAX_BYTES = 4_096;

/**
 * Remembers what the stored steps that were read last mean. Each step of an order loads all facts before it, and a
 * stored step never changes. So most of them were read a moment ago, and reading means to decompress and to check.
 * The stored bytes are the key: what is remembered can only be what they say. It is frozen, because several
 * invocations share it.
 */
export function createKnownSteps<Step extends object>(max = MAX_STEPS) {
  const known = new Map<string, Step>();

  return {
    /** The step with these bytes, made by `read` where it is not remembered. Throws what `read` throws. */
    get(stored: unknown, read: () => Step): Step {
      if (!(stored instanceof Uint8Array) || stored.length > MAX_BYTES) return read();
      const key = Buffer.from(stored.buffer, stored.byteOffset, stored.length).toString('latin1');
      const step = known.get(key) ?? frozen(read());
      // The step that was used last stands at the end, and the first one is forgotten.
      known.delete(key);
      known.set(key, step);
      const [oldest = key] = known.keys();
      if (known.size > max) known.delete(oldest);
      return step;
    },
  };
}

/** The value, which from now on cannot be changed in any of its parts. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
