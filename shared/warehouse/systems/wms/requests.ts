import type { PartnerRequest } from '../../../partners/send.ts';
import type { DispatchOrder } from '../../warehouse-system.ts';

const timeoutMs = 8_000;

interface Access {
  readonly apiKey: string;
  readonly baseUrl: string;
}

/** Requests a dispatch. The dispatch's id is the idempotency key. */
export function dispatchRequest(access: Access, order: DispatchOrder): PartnerRequest {
  const { dispatchId, warehouseId, parcelId, lines, label, cartons, shipBy, via } = order;
  return {
    method: 'POST',
    url: `${access.baseUrl}/v1/dispatch-orders`,
    headers: {
      ...headersOf(access),
      'content-type': 'application/json',
      'idempotency-key': `"${dispatchId}"`,
    },
    body: JSON.stringify({ dispatchId, warehouseId, parcelId, lines, label, cartons, shipBy, via }),
    timeoutMs,
  };
}

export function viewRequest(access: Access, dispatchId: string): PartnerRequest {
  return { method: 'GET', url: urlOf(access, dispatchId), headers: headersOf(access), timeoutMs };
}

export function cancellationRequest(access: Access, dispatchId: string): PartnerRequest {
  return {
    method: 'POST',
    url: `${urlOf(access, dispatchId)}/cancellation`,
    headers: { ...headersOf(access), 'content-type': 'application/json' },
    body: '{}',
    timeoutMs,
  };
}

function urlOf(access: Access, dispatchId: string): string {
  return `${access.baseUrl}/v1/dispatch-orders/${encodeURIComponent(dispatchId)}`;
}

function headersOf(access: Access): Record<string, string> {
  return { authorization: `Bearer ${access.apiKey}`, accept: 'application/json' };
}
