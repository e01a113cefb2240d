export { type EvidenceRefusal, evidenceProblem } from './evidence-problem.ts';
export { makeEvidence } from './make-evidence.ts';
export { remindOfEvidence } from './remind-of-evidence.ts';
export { disputeIdSchema, submissionCause, submissionSchema } from './submission.ts';
export { submitEvidence } from './submit-evidence.ts';
