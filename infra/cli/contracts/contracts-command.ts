import type { Command } from 'commander';
import { say } from '../terminal/say.ts';

/** `entrepot contracts`. */
export function addContracts(program: Command): void {
  program
    .command('contracts')
    .summary('the generated contracts of the API and of the events')
    .description('The generated contracts of the API and of the events.')
    .command('write')
    .summary('write OpenAPI, AsyncAPI and the JSON Schemas of the events')
    .description(
      'Writes OpenAPI, AsyncAPI and the JSON Schemas of the events from the schemas in the code, into ' +
        'events/generated.',
    )
    .action(async () => (await import('./write-contracts.ts')).writeContracts(say));
}
