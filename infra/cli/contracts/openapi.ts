import { z } from 'zod';
import { type DescribedRoute, describedRoutes } from './described-routes.ts';
import { Components, type JsonSchema } from './json-schema.ts';
import { operation } from './operation.ts';
import { securitySchemes, startHere } from './start-here.ts';
import { tagList } from './tags.ts';

const problemSchema = z
  .strictObject({
    type: z.url().meta({ description: 'Names the kind of problem; the last part is its code' }),
    title: z.string(),
    status: z.int().min(400).max(599).meta({ example: 422 }),
    detail: z.string().meta({ description: 'What is wrong with this request, for a developer' }),
    instance: z.string().meta({ description: 'The id of the request in our log' }),
    errors: z
      .array(
        z
          .strictObject({
            pointer: z.string().meta({
              description: 'JSON pointer into the body, or into `#/path`, `#/query`, `#/headers`',
              example: '/lines/0/sku',
            }),
            code: z.string().meta({ example: 'unknown-sku' }),
            detail: z.string().meta({ example: 'there is no product SKU-1' }),
          })
          .meta({ id: 'FieldProblem' }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

const gatewayMessageSchema = z.strictObject({ message: z.string() }).meta({
  id: 'GatewayMessage',
  description: 'The answer of API Gateway when a request does not reach a route',
});

/** The OpenAPI 3.1 document of every route in the table of triggers. */
export async function openapi(version: string): Promise<JsonSchema> {
  const routes = await describedRoutes();
  // A part in requests and in answers is named by its form in answers. This form is known only after all parts are
  // converted.
  const draft = new Components();
  assemble(version, routes, draft);
  return assemble(version, routes, new Components(draft.answered));
}

function assemble(version: string, routes: readonly DescribedRoute[], components: Components): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const methods = paths[route.path] ?? {};
    methods[route.trigger.method.toLowerCase()] = operation(route, components);
    paths[route.path] = methods;
  }
  components.of(problemSchema, 'output');
  components.of(gatewayMessageSchema, 'output');
  return {
    openapi: '3.1.0',
    info: {
      title: 'Entrepot',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description: startHere,
    },
    servers: [{ url: '/' }],
    tags: tagList,
    paths,
    components: { schemas: components.sorted(), securitySchemes },
  };
}
