import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { SupplyRiskEnded, SupplyRiskRaised } from '../../../events/supply-risks.ts';
import { dayMs, type Instant, later } from '../../kernel/time.ts';
import {
  portCongestionSchema,
  type RiskStore,
  type SupplyRisk,
  storedUnitsSchema,
  supplyRiskSchema,
} from '../../replenishment/inbound/supply-risks.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { readItems } from '../read-together.ts';
import { expiresAt } from '../table.ts';
import { transact } from '../transaction.ts';
import { PORT_PREFIX, replenishmentKeys } from './replenishment-keys.ts';
import { reportItem } from './report-item.ts';
import { writeTogether } from './write-together.ts';

/** How long an ended risk and its events are kept. */
const KEPT_MS = 30 * dayMs;

/** Risks of missing goods, and ports where goods wait. */
export function createRiskStore(table: Table): RiskStore {
  return {
    async open() {
      const items = await readAll(table, {
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: 'attribute_not_exists(endedAt)',
        ExpressionAttributeValues: { ':pk': replenishmentKeys.risks },
        ConsistentRead: true,
      });
      return items.map(({ risk }) => supplyRiskSchema.parse(JSON.parse(String(risk))));
    },
    async raise(risk, now) {
      const Item = { ...replenishmentKeys.risk(risk.riskKey), risk: JSON.stringify({ ...risk, at: now }) };
      await transact(table, [
        {
          Put: {
            TableName: table.name,
            Item,
            ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(endedAt)',
          },
        },
        eventOf(table, SupplyRiskRaised.name, SupplyRiskRaised.data.parse({ ...risk, at: now }), now),
      ]);
    },
    async end(risk, now) {
      const { from: _, nextArrivalAt: __, fitsOn: ___, betterFrom: ____, detail: _____, ...ended } = risk;
      await transact(table, [
        {
          Update: {
            TableName: table.name,
            Key: replenishmentKeys.risk(risk.riskKey),
            UpdateExpression: 'SET endedAt = :now, expiresAt = :expires',
            ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(endedAt)',
            ExpressionAttributeValues: { ':now': now, ':expires': expiresAt(later(now, KEPT_MS)) },
          },
        },
        eventOf(table, SupplyRiskEnded.name, SupplyRiskEnded.data.parse({ ...ended, at: now }), now),
      ]);
    },
    async congestedPorts() {
      const items = await readAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :port)',
        ExpressionAttributeValues: { ':pk': replenishmentKeys.suppliers, ':port': PORT_PREFIX },
        ConsistentRead: true,
      });
      return items.map(({ sk, congestion }) => ({
        port: String(sk).slice(PORT_PREFIX.length),
        ...portCongestionSchema.parse(JSON.parse(String(congestion))),
      }));
    },
    async storedUnits() {
      const [item] = await readItems(table, [replenishmentKeys.storedUnits], { consistent: true });
      return item === undefined ? [] : storedUnitsSchema.array().parse(JSON.parse(String(item.stored)));
    },
    async putStoredUnits(stored) {
      const Item = { ...replenishmentKeys.storedUnits, stored: JSON.stringify(stored) };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },
    putPorts: (ports) =>
      writeTogether(
        table,
        ports.map(({ port, ...congestion }) => ({
          Put: {
            TableName: table.name,
            Item: { ...replenishmentKeys.port(port), congestion: JSON.stringify(congestion) },
          },
        })),
        'the ports',
      ),
  };
}

const eventOf = (table: Table, event: string, reported: Pick<SupplyRisk, 'riskKey'>, now: Instant) =>
  reportItem(table, {
    ...{ pk: `SUPPLY-RISK#${reported.riskKey}#${now}`, event, reported },
    expiresAt: expiresAt(later(now, KEPT_MS)),
  });
