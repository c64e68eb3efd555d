import fc from "fast-check";

export interface Statement {
  Effect: string;
  Action?: string[];
  NotAction?: string[];
  Resource?: string[];
  NotResource?: string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

export const actions = [
  "*",
  "iam:*",
  "iam:AttachUserPolicy",
  "iam:Put*",
  "iam:*Policy",
  "s3:*",
  "sts:AssumeRole",
  "iam:?ttach*",
];
export const resources = [
  "*",
  "arn:aws:iam::*:*",
  "arn:aws:iam::*:user/*",
  "arn:aws:iam::*:role/*",
  "arn:aws:iam::*:user/dev-*",
]
  .concat(["arn:aws:s3:::*", "arn:aws:iam::*:group/?*", "arn:aws:iam::*:user/${aws:username}"])
  // Fewer fields than an ARN has.
  .concat(["arn:*:policy/*", "arn:*", "arn:aws:iam", "arn:aws:i*:*:*", "arn:*:?ser/*", "arn:aws:iam::*"]);

const some = (from: string[]) => fc.subarray(from, { minLength: 1, maxLength: 3 });

/** One statement, of patterns that are likely to meet. */
export const statement: fc.Arbitrary<Statement> = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Deny"),
    action: fc.tuple(fc.constantFrom("Action", "Action", "NotAction"), some(actions)),
    resource: fc.tuple(fc.constantFrom("Resource", "Resource", "NotResource"), some(resources)),
  })
  .map(({ Effect, action, resource }) => ({ Effect, [action[0]]: action[1], [resource[0]]: resource[1] }));

const operators: [string, string, string[]][] = [
  ["StringLike", "aws:PrincipalArn", ["*", "arn:aws:iam::*:user/*", "arn:aws:iam::1:role/x"]],
  ["StringEquals", "aws:RequestedRegion", ["us-east-1", "mars-1"]],
  ["StringNotEquals", "aws:RequestedRegion", ["us-east-1", "mars-1"]],
  ["StringEqualsIfExists", "aws:PrincipalOrgID", ["o-1"]],
  ["ForAllValues:StringEquals", "aws:TagKeys", ["a"]],
  ["ForAnyValue:StringEquals", "aws:TagKeys", ["a"]],
  ["IpAddress", "aws:SourceIp", ["0.0.0.0/0", "0.0.0.0/1", "10.0.0.0/8"]],
  ["NotIpAddress", "aws:SourceIp", ["10.0.0.0/8"]],
  ["Bool", "aws:MultiFactorAuthPresent", ["true", "false"]],
  ["BoolIfExists", "aws:MultiFactorAuthPresent", ["true", "false"]],
  ["Null", "aws:TokenIssueTime", ["true", "false"]],
  ["DateGreaterThan", "aws:CurrentTime", ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"]],
  ["ArnLike", "aws:PrincipalArn", ["arn:aws:iam::*:*"]],
];

/** One statement that may stand under a condition. */
export const conditionalStatement: fc.Arbitrary<Statement> = fc
  .tuple(statement, fc.option(fc.constantFrom(...operators), { freq: 2 }), fc.nat())
  .map(([base, condition, pick]) => {
    if (condition === null) return base;
    const [operator, key, values] = condition;
    return { ...base, Condition: { [operator]: { [key]: values[pick % values.length]! } } };
  });
