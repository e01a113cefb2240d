/** The addresses of the published files. A publisher without an address is not asked. */
export interface RateAddresses {
  readonly ecb?: { readonly daily: string; readonly history: string };
  /** With `{year}` and `{month}`, the month without a leading zero. */
  readonly hmrc?: string;
}
