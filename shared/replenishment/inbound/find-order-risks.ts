import type { CatalogueStore } from '../../catalogue/index.ts';
import type { Instant } from '../../kernel/time.ts';
import type { OrderStore } from '../purchasing/ports.ts';
import { unconfirmedCancellations } from '../purchasing/sending/unconfirmed-cancellations.ts';
import { capacityRisks } from './receiving-guard.ts';
import { orderRisks, type RiskStore, type SupplyRisk } from './supply-risks.ts';

interface FindingDeps {
  readonly orders: Pick<OrderStore, 'open' | 'dueToSend' | 'load'>;
  readonly risks: Pick<RiskStore, 'congestedPorts' | 'storedUnits'>;
  readonly catalogue: Pick<CatalogueStore, 'network'>;
}

/** The risks of orders: late ones, congested ports, cancellations that nobody took, days with too many arrivals. */
export async function findOrderRisks(deps: FindingDeps, now: Instant): Promise<SupplyRisk[]> {
  const [open, congested, stored, { warehouses }, cancellations] = await Promise.all([
    deps.orders.open(),
    deps.risks.congestedPorts(),
    deps.risks.storedUnits(),
    deps.catalogue.network(),
    unconfirmedCancellations(deps, now),
  ]);
  return [
    ...orderRisks(open, congested, now),
    ...capacityRisks(open, { warehouses, stored, congested, now }),
    ...cancellations,
  ];
}
