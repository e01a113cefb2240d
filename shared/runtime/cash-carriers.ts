import type { CashCarriers } from '../payment/cash/index.ts';
import { carriers } from '../shipping/carriers/index.ts';

/** The registered carriers that collect cash, each with the services by which it does. */
export const cashCarriers: CashCarriers = new Map(
  carriers.map(({ code, cashServices = [] }) => [code, cashServices] as const),
);
