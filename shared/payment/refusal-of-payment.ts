import type { PartnerRefused } from '../partners/partner-answer.ts';

/** Whether the refusal concerns this payment. 401, 403 and 404 concern our account or our settings. */
export const isOfPayment = ({ status }: PartnerRefused): boolean =>
  status >= 400 && status < 500 && ![401, 403, 404].includes(status);
