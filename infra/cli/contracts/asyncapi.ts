import { factDefinitions, factSchema } from '../../../events/all-events.ts';
import { FactTooLarge } from '../../../events/fact-too-large.ts';
import { replenishmentFactDefinitions } from '../../../events/replenishment.ts';
import { ReportReady } from '../../../events/report.ts';
import { SlottingMoveEnded, SlottingMoveProposed } from '../../../events/slotting.ts';
import { StockChanged } from '../../../events/stock.ts';
import { SupplyRiskEnded, SupplyRiskRaised } from '../../../events/supply-risks.ts';
import { TradeRulesImported } from '../../../events/trade-rules.ts';
import { eventForm } from './event-form.ts';
import { Components, type JsonSchema } from './json-schema.ts';

/** The AsyncAPI 3.0 document of the bus, which carries events for other systems. */
export function asyncapi(version: string): JsonSchema {
  const components = new Components();
  const events = [
    ...factDefinitions.map(({ name, description }) => ({
      name,
      description,
      payload: schemaOf(components, name),
    })),
    ...[
      ...[TradeRulesImported, ReportReady, StockChanged, FactTooLarge],
      ...replenishmentFactDefinitions,
      ...[SupplyRiskRaised, SupplyRiskEnded, SlottingMoveProposed, SlottingMoveEnded],
    ].map(({ name, description, data }) => ({
      name,
      description,
      payload: components.of(data, 'output'),
    })),
  ];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Entrepot events',
      version,
      description:
        'Events on the EventBridge bus, for systems outside of Entrepot. No event holds personal data. Changes of stock, ' +
        'imports of rules, reports that were made, purchase and transfer orders and supply risks are always published. Facts of orders are published where Entrepot is deployed with ' +
        '`-c publishAllFacts=true`; its own functions receive them without the bus.',
    },
    defaultContentType: 'application/json',
    channels: {
      bus: {
        address: 'entrepot',
        description:
          'EventBridge bus; `detail-type` is the name of the message, `source` is `entrepot`, `detail` is the payload',
        messages: Object.fromEntries(
          events.map(({ name }) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
      },
    },
    operations: {
      relay: {
        action: 'send',
        channel: { $ref: '#/channels/bus' },
        summary:
          'operations/relay-facts puts new facts on the bus, imports of rules, reports that were made, facts of replenishment orders, and supply risks',
      },
      relayStockChanges: {
        action: 'send',
        channel: { $ref: '#/channels/bus' },
        summary: 'operations/relay-facts publishes changes of stock',
        messages: [{ $ref: `#/channels/bus/messages/${StockChanged.name}` }],
      },
    },
    components: {
      messages: Object.fromEntries(
        events.map(({ name, description, payload }) => [
          name,
          { name, title: name, summary: description, payload },
        ]),
      ),
      schemas: eventForm(components.sorted()),
    },
  };
}

function schemaOf(components: Components, name: string): JsonSchema {
  const schema = factSchema(name);
  if (schema === undefined) throw new Error(`${name} has no schema`);
  return eventForm(components.of(schema, 'output'));
}
