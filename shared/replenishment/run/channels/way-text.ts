import type { WayToMarket } from './channel-plan.ts';

/** `CN pl-poznan courier`, `CN de-berlin`, `CN post`: origin, where the goods lie, and how parcels are treated. */
export const nameOfWay = ({ originCountry, warehouseId, channel }: WayToMarket): string =>
  [originCountry, warehouseId, channel].filter((part) => part !== undefined).join(' ');

/** `stock in de-berlin from CN`, `parcels from cn-shenzhen (post)`. */
export function wayText({ kind, originCountry, warehouseId, channel }: WayToMarket): string {
  if (kind === 'stock') return `stock in ${warehouseId} from ${originCountry}`;
  const goods = warehouseId === undefined ? originCountry : `${warehouseId} with goods from ${originCountry}`;
  return `parcels by ${channel} from ${goods}`;
}
