import type { OpenIdConnectProviderArgs } from "@pulumi/aws/iam/openIdConnectProvider";
import { unlessGone } from "../../../aws/errors";
import { defineResource } from "../resource-handler";
import { retag, tagList, tagMap } from "./tags";

export const openIdConnectProvider = defineResource<OpenIdConnectProviderArgs>({
  type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  properties: ["url", "clientIdLists", "thumbprintLists", "tags"],
  required: ["url", "clientIdLists"],
  replaceOn: ["url"],

  async create({ clients }, { url, clientIdLists, thumbprintLists, tags }) {
    const made = await clients.iam().createOpenIDConnectProvider({
      Url: url,
      ClientIDList: clientIdLists,
      ThumbprintList: thumbprintLists,
      Tags: tagList(tags),
    });
    return made.OpenIDConnectProviderArn ?? "";
  },

  async read({ clients }, arn, known) {
    const asked = clients.iam().getOpenIDConnectProvider({ OpenIDConnectProviderArn: arn });
    const found = await unlessGone(asked, "NoSuchEntity");
    return (
      found && {
        arn,
        url: `https://${found.Url?.replace(/^https:\/\//, "") ?? ""}`,
        clientIdLists: found.ClientIDList,
        // AWS fills them in by itself where the program leaves them out.
        ...(known.thumbprintLists && { thumbprintLists: found.ThumbprintList }),
        tags: tagMap(found.Tags),
      }
    );
  },

  async update({ clients }, arn, news, olds) {
    const iam = clients.iam();
    const [wanted, there] = [news.clientIdLists, olds.clientIdLists ?? []];
    for (const ClientID of wanted.filter((each) => !there.includes(each))) {
      await iam.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn: arn, ClientID });
    }
    for (const ClientID of there.filter((each) => !wanted.includes(each))) {
      await iam.removeClientIDFromOpenIDConnectProvider({ OpenIDConnectProviderArn: arn, ClientID });
    }
    if (news.thumbprintLists) {
      const ThumbprintList = news.thumbprintLists;
      await iam.updateOpenIDConnectProviderThumbprint({ OpenIDConnectProviderArn: arn, ThumbprintList });
    }
    await retag(
      olds.tags,
      news.tags,
      (Tags) => iam.tagOpenIDConnectProvider({ OpenIDConnectProviderArn: arn, Tags }),
      (TagKeys) => iam.untagOpenIDConnectProvider({ OpenIDConnectProviderArn: arn, TagKeys }),
    );
  },

  async delete({ clients }, arn) {
    await unlessGone(clients.iam().deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: arn }), "NoSuchEntity");
  },
});
