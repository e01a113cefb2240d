import type { Command } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../client/operator-options.ts';
import { path } from '../command-line/option-values.ts';
import { say } from '../terminal/say.ts';
import type { EvidenceOptions, SubmitOptions } from './dispute-options.ts';

interface Runs {
  readonly evidence: (options: EvidenceOptions) => Promise<void>;
  readonly submit: (options: SubmitOptions) => Promise<void>;
}

const runs: Runs = {
  evidence: async (options) => {
    const { operatorAt } = await import('../client/operator-at.ts');
    const { writeEvidence } = await import('./answer-dispute.ts');
    await writeEvidence(options, await operatorAt(options), say);
  },
  submit: async (options) => {
    const { operatorAt } = await import('../client/operator-at.ts');
    const { submitDispute } = await import('./answer-dispute.ts');
    await submitDispute(options, await operatorAt(options), say);
  },
};

/** `entrepot dispute`. `does` does the work. */
export function addDispute(program: Command, does: Runs = runs): void {
  const dispute = program
    .command('dispute')
    .summary('answer the disputes of payments')
    .description('Answers the disputes of payments with evidence, through the admin API.');
  const evidence = dispute
    .command('evidence')
    .summary('write the evidence for a dispute into a PDF')
    .description(
      'Writes the evidence for a dispute into a PDF: what was bought, what it cost and by which law, how it was paid, ' +
        'where it went, every scan, refunds. It has the name and the address of the shopper.',
    )
    .argument('<order>', 'the order')
    .argument('<dispute>', "the provider's number of the dispute")
    .requiredOption('--file <file>', 'where to write the PDF', path);
  withOperator(evidence, 'orders:write').action(
    (orderId: string, disputeId: string, { file, ...values }: OperatorValues & { readonly file: string }) =>
      does.evidence({ orderId, disputeId, file, ...operatorOptions(values) }),
  );
  const submit = dispute
    .command('submit')
    .summary('submit the evidence for a dispute to its provider')
    .description(
      'Submits the evidence for a dispute to its provider, which takes it once. With --by-hand it only records that a ' +
        "person has submitted it in the provider's dashboard.",
    )
    .argument('<order>', 'the order')
    .argument('<dispute>', "the provider's number of the dispute")
    .option('--by-hand <reference>', "what a person's submission is called at the provider");
  withOperator(submit, 'orders:write').action(
    (
      orderId: string,
      disputeId: string,
      { byHand, ...values }: OperatorValues & { readonly byHand?: string },
    ) => does.submit({ orderId, disputeId, byHand, ...operatorOptions(values) }),
  );
}
