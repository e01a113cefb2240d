import type { AddressNeeds } from '../../carrier.ts';

/**
 * EasyPost chooses the carrier by the rate, so that an address has to fit all of them. 35 characters a line and 30 for
 * the city: FedEx and UPS, address guidelines (the postal services allow more). A telephone on parcels that cross a
 * border: UPS and DHL Express refuse a label without one, and EasyPost passes the refusal on as
 * `Missing or invalid element`. Labels print Latin letters; other scripts become question marks.
 */
export const easypostAddressNeeds: AddressNeeds = {
  maxLength: { name: 35, company: 35, line1: 35, line2: 35, city: 30 },
  script: 'latin',
  phone: { economy: 'abroad', standard: 'abroad', express: 'abroad' },
  regions: ['PR'],
};
