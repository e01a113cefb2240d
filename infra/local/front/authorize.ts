import type { GatewayAnswer } from './gateway-answer.ts';
import type { GatewayRequest } from './gateway-request.ts';
import type { Authorised, RequestPlace } from './proxy-event.ts';

/** Whether a request may pass: what the function learns of the caller, or the answer that refuses. */
export type Verdict = { readonly authorised: Authorised } | { readonly refused: GatewayAnswer };

/** Decides on a request for a route that asks for one of these scopes. */
export type Authorize = (
  request: GatewayRequest,
  place: RequestPlace,
  scopes: readonly string[],
) => Promise<Verdict>;
