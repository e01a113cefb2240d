/** A unit of writing. */
const UNIT_BYTES = 1024;
/** The longest call that is kept with facts: every load of the timeline reads it, four kilobytes for a unit. */
const MAX_CALL_BYTES = 1024;

/**
 * Whether a call is kept in the item of its facts: where that costs no more write units than an item of its own, and
 * the call is short. `isAlone`: whether the item is written without others; in a transaction its units cost twice.
 */
export function fitsWithFacts(
  item: Readonly<Record<string, unknown>>,
  withCall: Readonly<Record<string, unknown>>,
  { isAlone }: { readonly isAlone: boolean },
): boolean {
  const callBytes = bytesOf(withCall.call);
  if (callBytes > MAX_CALL_BYTES) return false;
  const each = isAlone ? 1 : 2;
  const more = each * (unitsOf(withCall) - unitsOf(item));
  return more <= Math.ceil(callBytes / UNIT_BYTES);
}

/** The write units of an item of texts and binary values. An item's size is that of its names and its values. */
const unitsOf = (item: Readonly<Record<string, unknown>>): number =>
  Math.ceil(
    Object.entries(item).reduce((all, [name, value]) => all + name.length + bytesOf(value), 0) / UNIT_BYTES,
  );

const bytesOf = (value: unknown): number =>
  value instanceof Uint8Array ? value.length : Buffer.byteLength(String(value));
