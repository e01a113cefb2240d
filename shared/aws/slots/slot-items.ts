import { orderIdOf } from '../../kernel/ids.ts';
import { dayMs, type Instant, later } from '../../kernel/time.ts';
import type { HoldRecord, LiveHold, Occupancy, SlotHold } from '../../slots/index.ts';
import { DUE_SLOTS, expiresAt, type Key, keys } from '../table.ts';
import type { TransactItem } from '../transaction.ts';

/** How long a slot's item is kept after the slot: longer than any order with it can be stopped. */
const SLOT_KEPT_DAYS = 45;
/** An expired hold is kept as long as its quote, so that an order with it gets the answer that it expired. */
const HOLD_KEPT_DAYS = 7;
/** How long a repeat of the request is recognised. */
const REPEAT_DAYS = 45;
/** The beginning of the names of those attributes of a slot's item that are holds: each is named by its id. */
const HOLD_NAME = 'hld_';

/** Keys of holds can't collide with those of orders, whose scope is the storefront's id, in small letters. */
export const holdClaim = (storefrontId: string, key: string): Key =>
  keys.idempotency(`SLOT-HOLD#${storefrontId}`, key);

/** The occupancy of the slot, from its item. */
export function readOccupancy(item: Record<string, unknown>): Occupancy {
  const holds = Object.entries(item).flatMap(([name, value]): LiveHold[] => {
    if (!name.startsWith(HOLD_NAME)) return [];
    const { quoteId, until } = value as { quoteId: string; until: Instant };
    return [{ holdId: name, quoteId, until }];
  });
  return { taken: Number(item.taken ?? 0), booked: Number(item.booked ?? 0), holds };
}

/** The request's key, with its answer. */
export function claimItem(tableName: string, record: HoldRecord): TransactItem {
  const { hold, storefrontId, idempotencyKey, fingerprint, now } = record;
  return {
    Put: {
      TableName: tableName,
      Item: {
        ...holdClaim(storefrontId, idempotencyKey),
        fingerprint,
        hold: JSON.stringify(hold),
        expiresAt: expiresAt(later(now, REPEAT_DAYS * dayMs)),
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

/** A quote that was ordered can't hold a place any more. */
export function unconsumedItem(tableName: string, quoteId: string): TransactItem {
  return {
    ConditionCheck: {
      TableName: tableName,
      Key: keys.fact(orderIdOf(quoteId), 1),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

/** The quote's new hold replaces its earlier one, unless another request replaced it first. */
export function pointerItem(tableName: string, hold: SlotHold, previous: SlotHold | undefined): TransactItem {
  return {
    Put: {
      TableName: tableName,
      Item: {
        ...keys.slotHold(hold.quoteId),
        holdId: hold.holdId,
        hold: JSON.stringify(hold),
        expiresAt: expiresAt(later(hold.expiresAt, HOLD_KEPT_DAYS * dayMs)),
      },
      ...(previous === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'holdId = :previous',
            ExpressionAttributeValues: { ':previous': previous.holdId },
          }),
    },
  };
}

/** One place of the slot for the hold, if there is a free one; or in exchange for an earlier hold of the same slot. */
export function holdItem(tableName: string, hold: SlotHold, exchanged: SlotHold | undefined): TransactItem {
  const { slot } = hold;
  return {
    Update: {
      TableName: tableName,
      Key: keys.slot(slot.slotId),
      UpdateExpression: `SET #hold = :hold, expiresAt = :end, dueShard = :shard, dueAt = if_not_exists(dueAt, :until)${
        exchanged === undefined ? '' : ' REMOVE #exchanged'
      } ADD holdsMade :one, taken :added`,
      ConditionExpression:
        exchanged === undefined
          ? '(attribute_not_exists(taken) AND :capacity > :none) OR taken < :capacity'
          : 'attribute_exists(#exchanged)',
      ExpressionAttributeNames: {
        '#hold': hold.holdId,
        ...(exchanged === undefined ? {} : { '#exchanged': exchanged.holdId }),
      },
      ExpressionAttributeValues: {
        ':hold': { quoteId: hold.quoteId, until: hold.expiresAt },
        ':until': hold.expiresAt,
        ':end': expiresAt(later(slot.to, SLOT_KEPT_DAYS * dayMs)),
        ':shard': DUE_SLOTS,
        ':one': 1,
        ':added': exchanged === undefined ? 1 : 0,
        ...(exchanged === undefined ? { ':capacity': slot.capacity, ':none': 0 } : {}),
      },
    },
  };
}

/** Releases a place that was held in another slot. */
export function releaseItem(tableName: string, { holdId, slot }: SlotHold): TransactItem {
  return {
    Update: {
      TableName: tableName,
      Key: keys.slot(slot.slotId),
      UpdateExpression: 'REMOVE #hold ADD taken :less',
      ConditionExpression: 'attribute_exists(#hold)',
      ExpressionAttributeNames: { '#hold': holdId },
      ExpressionAttributeValues: { ':less': -1 },
    },
  };
}

/** The hold becomes the order's booking, if it is live and belongs to the quote. */
export function bookingItem(
  tableName: string,
  booking: { slotId: string; holdId: string; quoteId: string; now: Instant },
): TransactItem {
  return {
    Update: {
      TableName: tableName,
      Key: keys.slot(booking.slotId),
      UpdateExpression: 'REMOVE #hold ADD booked :one',
      ConditionExpression: '#hold.quoteId = :quote AND #hold.#until > :now',
      ExpressionAttributeNames: { '#hold': booking.holdId, '#until': 'until' },
      ExpressionAttributeValues: { ':one': 1, ':quote': booking.quoteId, ':now': booking.now },
    },
  };
}

/** Releases places that orders had booked. */
export function freedSlotItems(tableName: string, slotIds: readonly string[]): TransactItem[] {
  return slotIds.map((slotId) => ({
    Update: {
      TableName: tableName,
      Key: keys.slot(slotId),
      UpdateExpression: 'ADD taken :less, booked :less',
      ConditionExpression: 'booked >= :one AND taken >= :one',
      ExpressionAttributeValues: { ':less': -1, ':one': 1 },
    },
  }));
}
