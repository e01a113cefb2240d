import type { PurchaseCost } from '../../catalogue/index.ts';
import type { DeliveryOutcome } from '../purchasing/scorecard.ts';

/** A movement of stock that a delivery makes. */
export type InboundMovement =
  | {
      readonly kind: 'receive';
      readonly sku: string;
      readonly warehouseId: string;
      readonly quantity: number;
    }
  | {
      readonly kind: 'dispatch-transfer';
      readonly sku: string;
      readonly warehouseId: string;
      readonly toWarehouseId: string;
      readonly transferId: string;
      readonly quantity: number;
      readonly expectedAt: string;
    }
  | {
      readonly kind: 'receive-transfer';
      readonly sku: string;
      readonly warehouseId: string;
      readonly transferId: string;
      readonly quantity: number;
      readonly writeOff?: { readonly quantity: number; readonly reason: string };
    };

/** What is written together with a step of an order. */
export interface ReceiptEffects {
  readonly movements: readonly { readonly key: string; readonly movement: InboundMovement }[];
  /** What a unit costs from now on, of each SKU that came. */
  readonly costs: readonly PurchaseCost[];
  /** How the delivery went, for the supplier's score. */
  readonly outcome?: { readonly supplierId: string; readonly delivery: DeliveryOutcome };
}
