import { type Country, crossesCustomsBorder } from '../kernel/country.ts';
import type { Place } from '../kernel/places/place.ts';
import { barePostalCode } from '../kernel/places/postal-code.ts';
import type { GoodsService, Restriction, restrictedChannels, restrictedModes } from './schema.ts';

export type RestrictedMode = (typeof restrictedModes)[number];
export type RestrictedChannel = (typeof restrictedChannels)[number];

/** A way for goods to their destination. */
export interface Transport {
  readonly shipFrom: Country;
  /** The modes of all legs. */
  readonly modes: readonly RestrictedMode[];
  readonly channel: RestrictedChannel;
  /** Services of the warehouse and approvals of the lane. */
  readonly services: readonly string[];
}

/** A place within a destination, in its canonical form. */
export type RestrictedPlace = Place;

/** A lane of a warehouse, as a way of transport. If its legs have several modes, all of them count. */
export function transportOf(
  lane: {
    readonly mode: RestrictedMode;
    readonly channel: RestrictedChannel;
    readonly legs?: readonly { readonly mode: RestrictedMode }[] | undefined;
    readonly approvals?: readonly GoodsService[] | undefined;
  },
  warehouse: {
    readonly address: { readonly country: Country };
    readonly services?: readonly string[] | undefined;
  },
): Transport {
  const modes = lane.legs?.map(({ mode }) => mode) ?? [lane.mode];
  return {
    shipFrom: warehouse.address.country,
    modes: [...new Set(modes)],
    channel: lane.channel,
    services: [...(warehouse.services ?? []), ...(lane.approvals ?? [])],
  };
}

/**
 * Whether the row applies to that way. Without a way, only rows apply that depend neither on mode, channel or service
 * nor on a border: they are true of the goods wherever they come from.
 */
export function holdsOnWay(
  { modes, channels, atTheBorder, action }: Restriction,
  destination: Country,
  transport: Transport | undefined,
): boolean {
  if (transport === undefined)
    return (
      modes === undefined && channels === undefined && atTheBorder === undefined && action !== 'needs-service'
    );
  if (modes !== undefined && !transport.modes.some((mode) => modes.includes(mode))) return false;
  if (channels !== undefined && !channels.includes(transport.channel)) return false;
  return atTheBorder === undefined || crossesCustomsBorder(transport.shipFrom, destination);
}

/** Whether the place is in the part of the destination that the row concerns. */
export function isWithin({ within }: Restriction, { region, postalCode }: RestrictedPlace): boolean {
  if (within === undefined) return true;
  if (region !== undefined && within.regions.includes(region)) return true;
  const code = postalCode === undefined ? undefined : barePostalCode(postalCode);
  return code !== undefined && within.postalPrefixes.some((prefix) => code.startsWith(prefix));
}
