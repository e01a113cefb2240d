import type { GatewayAnswer } from './gateway-answer.ts';
import type { GatewayRequest } from './gateway-request.ts';
import type { Authorised, RequestPlace } from './proxy-event.ts';

/** The decision on a request: the caller's claims for the function, or the answer that refuses the request. */
export type Verdict = { readonly authorised: Authorised } | { readonly refused: GatewayAnswer };

/** Decides on a request to a route. The caller must hold one of the route's scopes. */
export type Authorize = (
  request: GatewayRequest,
  place: RequestPlace,
  scopes: readonly string[],
) => Promise<Verdict>;
