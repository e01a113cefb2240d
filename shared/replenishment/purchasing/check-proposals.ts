import { MAX_ORDER_LINES } from '../../../events/replenishment.ts';
import type { MoneyJson } from '../../kernel/money.ts';
import { dayMs, type Instant, later } from '../../kernel/time.ts';
import { readNeedKey } from './need-key.ts';
import type { OrderOfRun } from './order-id.ts';
import type { SupplierStore } from './ports.ts';
import { missingCertificates, offerOf, type Supplier, unitPriceOf } from './supplier.ts';

interface ProposedUnits {
  readonly sku: string;
  /** The warehouse that needs the units. */
  readonly warehouseId: string;
  readonly units: number;
  /** The day on which they have to be there, UTC. */
  readonly needBy?: string;
  readonly reasons: readonly string[];
  /** From `needKeyOf`: the SKU, the warehouse, and the open orders that were counted. */
  readonly needKey: string;
  /** From 1. A need that is divided between suppliers has a proposal for each, with a number each. */
  readonly part?: number;
}

/** A wish of a run or of a person: units of a SKU for a warehouse, from a supplier or from another warehouse. */
export type Proposal = ProposedUnits &
  (
    | { readonly kind: 'purchase'; readonly supplierId: string }
    | {
        readonly kind: 'transfer';
        readonly fromWarehouseId: string;
        /** When the units arrive, by the lane between the warehouses. */
        readonly expectedAt: Instant;
      }
  );

export type ProposalRefusal =
  | 'unknown-supplier'
  | 'supplier-down'
  | 'supplier-retired'
  | 'certificate'
  | 'not-offered'
  | 'unorderable-quantity'
  | 'need-key'
  | 'same-warehouse'
  | 'other-currency';

/** A proposal that can be ordered. */
export interface Checked {
  readonly proposal: Proposal;
  readonly part: number;
  readonly counted: ReadonlySet<string>;
  readonly unitPrice?: MoneyJson;
  readonly expectedAt: Instant;
}

/** The suppliers that proposals name, by their codes. */
export async function suppliersOf(
  suppliers: Pick<SupplierStore, 'find'>,
  proposals: readonly Proposal[],
): Promise<ReadonlyMap<string, Supplier>> {
  const ids = new Set(proposals.flatMap((each) => (each.kind === 'purchase' ? [each.supplierId] : [])));
  const found = await Promise.all([...ids].map((supplierId) => suppliers.find(supplierId)));
  return new Map(found.flatMap((each) => (each === undefined ? [] : [[each.supplierId, each]])));
}

/** The proposal with its price and arrival, or why it can't be ordered. */
export function checkProposal(
  proposal: Proposal,
  suppliers: ReadonlyMap<string, Supplier>,
  now: Instant,
): Checked | ProposalRefusal {
  const need = readNeedKey(proposal.needKey);
  if (need === undefined || need.sku !== proposal.sku || need.warehouseId !== proposal.warehouseId)
    return 'need-key';
  const common = { proposal, part: proposal.part ?? 1, counted: new Set(need.countedOrderIds) };
  if (proposal.kind === 'transfer')
    return proposal.fromWarehouseId === proposal.warehouseId
      ? 'same-warehouse'
      : { ...common, expectedAt: proposal.expectedAt };
  const supplier = suppliers.get(proposal.supplierId);
  if (supplier === undefined) return 'unknown-supplier';
  const offer = offerOf(supplier, proposal.sku);
  if (offer === undefined) return 'not-offered';
  if (supplier.status !== 'up') return `supplier-${supplier.status}`;
  if (missingCertificates(supplier, now.slice(0, 10)).length > 0) return 'certificate';
  if (proposal.units % offer.casePack !== 0 || proposal.units < offer.minimumUnits)
    return 'unorderable-quantity';
  return {
    ...common,
    unitPrice: unitPriceOf(offer, proposal.units),
    expectedAt: later(now, offer.leadTimeDays * dayMs),
  };
}

/** The lines of one order. */
export interface Group {
  readonly order: OrderOfRun;
  readonly lines: readonly Checked[];
}

/** The orders of a run: its lines by supplier, warehouse and currency. */
export function groupsOf(checked: readonly Checked[], runId: string): Group[] {
  const byOrder = Map.groupBy(checked, ({ proposal, unitPrice }) => {
    const { kind, warehouseId } = proposal;
    const from = proposal.kind === 'purchase' ? proposal.supplierId : proposal.fromWarehouseId;
    return JSON.stringify([kind, from, warehouseId, unitPrice?.currency]);
  });
  return [...byOrder.values()].flatMap((lines) => {
    const [first] = lines;
    if (first === undefined) return [];
    const { proposal, unitPrice } = first;
    const { kind, warehouseId } = proposal;
    const from = proposal.kind === 'purchase' ? proposal.supplierId : proposal.fromWarehouseId;
    const order = { runId, kind, from, warehouseId, currency: unitPrice?.currency };
    const parts: Group[] = [];
    for (let begin = 0; begin < lines.length; begin += MAX_ORDER_LINES) {
      const own = lines.slice(begin, begin + MAX_ORDER_LINES);
      parts.push({ order: { ...order, skus: own.map((line) => line.proposal.sku) }, lines: own });
    }
    return parts;
  });
}
