import { openPinned, pinnedAccount } from "../../../engine/pulumi/pinned-stack";
import { requireStateOf } from "../../../engine/pulumi/state-account";
import { type UserStackOptions } from "../../../engine/pulumi/user-stack";
import { type Previewed } from "./review";

/**
 * Opens a stack to preview it, with credentials that are known to be of its account.
 *
 * @throws what `pinnedAccount` and `openUserStack` throw; `wrong-account`
 */
export async function openForReview(options: UserStackOptions & { profile?: string }): Promise<Previewed> {
  const { session, accountIds } = await pinnedAccount(options);
  try {
    const host = await openPinned(session, options);
    requireStateOf(await host.resources(), accountIds);
    return {
      identity: session.identity,
      preview: (program) => host.preview(program),
      close: async () => {
        session.close();
        await host.close();
      },
    };
  } catch (error) {
    session.close();
    throw error;
  }
}
