import type { PlacedOrder } from './place-order.ts';

export interface CountWorkDeps {
  readonly workload: {
    count(orderId: string, consignments: PlacedOrder['consignments']): Promise<void>;
  };
  readonly onFailure: (error: unknown, orderId: string) => void;
}

/** Counts the warehouse work of a new order. The order stands even if the count fails. */
export async function countWork(
  { workload, onFailure }: CountWorkDeps,
  { orderId, consignments }: PlacedOrder,
): Promise<void> {
  try {
    await workload.count(orderId, consignments);
  } catch (error) {
    onFailure(error, orderId);
  }
}
