import { type Country, isEuMemberState } from '../kernel/country.ts';
import type { BoundPaymentProvider, ProviderPayment } from './provider.ts';

/**
 * Whether payments of orders to the country need strong customer authentication: the European Economic Area (Directive
 * (EU) 2015/2366, Art. 97, with Delegated Regulation (EU) 2018/389, Art. 4) and the United Kingdom (SI 2017/752, reg.
 * 100, with the SCA-RTS of the FCA Handbook). Union law also holds in Aaland and in the outermost regions of France,
 * which have country codes of their own (TFEU, Art. 349 and 355).
 */
export const needsAuthentication = (country: Country): boolean =>
  isEuMemberState(country) || ALSO.has(country);

const ALSO: ReadonlySet<Country> = new Set([
  ...['IS', 'LI', 'NO', 'GB'],
  ...['AX', 'GF', 'GP', 'MF', 'MQ', 'RE', 'YT'],
]);

type Authentication = NonNullable<ProviderPayment['authentication']>;

/** Whether money may be captured on it: the shopper was authenticated, or the payment is exempt or out of scope. */
export const isSufficient = (authentication: Authentication | undefined): boolean =>
  authentication !== undefined && authentication.outcome !== 'not-authenticated';

/** The authentication that the method has by its nature, such as a wallet or a bank's own page. */
export function authenticationBy(
  provider: Pick<BoundPaymentProvider, 'methods'>,
  method: string,
): Authentication | undefined {
  const ability = provider.methods.find((offered) => offered.method === method);
  return ability?.authenticates === true ? { outcome: 'authenticated', by: 'provider' } : undefined;
}
