import type { Authentication } from '../../../../events/authentication.ts';
import { defined } from '../../../kernel/defined.ts';
import { lookUp } from '../../../kernel/look-up.ts';
import { needsAuthentication } from '../../strong-authentication.ts';

/** Adyen's words for the exemption that was asked for and on which the issuer authorised. */
const exemptions = {
  lowValue: 'low-value',
  secureCorporate: 'corporate',
  trustedBeneficiary: 'trusted-beneficiary',
  transactionRiskAnalysis: 'low-risk',
} as const;

/**
 * How the cardholder was authenticated, from the additional data of an authorisation. The account must be set to send
 * them: `threeDAuthenticated`, `threeDAuthenticatedResponse`, `eci`, `scaExemptionRequested`, `cardIssuingCountry`. A
 * card that was issued outside the area is out of scope.
 */
export function authenticationOf(data: Readonly<Record<string, unknown>>): Authentication {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : undefined);
  const eci = /^\d{2}$/.exec(text('eci') ?? '')?.[0];
  // The bank took no part, and the scheme recorded the attempt.
  if (text('threeDAuthenticatedResponse') === 'A') return { outcome: 'attempted', ...defined({ eci }) };
  if (text('threeDAuthenticated') === 'true')
    return { outcome: 'authenticated', by: '3-d-secure', ...defined({ eci }) };
  const exemption = lookUp(exemptions, text('scaExemptionRequested') ?? '');
  if (exemption !== undefined) return { outcome: 'exempted', exemption, ...defined({ eci }) };
  const country = text('cardIssuingCountry') ?? text('issuerCountry') ?? '';
  return /^[A-Z]{2}$/.test(country) && !needsAuthentication(country)
    ? { outcome: 'out-of-scope' }
    : { outcome: 'not-authenticated' };
}
