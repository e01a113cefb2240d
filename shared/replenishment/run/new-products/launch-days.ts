import { YOUNG_DAYS } from '../../forecast/read-history.ts';

/** The first days of a product: four weeks, after which its own sales alone are forecast. */
export const LAUNCH_DAYS = YOUNG_DAYS;
