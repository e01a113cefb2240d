/** An address of our own, under which the API or the console is called. */
export interface Domain {
  readonly name: string;
  /** The zone of Route 53 that gets the record. */
  readonly zoneId: string;
  /** The certificate of the name: in the stage's region, or in us-east-1 where CloudFront answers. */
  readonly certificateArn: string;
  /** Whether CloudFront with a web firewall answers, and the API refuses calls that go around it. */
  readonly firewall: boolean;
}
