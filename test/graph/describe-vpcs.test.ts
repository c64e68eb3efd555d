import assert from "node:assert/strict";
import { BaselineError } from "../../common/errors";
import { describeVpcs } from "../../components/ssm-endpoints/describe-vpcs";
import { type VpcFacts } from "../../components/ssm-endpoints/vpc-facts";
import { type EndpointVpc } from "../../components/foundation/settings/model";
import { runProgram, type WireValues } from "../../engine/in-process/program";
import { withoutSourceMaps } from "../support/graph";

const zones: Record<string, string> = { "subnet-1": "eu-west-1a", "subnet-2": "eu-west-1b", "subnet-3": "eu-west-1a" };
const association = (cidrBlock: string, state = "associated") => ({ cidrBlock, state, associationId: cidrBlock });
const asked = { region: "eu-west-1", vpcId: "vpc-1", subnetIds: [], routeTableIds: [] };

/** AWS's answers, as @pulumi/aws gives them; every question must name the region. */
function answers(vpc: WireValues = {}, home = "eu-west-1") {
  return (token: string, { region, id }: WireValues): WireValues => {
    assert.equal(region, home, token);
    switch (token.split(":").at(-1) ?? "") {
      case "getVpc":
        return {
          id,
          region,
          cidrBlock: "10.0.0.0/16",
          cidrBlockAssociations: [
            association("100.64.0.0/20"),
            association("10.0.0.0/16"),
            association("10.9.0.0/16", "disassociated"),
          ],
          enableDnsSupport: true,
          enableDnsHostnames: true,
          ...vpc,
        };
      case "getSubnets":
        return { id: "x", region, ids: ["subnet-3", "subnet-2", "subnet-1"] };
      case "getSubnet":
        return { id, region, availabilityZone: zones[String(id)] };
      case "getRouteTables":
        return { id: "x", region, ids: ["rtb-2", "rtb-1"] };
      default:
        throw new Error(`asked for ${token}`);
    }
  };
}

async function described(vpcs: EndpointVpc[], answer = answers(), said: string[] = []): Promise<VpcFacts[]> {
  let facts: VpcFacts[] = [];
  withoutSourceMaps();
  await runProgram(
    {
      program: async () => {
        facts = await describeVpcs(vpcs);
      },
      project: "test",
      stack: "test",
      config: {},
      preview: true,
      onLog: (message) => void said.push(message),
    },
    {
      register: ({ inputs }) => Promise.resolve({ outputs: inputs }),
      invoke: (token, args) => Promise.resolve().then(() => answer(token, args)),
    },
  );
  return facts;
}

describe("describeVpcs", () => {
  it("finds address ranges, one subnet of each zone, and all route tables", async () => {
    assert.deepEqual(await described([asked]), [
      {
        region: "eu-west-1",
        vpcId: "vpc-1",
        cidrBlocks: ["10.0.0.0/16", "100.64.0.0/20"],
        enableDnsSupport: true,
        enableDnsHostnames: true,
        subnetIds: ["subnet-1", "subnet-2"],
        zones: ["eu-west-1a", "eu-west-1b"],
        routeTableIds: ["rtb-1", "rtb-2"],
      },
    ]);
  });

  it("keeps to the subnets and route tables that are named", async () => {
    const [facts] = await described([{ ...asked, subnetIds: ["subnet-2"], routeTableIds: ["rtb-9"] }]);
    assert.deepEqual([facts?.subnetIds, facts?.zones, facts?.routeTableIds], [["subnet-2"], ["eu-west-1b"], ["rtb-9"]]);
  });

  it("warns where the buckets of Patch Manager are not known, once for each region", async () => {
    const said = async (region: string) => {
      const messages: string[] = [];
      const vpcs = ["vpc-1", "vpc-2"].map((vpcId) => ({ ...asked, region, vpcId }));
      await described(vpcs, answers({}, region), messages);
      return messages;
    };
    assert.deepEqual(await said("eu-west-1"), []);
    assert.deepEqual(await said("us-gov-west-1"), []);
    const [message = "", ...more] = await said("mx-central-1");
    assert.match(message, /Patch Manager keeps its files in mx-central-1/);
    assert.deepEqual(more, []);
  });

  it("refuses a VPC that is not ready", async () => {
    const answer = answers({ enableDnsHostnames: false });
    await assert.rejects(described([asked], answer), (error) => {
      return (
        error instanceof BaselineError && error.code === "vpc-not-ready" && /--enable-dns-hostnames/.test(error.message)
      );
    });
  });

  it("names the VPC that could not be read", async () => {
    // The host fails a run whose question it cannot answer, so an answer nobody can read stands for AWS's refusal.
    await assert.rejects(described([asked], answers({ cidrBlockAssociations: undefined })), (error) => {
      return (
        error instanceof BaselineError && error.code === "vpc-unreadable" && /vpc-1 in eu-west-1/.test(error.message)
      );
    });
  });
});
