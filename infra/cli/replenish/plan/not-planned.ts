import type { NotPlannedReason } from '../../../../shared/replenishment/explain/sku-plan.ts';

/** Why a product was not planned, and what a planner does about it. */
export const notPlannedTexts: Readonly<Record<NotPlannedReason, string>> = {
  'no-history': 'it was not sold in the days that are read: wait for sales, or order it by hand',
  'no-supplier': 'no supplier offers it: store one with PUT /v1/admin/replenishment/suppliers/{supplierId}',
  'suppliers-out': 'each supplier of it is down, lacks a certificate, or has prices in another currency',
  'waits-for-hub': 'its hub has none to give now, and orders them',
  'share-limit': 'the share limits of its suppliers leave no whole order',
  'site-not-planned': 'the warehouse is closed, or replenishment.sites of the seller leaves it out',
  'no-lead-time': 'no lead time is known: the offer of the supplier has to state one',
  'no-forecast': 'its sales are too few for a forecast',
  'bad-figure': 'a figure of it is no number that can be planned with',
  'no-pack': 'no pack size is known for the day',
  'two-packs': 'two pack sizes hold on one day',
  'other-currency': 'its price and its costs are in different currencies',
  'expires-before-arrival': 'it would expire before it is sold',
  'limit-too-small': 'a limit leaves less than one pack',
};
