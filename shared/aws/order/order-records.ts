import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { addressSchema, customerSchema } from '../../kernel/address.ts';
import { invariant } from '../../kernel/invariant.ts';
import type {
  Journal,
  OrderDetails,
  OrderDetailsReader,
  PartnerName,
  Timeline,
} from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { unpack } from '../pack.ts';
import { readAll } from '../read-all.ts';
import { FACT_PREFIX, keys } from '../table.ts';
import { readFactItem } from './timeline-items.ts';

const detailsSchema = z.strictObject({
  customer: customerSchema,
  shippingAddress: addressSchema,
  billingAddress: addressSchema.optional(),
});

/** The order's personal data: compressed in its head. Nothing else reads the attribute. */
export function createOrderDetails(table: Table): OrderDetailsReader {
  return {
    async read(orderId): Promise<OrderDetails> {
      const { Item } = await table.client.send(
        new GetCommand({
          TableName: table.name,
          Key: keys.head(orderId),
          ProjectionExpression: 'details',
          ConsistentRead: true,
        }),
      );
      // They are read for orders that have not ended, and erased afterwards.
      invariant(Item?.details !== undefined, 'an order has its details', { orderId });
      return detailsSchema.parse(unpack(Item.details));
    },
  };
}

export interface OrderRecords {
  readonly timeline: Timeline;
  readonly journals: readonly Journal[];
  readonly accessTokenHash: string;
}

/** The records of one order for display, without personal data. One query, as long as they are below 1 MB. */
export function createOrderRecords(table: Table) {
  return {
    async read(orderId: string): Promise<OrderRecords | undefined> {
      const items = await readAll(table, {
        KeyConditionExpression: 'pk = :pk',
        // Everything but the customer and the addresses.
        ProjectionExpression: 'sk, accessTokenHash, facts, personal',
        ExpressionAttributeValues: { ':pk': keys.orderPartition(orderId) },
        ConsistentRead: true,
      });
      const head = items.find((item) => item.sk === keys.head(orderId).sk);
      if (head === undefined) return undefined;
      const steps = items
        .filter(({ sk }) => String(sk).startsWith(FACT_PREFIX))
        .map((item) => readFactItem(item));
      return {
        timeline: { orderId, facts: steps.flatMap(({ facts }) => facts) },
        journals: steps.flatMap(({ journals }) => journals),
        accessTokenHash: String(head.accessTokenHash),
      };
    },
  };
}

/** A partner's reference to one of our parcels. */
export function createReferences(table: Table) {
  return {
    async orderOf({
      kind,
      code,
      reference,
    }: PartnerName): Promise<{ orderId: string; parcelId: string } | undefined> {
      const read = async (ConsistentRead: boolean) => {
        const Key = keys.reference(kind, code, reference);
        const { Item } = await table.client.send(
          new GetCommand({ TableName: table.name, Key, ConsistentRead }),
        );
        return Item;
      };
      // A reference never changes, so that an old one is right. Only where none is seen yet the read has to be sure.
      const item = (await read(false)) ?? (await read(true));
      return item === undefined
        ? undefined
        : { orderId: String(item.orderId), parcelId: String(item.parcelId) };
    },
  };
}
