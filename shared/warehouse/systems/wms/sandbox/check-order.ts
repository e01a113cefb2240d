import { ProblemRefusal } from '../../../../../infra/sandbox/json-partner.ts';
import type { CartonLabel, DispatchOrderRequest } from './wire.ts';

/** Checks an order and returns it. Throws a 422 that names each wrong field. */
export function checkOrder(body: unknown): DispatchOrderRequest {
  const given = body as DispatchOrderRequest;
  const texts = { dispatchId: given.dispatchId, warehouseId: given.warehouseId, parcelId: given.parcelId };
  const errors = Object.entries(texts)
    .filter(([, value]) => typeof value !== 'string' || value === '')
    .map(([name]) => ({ pointer: `/${name}`, detail: 'must be a text' }));
  if (!Array.isArray(given.lines) || given.lines.length === 0)
    errors.push({ pointer: '/lines', detail: 'must hold at least one line' });
  for (const [index, line] of (Array.isArray(given.lines) ? given.lines : []).entries()) {
    if (typeof line.sku !== 'string' || line.sku === '')
      errors.push({ pointer: `/lines/${index}/sku`, detail: 'must be a text' });
    if (!Number.isInteger(line.quantity) || line.quantity < 1) {
      errors.push({ pointer: `/lines/${index}/quantity`, detail: 'must be a whole number above 0' });
    }
  }
  if (!isLabel(given.label))
    errors.push({ pointer: '/label', detail: 'must have url, trackingNumber and carrier' });
  if (given.cartons !== undefined && errors.length === 0) errors.push(...checkCartons(given));
  if (given.via !== undefined && !(Array.isArray(given.via) && given.via.every(isWarehouse)))
    errors.push({ pointer: '/via', detail: 'must list warehouses' });
  if (Number.isNaN(Date.parse(given.shipBy)))
    errors.push({ pointer: '/shipBy', detail: 'must be an RFC 3339 time' });
  if (errors.length > 0) throw new ProblemRefusal(422, 'The dispatch order is not complete', errors);
  return given;
}

const isLabel = (label: CartonLabel | undefined) =>
  Boolean(label?.url && label.trackingNumber && label.carrier);

/** Each carton has its own label. The first carton's label is the order's. All cartons together hold the order's lines. */
function checkCartons({ cartons = [], label, lines }: DispatchOrderRequest) {
  const errors = cartons.flatMap((carton, index) =>
    isLabel(carton.label)
      ? []
      : [{ pointer: `/cartons/${index}/label`, detail: 'must have url, trackingNumber and carrier' }],
  );
  const numbers = new Set(cartons.map((carton) => carton.label?.trackingNumber));
  if (numbers.size < cartons.length || !numbers.has(label.trackingNumber))
    errors.push({
      pointer: '/cartons',
      detail: 'must each have their own label, and the first label must be the label of the order',
    });
  const left = new Map<string, number>();
  for (const { sku, quantity } of lines) left.set(sku, (left.get(sku) ?? 0) + quantity);
  for (const { sku, quantity } of cartons.flatMap((carton) => carton.lines ?? []))
    left.set(sku, (left.get(sku) ?? 0) - quantity);
  if ([...left.values()].some((quantity) => quantity !== 0))
    errors.push({ pointer: '/cartons', detail: 'must together hold exactly the lines of the order' });
  return errors;
}

const isWarehouse = (id: unknown) => typeof id === 'string' && id !== '';
