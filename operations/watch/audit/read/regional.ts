import { type Instance } from "@aws-sdk/client-ec2";
import { eachPage } from "../../../../aws/attempt";
import { type InstanceFacts } from "../rules/subjects";
import { dated, ownerIn, type Place, reading } from "./place";

export function readSecurityGroups(place: Place): Promise<void> {
  const { aws, region, see } = place;
  return reading(place, "securityGroups", async (call) => {
    const page = async (NextToken?: string) => {
      const answer = await call("ec2:DescribeSecurityGroups", () =>
        aws.ec2(region).describeSecurityGroups({ MaxResults: 1000, NextToken }),
      );
      return { items: answer.SecurityGroups, next: answer.NextToken };
    };
    for await (const groups of eachPage(page)) {
      for (const { GroupId: id = "", GroupName: name = "", IpPermissions: permissions = [], Tags } of groups) {
        see("securityGroup", { id, name, permissions, region, ...ownerIn(Tags) });
      }
    }
  });
}

export function readSecrets(place: Place): Promise<void> {
  const { aws, region, see } = place;
  return reading(place, "secrets", async (call) => {
    const page = async (NextToken?: string) => {
      const answer = await call("secretsmanager:ListSecrets", () =>
        aws.secretsmanager(region).listSecrets({ MaxResults: 100, NextToken }),
      );
      return { items: answer.SecretList, next: answer.NextToken };
    };
    for await (const secrets of eachPage(page)) {
      // One that is to be deleted is no longer anybody's to read; one of a service is that service's.
      for (const each of secrets.filter(({ DeletedDate, OwningService }) => !DeletedDate && !OwningService)) {
        see("secret", {
          name: each.Name ?? "",
          arn: each.ARN ?? "",
          region,
          ...dated("createdAt", each.CreatedDate),
          ...dated("lastUsedAt", each.LastAccessedDate),
          ...ownerIn(each.Tags),
        });
      }
    }
  });
}

export function readInstances(place: Place): Promise<void> {
  const { aws, region, see } = place;
  return reading(place, "instances", async (call) => {
    const states = { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] };
    const page = async (NextToken?: string) => {
      const answer = await call("ec2:DescribeInstances", () =>
        aws.ec2(region).describeInstances({ Filters: [states], MaxResults: 1000, NextToken }),
      );
      return { items: answer.Reservations, next: answer.NextToken };
    };
    for await (const reservations of eachPage(page)) {
      for (const each of reservations.flatMap(({ Instances = [] }) => Instances)) {
        see("instance", instanceOf(each, region));
      }
    }
  });
}

function instanceOf(each: Instance, region: string): InstanceFacts {
  const { HttpEndpoint, HttpTokens } = each.MetadataOptions ?? {};
  return {
    id: each.InstanceId ?? "",
    region,
    metadata: HttpEndpoint === "disabled" ? "off" : HttpTokens === "required" ? "v2" : "v1",
    ...dated("launchedAt", each.LaunchTime),
    ...(each.IamInstanceProfile?.Arn !== undefined && { profileArn: each.IamInstanceProfile.Arn }),
    ...ownerIn(each.Tags),
  };
}
