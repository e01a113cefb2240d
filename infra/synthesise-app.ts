import { buildApp } from './build-app.ts';

/**
 * Synthesises the app to cdk.out, or to the folder that CDK_OUTDIR names. `context`: values as `-c name=value` gives
 * them; the CDK's command line passes its own by the environment. The findings of cdk-nag are printed before it throws.
 */
export function synthesiseApp(context: Readonly<Record<string, string>> = {}): void {
  buildApp({ outdir: process.env.CDK_OUTDIR ?? 'cdk.out', context }).app.synth();
}
