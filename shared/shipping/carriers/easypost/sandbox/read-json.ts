import type { PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { EasyPostRefusal } from './refusal.ts';

/** The body as JSON; an absent one is an empty object. Throws EasyPost's 400 when it is none. */
export function readJson(request: PartnerRequest): unknown {
  try {
    return request.body === '' ? {} : (JSON.parse(request.body) as unknown);
  } catch {
    throw new EasyPostRefusal(400, 'BAD_REQUEST', 'The request body is not valid JSON.');
  }
}
