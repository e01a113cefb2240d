import type { EditionFile } from '../schedules.ts';

/** The editions in this folder. `entrepot tariff convert` writes their files from those of their publishers. */
export const editionFiles: readonly EditionFile[] = [
  { name: 'eu-2020-12.schedule', tariff: 'eu', validFrom: '2020-01-01' },
  { name: 'gb-2020-12.schedule', tariff: 'gb', validFrom: '2021-01-01' },
  { name: 'us-2025-11.schedule', tariff: 'us', validFrom: '2025-01-01' },
];
