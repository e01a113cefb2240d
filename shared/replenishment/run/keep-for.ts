/**
 * A reading that is made once and given again for some time: a container plans many batches of a run, one after
 * another, and each would read the same. One that fails is made again at the next call.
 */
export function keepFor<Read>(
  read: () => Promise<Read>,
  { milliseconds, clock }: { readonly milliseconds: number; readonly clock: () => Date },
): () => Promise<Read> {
  let kept: { readonly from: number; readonly value: Promise<Read> } | undefined;
  return () => {
    const now = clock().getTime();
    if (kept !== undefined && now - kept.from < milliseconds) return kept.value;
    const value = read();
    const reading = { from: now, value };
    kept = reading;
    value.catch(() => {
      if (kept === reading) kept = undefined;
    });
    return value;
  };
}
