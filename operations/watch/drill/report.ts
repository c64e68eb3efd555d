/** One subscriber of a topic. Nothing in it is a secret: of a web address the host is all that is kept. */
export interface Subscriber {
  /** `email`, `sms`, `sqs`, `lambda`, `https` and so on. */
  protocol: string;
  endpoint: string;
}

/** What is known of one topic before anything is sent. */
export interface TopicReport {
  name: string;
  region: string;
  arn: string;
  confirmed: Subscriber[];
  /** Those who have not clicked the link in AWS's mail; AWS sends them nothing. */
  pending: Subscriber[];
  /** AWS services that may publish by the topic's policy and use its key. */
  admits: string[];
  /** What is wrong with the way in, in words; empty when nothing is. */
  problems: string[];
}

/** In a topic's problems when it is missing. */
export const noSuchTopic = "there is no such topic";

export function exists({ problems }: TopicReport): boolean {
  return !problems.includes(noSuchTopic);
}

/** Ways a message takes to a topic. */
export const DrillPath = {
  /** SNS Publish, straight to the topic. */
  publish: "topic",
  /** An event on a region's default bus, a rule, and where it is not the home region its bus, then the topic. */
  event: "event",
  /** The state of an alarm, then the topic. */
  alarm: "alarm",
} as const;

export interface PathReport {
  path: (typeof DrillPath)[keyof typeof DrillPath];
  region: string;
  /** Topic, rule or alarm, by name. */
  by: string;
  /** Whether AWS said that it took it. */
  sent: boolean;
  /** What is known of it; `unknown` where no answer came: it may have been sent. */
  state: "done" | "failed" | "unknown";
  /** Why it was not sent, or what to look for. */
  says: string;
}

/** What one drill found out and did. */
export interface DrillReport {
  /** Stands in every message of this drill. */
  drill: string;
  accountId: string;
  /** Empty when the account has none, or it may not be read. */
  accountAlias: string;
  homeRegion: string;
  regions: string[];
  topics: TopicReport[];
  paths: PathReport[];
  /** What cannot be tried, and what was looked at in its place. */
  notTried: string[];
  ok: boolean;
}

/** True when everything was sent, each topic is heard by somebody, and nothing stands in the way of the services. */
export function isHeard(topics: TopicReport[], paths: PathReport[]): boolean {
  return (
    topics.length > 0 &&
    topics.every(({ confirmed, problems }) => confirmed.length > 0 && problems.length === 0) &&
    paths.length > 0 &&
    paths.every(({ sent }) => sent)
  );
}
