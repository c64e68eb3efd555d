import { decideResourcePolicy } from "../iam/public-resource";
import { entries, isUnknown, type Located, property, word } from "../values";
import { type Finding } from "./types";
import { cannotTell, listed } from "./wording";

/** Reads one setting of S3 that can make a bucket public. */
export type Setting = (inputs: Located) => Finding[];

const switches = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

/**
 * The four switches of S3 Block Public Access.
 *
 * @param absent what an input that is not there comes to
 */
export function publicAccessBlock(absent: "on" | "off", ...path: string[]): Setting {
  return (inputs) => {
    const block = down(inputs, path);
    if (isUnknown(block.value)) return [notKnown([block.path], blockText)];
    if (block.value === undefined) return [];
    const all = switches.map((name) => property(block, name));
    const off = all.filter(({ value }) => (value === undefined ? absent === "off" : word(value) === "false"));
    const unknown = all.filter(({ value }) => isUnknown(value)).map((each) => each.path);
    if (off.length === 0) return unknown.length === 0 ? [] : [notKnown(unknown, blockText)];
    return [
      {
        certainty: "violation",
        message: "Leaves public access to buckets possible.",
        path: listed(off.map((each) => each.path)),
        witness: "each of the four switches closes another way; one that is off, or absent here, leaves it open.",
        fix: "set all four to true.",
      },
    ];
  };
}

const blockText = "public access stays blocked";
const publicAcls = ["public-read", "public-read-write", "authenticated-read"];

/** A canned ACL; CloudFormation spells it `PublicRead`. */
export function cannedAcl(name: string): Setting {
  return (inputs) => {
    const acl = property(inputs, name);
    if (isUnknown(acl.value)) return [notKnown([acl.path], aclText)];
    const canned = word(typeof acl.value === "string" ? acl.value.replace(/(?<=[a-z])(?=[A-Z])/g, "-") : acl.value);
    return publicAcls.includes(canned) ? [granted(acl.path, `the canned ACL ${canned}`)] : [];
  };
}

const aclText = "the ACL grants something to everybody";
const groups = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/i;

/** Grants of an ACL, one by one. */
export function grants(list: readonly string[], ...uri: string[]): Setting {
  return (inputs) =>
    entries(down(inputs, list)).flatMap((grant) => {
      const grantee = isUnknown(grant.value) ? grant : down(grant, uri);
      if (isUnknown(grantee.value)) return [notKnown([grantee.path], aclText)];
      const [, group] = groups.exec(typeof grantee.value === "string" ? grantee.value.trim() : "") ?? [];
      return group === undefined ? [] : [granted(grantee.path, `a grant to ${group}`)];
    });
}

function granted(path: string, what: string): Finding {
  return {
    certainty: "violation",
    message: "Grants access to everybody by ACL.",
    path,
    witness: `${what} is for everybody on the internet, or everybody with any AWS account.`,
    fix: "remove it, and set ObjectOwnership to BucketOwnerEnforced, which switches ACLs off.",
  };
}

/** A policy of a bucket or an access point. */
export function resourcePolicy(name: string): Setting {
  return (inputs) =>
    decideResourcePolicy(property(inputs, name)).map((verdict) =>
      verdict.kind === "unknown"
        ? notKnown(verdict.inputs, "the policy grants something to everybody")
        : {
            certainty: "violation",
            message: "Grants access to everybody by policy.",
            path: verdict.path,
            witness: `${verdict.statement.label} allows it to every principal, and no condition keeps strangers out.`,
            fix: "name the principals, or require aws:PrincipalOrgID or aws:SourceVpce; for a website use CloudFront.",
          },
    );
}

/** The website endpoint of a bucket, which serves only what everybody may read. */
export function website(...path: string[]): Setting {
  return (inputs) =>
    entries(down(inputs, path)).flatMap((site) => {
      if (isUnknown(site.value)) return [notKnown([site.path], "the bucket is a website")];
      if (property(site, "redirectAllRequestsTo").value !== undefined) return [];
      return [
        {
          certainty: "violation",
          message: "Makes the bucket a website, which serves only what everybody may read.",
          path: site.path || "indexDocument",
          witness: "website endpoints know no credentials and no TLS.",
          fix: "serve it through CloudFront with origin access control, and keep the bucket closed.",
        },
      ];
    });
}

function down(inputs: Located, path: readonly string[]): Located {
  // What is below an unknown value is that value.
  return path.reduce((at, name) => (isUnknown(at.value) ? at : property(at, name)), inputs);
}

function notKnown(inputs: readonly string[], what: string): Finding {
  return cannotTell(what, inputs, "nothing, if it keeps strangers out.");
}
