import assert from "node:assert/strict";
import { SecurityContact } from "../../components/security-contact/security-contact";
import { declared } from "../support/declared";
import { only } from "../support/graph";

describe("SecurityContact", () => {
  it("tells AWS whom to call about security", async () => {
    const contact = { name: "Mina", title: "Security", email: "security@example.com", phoneNumber: "+1 206 555 0100" };
    const all = await declared(() => new SecurityContact("contact", contact));
    assert.deepEqual(only(all, "aws:account/alternativeContact:AlternativeContact").inputs, {
      alternateContactType: "SECURITY",
      name: "Mina",
      title: "Security",
      emailAddress: "security@example.com",
      phoneNumber: "+1 206 555 0100",
    });
  });
});
