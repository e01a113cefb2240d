import type { PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { EasyPostRefusal } from './refusal.ts';

/** Parses the body as JSON. An absent body gives an empty object. Throws EasyPost's 400 if the body is not JSON. */
export function readJson(request: PartnerRequest): unknown {
  try {
    return request.body === '' ? {} : (JSON.parse(request.body) as unknown);
  } catch {
    throw new EasyPostRefusal(400, 'BAD_REQUEST', 'The request body is not valid JSON.');
  }
}
