import * as aws from "@pulumi/aws";
import baseline from "../../index";

/**
 * The baseline with a change on top that the policy pack refuses: a policy that grants everything, and SSH open to
 * the world. It is what the write-ups of break-ins begin with.
 */
export = async () => {
  const outputs = await baseline();
  new aws.iam.Policy("everything", {
    name: "just-for-now",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Sid: "JustForNow", Effect: "Allow", Action: "*", Resource: "*" }],
    }),
  });
  new aws.ec2.SecurityGroup("ssh-from-anywhere", {
    region: "us-east-1",
    name: "ssh-from-anywhere",
    description: "Opens SSH until Friday",
    ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
  });
  return outputs;
};
