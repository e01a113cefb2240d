import type { ScheduleHeader } from '../../../shared/duties/schedules/schedule.ts';
import { tariffsProblem } from '../../../shared/duties/tariff-import/index.ts';

const header: ScheduleHeader = {
  tariff: 'au',
  edition: '2030',
  validFrom: '2030-01-01',
  knownTo: '2030-12-31',
  hs: 'HS2022',
  law: 'An example, not a law of Australia',
  source: 'An example, no file of a publisher',
  provenance: 'unverified',
  confidence: 'low',
};

/** An edition with two lines at 5 %: 61091000 and 62034200. A compressor may write it in other bytes elsewhere. */
const file = [
  'AAABVHsiaGVhZGVyIjp7InRhcmlmZiI6ImF1IiwiZWRpdGlvbiI6IjIwMzAiLCJ2YWxpZEZyb20iOiIyMDMwLTAxLTAx',
  'Iiwia25vd25UbyI6IjIwMzAtMTItMzEiLCJocyI6IkhTMjAyMiIsImxhdyI6IkFuIGV4YW1wbGUsIG5vdCBhIGxhdyBv',
  'ZiBBdXN0cmFsaWEiLCJzb3VyY2UiOiJBbiBleGFtcGxlLCBubyBmaWxlIG9mIGEgcHVibGlzaGVyIiwicHJvdmVuYW5j',
  'ZSI6InVudmVyaWZpZWQiLCJjb25maWRlbmNlIjoibG93In0sImxpbmVzIjoyLCJjaGFwdGVycyI6eyI2MSI6eyJyYXRl',
  'cyI6WzAsNDRdLCJnb29kcyI6WzQ0LDI0XX0sIjYyIjp7InJhdGVzIjpbNjgsNDRdLCJnb29kcyI6WzExMiwyNF19fX2r',
  'VipKLEktVrKKjlYyVVXSUTJVio3VUcrJzIMKmhkaWBoaGBgo6RjExtYCAItWCtEtzsgsKilWyE9TSM4vKcnPU4oFAKtW',
  'KkosSS1WsoqOVjJVVdJRMlWKjdVRysnMgwqaGRkYmxgZGCjpGMTG1gIAi1YKKcovLU4tKlbIT1NIzi8pyc9TigUA',
].join('');

export const tariffImport = { dryRun: true, header, file };

export const tariffRefusals = [
  tariffsProblem({ reason: 'moved-on' }),
  tariffsProblem({ reason: 'other-header' }),
  tariffsProblem({
    reason: 'bad-edition',
    problems: [{ at: '61091000', detail: 'rate: a percentage as a decimal string' }],
  }),
];
