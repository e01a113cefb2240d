import type { ProviderPayment } from './provider.ts';

/** For a voided intent `failed` means the same: no money will come from it. */
export function goneIfFailed(reported: ProviderPayment): ProviderPayment {
  return reported.status === 'failed' ? { ...reported, status: 'voided' } : reported;
}
