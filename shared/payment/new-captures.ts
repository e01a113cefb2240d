import type { ProviderCapture, ReportedPayment } from './provider.ts';

/** The captures that are not recorded yet, and of which no failure is. The provider's reference tells them apart. */
export const newCaptures = (
  {
    captures,
    failedCaptures = [],
  }: {
    readonly captures: readonly Pick<ProviderCapture, 'reference'>[];
    readonly failedCaptures?: readonly string[];
  },
  reported: ReportedPayment,
): readonly ProviderCapture[] =>
  reported.captures.filter(
    ({ reference }) =>
      captures.every((known) => known.reference !== reference) && !failedCaptures.includes(reference),
  );
