export interface KeyHistory {
  readonly created: Date;
  readonly lastUsed?: { readonly date: Date; readonly service: string; readonly region: string };
}

interface Person {
  readonly name: string;
  readonly administrator: boolean;
  readonly console: boolean;
  readonly key: KeyHistory;
}

const DAY_MS = 86_400_000;

/** The three of most write-ups: a robot with every right, a person without MFA, and somebody who has left. */
export function people(now: Date): readonly Person[] {
  const ago = (days: number) => new Date(Math.floor((now.getTime() - days * DAY_MS) / 1000) * 1000);
  return [
    {
      name: "ci-deploy",
      administrator: true,
      console: false,
      key: { created: ago(4 * 365), lastUsed: { date: ago(1), service: "s3", region: "us-east-1" } },
    },
    {
      name: "mina",
      administrator: false,
      console: true,
      key: { created: ago(2 * 365), lastUsed: { date: ago(200), service: "ec2", region: "eu-west-1" } },
    },
    { name: "old-contractor", administrator: false, console: true, key: { created: ago(5 * 365) } },
  ];
}

export const SECURITY_GROUP = { name: "legacy-bastion", description: "SSH from anywhere, opened for a day", port: 22 };
