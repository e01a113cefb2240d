import type { Seller } from '../catalogue/index.ts';
import type { Report } from '../kernel/report.ts';
import type { ActOnOrder, OrderDetailsReader, ReferenceReader } from '../timeline/index.ts';
import type { BoundBroker, DeclarationParty } from './broker.ts';

/** What is needed to hear brokers out and to withdraw declarations. */
export interface AnswerDeps extends ActOnOrder {
  readonly report: Report;
  /** Throws for a broker that has no settings here. */
  readonly brokerByCode: (code: string) => Promise<BoundBroker>;
}

export interface ReceiveAnswersDeps extends AnswerDeps {
  readonly references: ReferenceReader;
}

/** What filing needs besides. */
export interface DeclareDeps extends AnswerDeps {
  /** The broker that files under the regime which priced the consignment. */
  readonly brokerFor: (regime: string) => Promise<BoundBroker>;
  readonly details: OrderDetailsReader;
  /** Who sends the goods from that warehouse. */
  readonly exporterAt: (warehouseId: string) => Promise<DeclarationParty>;
  /** Undefined until they were stored. */
  readonly seller: () => Promise<Seller | undefined>;
}
