import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take over ten seconds, in the order in which they start. In a fresh clone vitest knows no durations
 * and starts the largest files first; then a short file with long tests would be the last, alone on one processor.
 */
const SLOW = [
  'contract/payment-providers',
  'end-to-end/alarms',
  'end-to-end/kill',
  'end-to-end/faults',
  'end-to-end/shop-methods',
  'end-to-end/start',
  'end-to-end/replenish-kills',
  'infra/bundles',
  'component/reports/bad-input',
  'infra/supply-chain',
  'infra/solver-package',
  'component/runtime/bad-input',
  'contract/payment-orders',
];

/** Starts slow files first, so that no processor waits for the last one. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const place = SLOW.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return place === -1 ? SLOW.length : place;
    };
    const others = await super.sort(files);
    return others.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
