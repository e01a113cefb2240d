/** How long a container reuses registrations, rates and workload before it reads them again. */
const FRESH_MS = 5_000;

/** Reads at most once per {@link FRESH_MS} in a container. A failed read is not kept. */
export function fresh<T>(clock: () => Date, read: () => Promise<T>): { get(): Promise<T>; forget(): void } {
  let kept: { readonly value: Promise<T>; readonly readAt: number } | undefined;
  return {
    get() {
      const now = clock().getTime();
      if (kept === undefined || now - kept.readAt >= FRESH_MS) {
        const value = read();
        kept = { value, readAt: now };
        value.catch(() => {
          kept = undefined;
        });
      }
      return kept.value;
    },
    forget() {
      kept = undefined;
    },
  };
}
