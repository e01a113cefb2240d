import { awsOrderMutants } from './aws-order.ts';
import { awsStockMutants } from './aws-stock.ts';
import { cashMutants } from './cash.ts';
import { customsMutants } from './customs.ts';
import { dutiesMutants } from './duties.ts';
import { feesMutants } from './fees.ts';
import { ledgerMutants } from './ledger.ts';
import type { Mutant } from './mutant.ts';
import { orderMutants } from './order.ts';
import { paymentMutants } from './payment.ts';
import { productsMutants } from './products.ts';
import { quoteMutants } from './quote.ts';
import { replenishmentMutants } from './replenishment.ts';
import { replenishmentNetworkMutants } from './replenishment-network.ts';
import { replenishmentRunMutants } from './replenishment-run.ts';
import { reportsMutants } from './reports.ts';
import { runtimeMutants } from './runtime.ts';
import { stockMutants } from './stock.ts';
import { timelineMutants } from './timeline.ts';
import { warehouseMutants } from './warehouse.ts';

/** Every mutant of the list. */
export const allMutants: readonly Mutant[] = [
  ...paymentMutants,
  ...cashMutants,
  ...feesMutants,
  ...ledgerMutants,
  ...stockMutants,
  ...timelineMutants,
  ...orderMutants,
  ...warehouseMutants,
  ...runtimeMutants,
  ...customsMutants,
  ...productsMutants,
  ...quoteMutants,
  ...awsStockMutants,
  ...awsOrderMutants,
  ...dutiesMutants,
  ...replenishmentMutants,
  ...replenishmentNetworkMutants,
  ...replenishmentRunMutants,
  ...reportsMutants,
];
