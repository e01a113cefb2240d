import type { EditionFile } from '../schedules.ts';

/** The editions in this folder. `entrepot tariff convert` writes their files from those of their publishers. */
export const editionFiles: readonly EditionFile[] = [
  { name: 'ae-2025-01-01.schedule', tariff: 'ae', validFrom: '2025-01-01' },
  { name: 'au-2026-04.schedule', tariff: 'au', validFrom: '2026-04-17' },
  { name: 'eu-2020-12.schedule', tariff: 'eu', validFrom: '2020-01-01' },
  { name: 'gb-2020-12.schedule', tariff: 'gb', validFrom: '2021-01-01' },
  { name: 'jp-2026-07-09.schedule', tariff: 'jp', validFrom: '2026-07-09' },
  { name: 'ng-2022-etariffbook.schedule', tariff: 'ng', validFrom: '2022-01-01' },
  { name: 'nz-2022-01.schedule', tariff: 'nz', validFrom: '2022-01-01' },
  { name: 'sa-2026-04-06.schedule', tariff: 'sa', validFrom: '2026-01-01' },
  { name: 'us-2025-11.schedule', tariff: 'us', validFrom: '2025-01-01' },
  {
    name: 'us-section-301-china-2026-rev-6.schedule',
    tariff: 'us-section-301-china',
    validFrom: '2026-01-01',
  },
  { name: 'vn-2026-04-05.schedule', tariff: 'vn', validFrom: '2026-04-05' },
  { name: 'za-2026-02-13.schedule', tariff: 'za', validFrom: '2026-02-13' },
];
