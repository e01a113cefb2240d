import { invalid, type Problem } from '../kernel/problem.ts';
import type { NoTaxReturn } from '../reports/index.ts';

/** How a report that can't be made is told to the caller. */
export const reportProblems: Readonly<Record<NoTaxReturn, Problem>> = {
  'no-such-period': invalid([
    {
      pointer: '#/query/period',
      code: 'no-such-period',
      detail: 'a month such as 2026-11 for ioss, a quarter such as 2026-Q4 for oss',
    },
  ]),
  'not-registered': {
    status: 409,
    code: 'seller-not-registered',
    title: 'Seller not registered',
    detail:
      "The merchant's registrations name no member state of identification: an IOSS number for ioss, an EORI of a member state for oss. Store them first.",
  },
};
