import { unlessGone } from "../../aws/errors";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Does AWS know whom to call about security? */
export async function verify({ aws }: VerifyScope): Promise<Evidence[]> {
  const lookUp = aws.account().getAlternateContact({ AlternateContactType: "SECURITY" });
  const contact = (await unlessGone(lookUp, "ResourceNotFound"))?.AlternateContact;
  if (contact === undefined) {
    return [{ holds: true, neutral: true, says: "switched off" }];
  }
  const { Name, Title, EmailAddress, PhoneNumber } = contact;
  return [
    {
      holds: Boolean(EmailAddress && PhoneNumber),
      says: `AWS calls ${Name} (${Title}), ${EmailAddress}, ${PhoneNumber}`,
    },
  ];
}
