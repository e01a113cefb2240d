import { factDefinitions, factSchema } from '../../../events/all-events.ts';
import { FactTooLarge } from '../../../events/fact-too-large.ts';
import { StockChanged } from '../../../events/stock.ts';
import { TradeRulesImported } from '../../../events/trade-rules.ts';
import { type BusTrigger, type FunctionId, triggerList } from '../../../events/triggers.ts';
import { nameOfWanted } from '../../../events/wanted-fact.ts';
import { WorkDue } from '../../../events/work.ts';
import { eventForm } from './event-form.ts';
import { Components, type JsonSchema } from './json-schema.ts';

/** The AsyncAPI 3.0 document of the bus: every event, and the functions that receive it. */
export function asyncapi(version: string): JsonSchema {
  const components = new Components();
  const events = [
    ...factDefinitions.map(({ name, description }) => ({
      name,
      description,
      payload: schemaOf(components, name),
    })),
    ...[WorkDue, TradeRulesImported, StockChanged, FactTooLarge].map(({ name, description, data }) => ({
      name,
      description,
      payload: components.of(data, 'output'),
    })),
  ];
  const consumers = triggerList.filter(
    (entry): entry is [FunctionId, BusTrigger] => entry[1].kind === 'bus' && namesFor(entry[1]).length > 0,
  );
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Entrepot events',
      version,
      description:
        'Facts of orders on the EventBridge bus. No event holds personal data. A deployment publishes the facts that its own ' +
        'functions receive. Subscribers outside get every fact where it is deployed with `-c publishAllFacts=true`.',
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
        summary: 'operations/relay-facts puts new facts on the bus',
      },
      relayStockChanges: {
        action: 'send',
        channel: { $ref: '#/channels/bus' },
        summary: 'stock/relay-stock-changes publishes changes of stock',
        messages: [{ $ref: `#/channels/bus/messages/${StockChanged.name}` }],
      },
      ...Object.fromEntries(
        consumers.map(([id, trigger]) => [
          id.replace(/^\d-/, '').replaceAll('/', '.'),
          {
            action: 'receive',
            channel: { $ref: '#/channels/bus' },
            summary: trigger.does,
            messages: namesFor(trigger).map((name) => ({ $ref: `#/channels/bus/messages/${name}` })),
          },
        ]),
      ),
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

function namesFor(trigger: BusTrigger): string[] {
  return [...(trigger.facts ?? []).map(nameOfWanted), ...(trigger.work === undefined ? [] : [WorkDue.name])];
}

function schemaOf(components: Components, name: string): JsonSchema {
  const schema = factSchema(name);
  if (schema === undefined) throw new Error(`${name} has no schema`);
  return eventForm(components.of(schema, 'output'));
}
