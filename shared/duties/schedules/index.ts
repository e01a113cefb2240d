export { editionFiles } from './editions/index.ts';
export { createSchedules, type TariffSchedules } from './schedules.ts';
