export { cashOffer, withCash } from './cash-offer.ts';
export { cashOnDelivery } from './cash-on-delivery.ts';
export { collectedByCarrier, collectsCash } from './collected-by-carrier.ts';
export { type CashCarriers, noCashFor } from './no-cash.ts';
