import type { Seller } from '../catalogue/index.ts';
import type { Report } from '../kernel/report.ts';
import type { ActOnOrder, OrderDetailsReader, ReferenceReader } from '../timeline/index.ts';
import type { BoundBroker, DeclarationParty } from './broker.ts';

/** The dependencies for handling brokers' answers and withdrawing declarations. */
export interface AnswerDeps extends ActOnOrder {
  readonly report: Report;
  /** Throws for a broker that has no settings here. */
  readonly brokerByCode: (code: string) => Promise<BoundBroker>;
}

export interface ReceiveAnswersDeps extends AnswerDeps {
  readonly references: ReferenceReader;
}

/** The further dependencies of filing. */
export interface DeclareDeps extends AnswerDeps {
  /** The broker for the regime that priced the consignment. */
  readonly brokerFor: (regime: string) => Promise<BoundBroker>;
  readonly details: OrderDetailsReader;
  /** The exporter of goods from that warehouse. */
  readonly exporterAt: (warehouseId: string) => Promise<DeclarationParty>;
  /** Undefined until they are stored. */
  readonly seller: () => Promise<Seller | undefined>;
}
