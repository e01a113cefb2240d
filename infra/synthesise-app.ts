import { buildApp } from './build-app.ts';

/**
 * Synthesises the app to cdk.out, or to the folder that CDK_OUTDIR names. `context` has values as the CDK's `-c
 * name=value` gives them. The CDK's command line passes its own context in the environment. The findings of cdk-nag
 * are printed before an Error is thrown.
 */
export function synthesiseApp(context: Readonly<Record<string, string>> = {}): void {
  buildApp({ outdir: process.env.CDK_OUTDIR ?? 'cdk.out', context }).app.synth();
}
